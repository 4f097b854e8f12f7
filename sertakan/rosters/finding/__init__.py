"""From cells to rows: where a list stands in a sheet, which column is what, which row is a
person."""
