"""The branch's pages."""
