"""Data at rest that nobody may read without the ring of keys."""
