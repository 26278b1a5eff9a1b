"""Finding what was written before: one interface, one engine for each kind of database."""
