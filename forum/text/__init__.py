"""Text: from what members type to what is stored and shown. The only place that knows Markdown and the sanitisers."""

from forum.text.diff import DiffLine, compare
from forum.text.languages import language
from forum.text.pipeline import NOTHING, PIPELINE_VERSION, Found, Rendered, Resolved, find, render
from forum.text.plain import excerpt, plain_text, told_text
from forum.text.quotes import link, quote
from forum.text.sanitise import as_markup
from forum.text.slugs import slug
from forum.text.source import (
    MAX_BODY_BYTES,
    MAX_TITLE_CHARS,
    Cleaned,
    clean_body,
    clean_line,
    cut_body,
    cut_title,
    shortened,
)

__all__ = [
    "MAX_BODY_BYTES",
    "MAX_TITLE_CHARS",
    "NOTHING",
    "PIPELINE_VERSION",
    "Cleaned",
    "DiffLine",
    "Found",
    "Rendered",
    "Resolved",
    "as_markup",
    "clean_body",
    "clean_line",
    "compare",
    "cut_body",
    "cut_title",
    "excerpt",
    "find",
    "language",
    "link",
    "plain_text",
    "quote",
    "render",
    "shortened",
    "slug",
    "told_text",
]
