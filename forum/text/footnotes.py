"""Footnotes: `[^label]` in the text, `[^label]: …` anywhere; gathered, numbered and put at the end of the post."""

import re
from collections import deque
from typing import Any

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_DEFINITION = re.compile(r"\[\^([^\s\[\]]{1,60})\]:")
_REFERENCE = re.compile(r"\[\^([^\s\[\]]{1,60})\]")


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: the text of a note, with what is indented by four spaces below it."""
    if state.is_code_block(start) or state.parentType == "footnote":
        return False
    begin = state.bMarks[start] + state.tShift[start]
    line_end = state.eMarks[start]
    match = _DEFINITION.match(state.src, begin, line_end)
    if match is None:
        return False
    if silent:
        return True
    label = match[1].casefold()
    state.env.setdefault("notes", set()).add(label)
    opening = state.push("note_open", "", 1)
    opening.meta = {"label": label}

    after = match.end()
    column = state.sCount[start] + after - begin
    offset = column
    pos = after
    while pos < line_end and state.src[pos] in " \t":
        offset += 4 - offset % 4 if state.src[pos] == "\t" else 1
        pos += 1
    before = (state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType)
    state.bMarks[start], state.tShift[start], state.sCount[start] = after, pos - after, offset - column
    state.blkIndent += 4
    state.parentType = "footnote"
    if state.sCount[start] < state.blkIndent:
        state.sCount[start] += state.blkIndent
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= 4
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = before

    closing = state.push("note_close", "", -1)
    closing.meta = {"label": label}
    return True


def reference(state: StateInline, silent: bool) -> bool:
    """Inline rule: a reference to a note that is defined somewhere in the post."""
    if state.src[state.pos] != "[" or "notes" not in state.env or state.linkLevel > 0:
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None or match[1].casefold() not in state.env["notes"]:
        return False
    if not silent:
        token = state.push("note_ref", "", 0)
        token.meta = {"label": match[1].casefold()}
    state.pos = match.end()
    return True


def gather(tokens: list[Token]) -> list[Token]:
    """`tokens` with the notes taken out of the text and set at the end, in the order in which they are referred to.

    A note that nothing refers to comes last instead of getting lost; of several with one label the first counts.
    """
    body, notes = _taken_out(tokens)
    order, uses = _numbered(body, notes)
    body.append(Token("notes_open", "ol", 1, attrs={"class": "footnotes"}, block=True))
    for number, label in enumerate(order, 1):
        body.append(Token("note_item_open", "li", 1, meta={"number": number}, block=True))
        text = notes[label]
        back = Token("note_back", "", 0, meta={"number": number, "uses": uses.get(label, 0)})
        if text and text[-1].type == "paragraph_close" and text[-2].type == "inline":
            text[-1].hidden = text[-3].hidden = False
            text[-2].children = [*(text[-2].children or ()), back]
            body.extend(text)
        else:
            body.extend([*text, back])
        body.append(Token("note_item_close", "li", -1, block=True))
    body.append(Token("notes_close", "ol", -1, block=True))
    return body


def _taken_out(tokens: list[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    body: list[Token] = []
    notes: dict[str, list[Token]] = {}
    into = body
    for token in tokens:
        if token.type == "note_open":
            into = []
            notes.setdefault(token.meta["label"], into)
        elif token.type == "note_close":
            into = body
        else:
            into.append(token)
    return body, notes


def _numbered(body: list[Token], notes: dict[str, list[Token]]) -> tuple[list[str], dict[str, int]]:
    """Number the references in place; returns the labels in order, and how often each is referred to."""
    order: list[str] = []
    numbers: dict[str, int] = {}
    uses: dict[str, int] = {}
    unread = deque([body])
    unused = iter(notes)
    while unread:
        for reference_token in _references(unread.popleft()):
            label = reference_token.meta["label"]
            if label not in numbers:
                order.append(label)
                numbers[label] = len(order)
                unread.append(notes[label])
            uses[label] = uses.get(label, 0) + 1
            reference_token.meta = {"number": numbers[label], "use": uses[label]}
        if not unread:
            for label in unused:
                if label not in numbers:
                    order.append(label)
                    numbers[label] = len(order)
                    unread.append(notes[label])
                    break
    return order, uses


def _references(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or () if child.type == "note_ref"]


def reference_html(meta: dict[str, Any], prefix: str) -> str:
    """The raised number in the text."""
    number, use = meta["number"], meta["use"]
    return f'<sup class="footnote"><a href="#fn-{prefix}{number}" id="fn-{prefix}{number}-r{use}">{number}</a></sup>'


def back_html(meta: dict[str, Any], prefix: str) -> str:
    """The way back from a note to each place that refers to it."""
    number = meta["number"]
    return "".join(
        f' <a href="#fn-{prefix}{number}-r{use}" class="footnote-back">↩{use if use > 1 else ""}</a>'
        for use in range(1, meta["uses"] + 1)
    )
