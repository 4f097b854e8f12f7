"""Django's PostgreSQL backend, with the embedded server behind it and two roles before it."""
