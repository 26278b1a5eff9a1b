"""What the operator edits in the running product: name, brand, languages, the binding rulebook version."""
