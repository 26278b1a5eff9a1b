"""The export of the ideas board for product teams: reproducible, numbered, in four formats."""
