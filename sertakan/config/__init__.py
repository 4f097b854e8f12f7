"""How the program is set up: settings, keys, logs, and where a web server finds it."""
