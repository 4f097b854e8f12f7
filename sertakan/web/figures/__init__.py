"""The figures that anyone may see: no person, and no count of one to four people."""
