"""Words with exact edges: a period of days, a month, rupiah, a NIK. Pure Python."""
