"""The pages: one of the doors."""
