"""Quoting a post: plain Markdown that says who and where in its first line, `> [@anna, #12](/t/42/a-title/12)`."""

import re

from markdown_it.token import Token

from forum.text.links import attribute

MAX_QUOTE_CHARS = 1_200

_POST = re.compile(r"/(?:t|ideas)/(\d{1,18})(?:/[^/?#\s]*)?/(\d{1,9})(?:#\S*)?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`\n]*)")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>()#+!|~^&$]")
_QUOTED = re.compile(r" {0,3}>")


def quote(username: str, thread_id: int, slug: str, number: int, body: str) -> str:
    """The Markdown of a quotation of `body`: without what it quotes itself, at most `MAX_QUOTE_CHARS` characters.

    Cut at a line end, an open code block is closed; ends with an empty line, so that the answer can follow.
    """
    lines, cut = _own_lines(body)
    name = username.replace("[", "").replace("]", "").replace("\\", "")
    head = f"> [@{name}, #{number}](/t/{thread_id}/{slug or 't'}/{number})\n>"
    if cut:
        lines += ["", "…"]
    text = "\n".join(f"> {line}" if line else ">" for line in lines)
    return f"{head}\n{text}\n\n" if text else f"{head}\n\n"


def link(words: str, address: str) -> str:
    """The Markdown of a link within our pages; nothing in its words is taken for Markdown."""
    return f"[{_SIGNS.sub(lambda found: chr(92) + found[0], words)}]({address})"


def _own_lines(body: str) -> tuple[list[str], bool]:
    lines: list[str] = []
    fence = ""
    left = MAX_QUOTE_CHARS
    after_quote = False
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if not fence and _QUOTED.match(line):
            after_quote = True
            continue
        # What follows a quoted line without a blank one is, by CommonMark, still quoted.
        if after_quote and line.strip() and mark is None:
            continue
        after_quote = False
        if left - len(line) < 0:
            if not lines:
                space = line.rfind(" ", 0, left)
                lines.append(line[: space if space > 0 else left])
            if fence:
                lines.append(fence)
            return _trimmed(lines), True
        left -= len(line) + 1
        lines.append(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not mark[2].strip():
            fence = ""
    if fence:
        lines.append(fence)
    return _trimmed(lines), False


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def post_of(tokens: list[Token], start: int) -> tuple[int, int] | None:
    """(thread id, post number) if the block quote that opens at `start` begins with a link to a post alone on its
    line."""
    if start + 2 >= len(tokens) or tokens[start + 1].type != "paragraph_open" or tokens[start + 2].type != "inline":
        return None
    children = tokens[start + 2].children or []
    if not children or children[0].type != "link_open":
        return None
    target = _POST.fullmatch(attribute(children[0], "href"))
    if target is None:
        return None
    closing = next((i for i, child in enumerate(children) if child.type == "link_close"), -1)
    if closing < 0 or (closing + 1 < len(children) and children[closing + 1].type not in ("softbreak", "hardbreak")):
        return None
    return int(target[1]), int(target[2])


def mark(tokens: list[Token], start: int) -> list[Token]:
    """Class names for the quotation that opens at `start`; returns the tokens of a second paragraph, to be put after
    the first one's end when text follows the link in the same paragraph."""
    tokens[start].attrs = {"class": "quote"}
    tokens[start + 1].attrs = {"class": "quote-by"}
    inline = tokens[start + 2]
    children = inline.children or []
    closing = next(i for i, child in enumerate(children) if child.type == "link_close")
    rest = children[closing + 2 :]
    inline.children = children[: closing + 1]
    if not rest:
        return []
    level = tokens[start + 1].level
    second = Token("inline", "", 0, children=rest, content="", level=level + 1, block=True)
    return [
        Token("paragraph_open", "p", 1, level=level, block=True),
        second,
        Token("paragraph_close", "p", -1, level=level, block=True),
    ]
