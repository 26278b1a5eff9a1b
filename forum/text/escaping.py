"""Text into HTML."""


def in_text(text: str) -> str:
    """`text` for between two tags. Only what must be is escaped: bleach takes each entity as a token of its own, and
    nh3 writes the rest in the end."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
