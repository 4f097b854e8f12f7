"""From a file to cells: what kind of file it is, whether it is fit to be opened, what stands in
it."""
