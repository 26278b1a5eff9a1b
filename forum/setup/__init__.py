"""The first run: a new installation is set up by whoever holds the link that the console shows."""
