"""Maps of what places have: by their borders where all are known, else as tiles."""
