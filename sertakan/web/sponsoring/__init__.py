"""The sponsor's pages."""
