"""What is left of a post's HTML without the markup: for search, mails and one-line excerpts."""

import re
from collections.abc import Iterator
from html import escape, unescape

from forum.text.source import shortened

EXCERPT_CHARS = 200

# The HTML comes from nh3: quotation marks in values are escaped, and so is "<" in text.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_NOTE = re.compile(r'<sup class="footnote">.*?</sup>| ?<a href="[^"]*" class="footnote-back">[^<]*</a>')
_PICTURE = re.compile(r'<img [^>]*?alt="([^"]*)"')
_LINK = re.compile(r'<a href="((?:https?://|mailto:|/)[^"]*)"((?:[^<>"]|"[^"]*")*)>(.*?)</a>', re.DOTALL)
_LINE_ENDS = re.compile(r"[ \t]+\n")
_MANY_LINES = re.compile(r"\n{3,}")
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre div details table hr".split())
_LISTS = frozenset({"ul", "ol"})
_LINES = frozenset({"li", "tr", "summary", "br", "caption"})
_CELLS = frozenset({"td", "th"})
_APART = _PARAGRAPHS | _LISTS | _LINES | _CELLS
_LEFT_OUT = frozenset({"blockquote", "pre"})
_ENOUGH = 4 * EXCERPT_CHARS


def plain_text(html: str) -> str:
    """The words of rendered `html`: blocks on lines of their own, code as it stands, pictures by their words."""
    out: list[str] = []
    for text, end, name in _walk(html):
        out.append(text)
        if name in _PARAGRAPHS:
            out.append("\n\n")
        elif name in _LISTS or (name in _LINES and (end or name == "br")):
            out.append("\n")
        elif end and name in _CELLS:
            out.append("\t")
    words = unescape("".join(out))
    return _MANY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", words)).strip()


def told_text(html: str, base_url: str) -> str:
    """As `plain_text`, for those who can't follow its links: behind the words of each stands where it leads, unless
    they say it. Addresses of ours are whole ones; names stay names."""

    def with_address(link: re.Match[str]) -> str:
        address, words = unescape(link[1]).removeprefix("mailto:"), plain_text(link[3])
        if 'class="mention"' in link[2] or words in {address, address.partition("://")[2]}:
            return link[0]
        whole = base_url + address if address.startswith("/") else address
        return f"{link[3]} ({escape(whole)})"

    return plain_text(_LINK.sub(with_address, html))


def excerpt(html: str) -> str:
    """The first words of rendered `html`, on one line of at most `EXCERPT_CHARS` characters: what the author says,
    without quotes and code where there is anything else."""
    return _excerpt(html, _LEFT_OUT) or _excerpt(html, frozenset())


def _excerpt(html: str, left_out: frozenset[str]) -> str:
    out: list[str] = []
    length = depth = 0
    for text, end, name in _walk(html):
        if not depth and text:
            out.append(text)
            length += len(text)
            if length > _ENOUGH:
                break
        if name in left_out:
            depth += -1 if end else 1
        elif name in _APART:
            out.append(" ")
    return shortened(" ".join(unescape("".join(out)).split()), EXCERPT_CHARS)


def _walk(html: str) -> Iterator[tuple[str, bool, str]]:
    """(text before the tag, whether it is an end tag, its name), and at last the text behind all tags."""
    if 'class="footnote' in html:
        html = _NOTE.sub("", html)
    if "<img" in html:
        html = _PICTURE.sub(r"\1\g<0>", html)
    position = 0
    for tag in _TAG.finditer(html):
        yield html[position : tag.start()], bool(tag[1]), tag[2]
        position = tag.end()
    yield html[position:], False, ""
