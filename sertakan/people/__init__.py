"""One row a human: NIK, name, what is known, and merging two records of one person."""
