"""Coverage and budgets; reads everything, writes only totals that can be thrown away."""
