"""`python -m forum` is the `forum` command."""

from forum.cli import main

main(prog_name="forum")
