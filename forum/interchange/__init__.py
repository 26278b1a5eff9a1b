"""Import and export in the interchange format (docs/interchange.md)."""
