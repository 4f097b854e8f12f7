"""What goes back: the findings as CSV, a workbook of errors for each sender."""
