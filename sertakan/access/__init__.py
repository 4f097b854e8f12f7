"""Who may do what: roles, scopes, and the one table that the doors ask."""
