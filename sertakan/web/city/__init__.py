"""The city officer's pages."""
