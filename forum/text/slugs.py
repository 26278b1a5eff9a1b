"""The readable part of an address."""

from slugify import slugify

MAX_SLUG_CHARS = 60
_GERMAN = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "ae"), ("Ö", "oe"), ("Ü", "ue"), ("ß", "ss"), ("ẞ", "ss"))

_TAKEN = frozenset({"merge", "similar", "steer"})
"""Words that stand in the place of a slug in the addresses of other pages."""


def slug(title: str) -> str:
    """`title` as lower-case ASCII words joined by hyphens, at most `MAX_SLUG_CHARS` long, cut at a word; never
    empty, and never the last word of another page's address."""
    words: str = slugify(title, replacements=_GERMAN, max_length=MAX_SLUG_CHARS, word_boundary=True)
    return f"{words}-t" if words in _TAKEN else words or "t"
