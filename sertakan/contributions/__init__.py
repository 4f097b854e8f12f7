"""Bills, payments, paid months; cover follows from them."""
