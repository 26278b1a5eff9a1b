"""What members send, before anything else looks at it: made safe to store, and cut where it is too long."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

MAX_BODY_BYTES = 262_144
MAX_TITLE_CHARS = 200
MAX_MARKS_IN_A_ROW = 8
CUT_MARK = "[…]"

# C0 and C1 controls but for tab and line feed, lone surrogates, noncharacters, the byte order mark, and the
# characters that reorder what stands around them (UAX #9: embeddings, overrides, isolates). They carry no meaning in
# a post.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_PERHAPS_MARKS = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0001efff]"
    f"{{{MAX_MARKS_IN_A_ROW + 1}}}"
)
_BLANK_HEAD = re.compile(r"\A(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that can be stored, and how many characters had to be removed for that."""

    text: str
    removed: int


def clean_body(raw: str) -> Cleaned:
    """The Markdown of a post: line ends as LF, NFC, no control or reordering characters, no blank lines at either
    end.

    Spaces at line ends stay, for they are Markdown. Bidirectional overrides go everywhere, code included: in code
    they are an attack ("Trojan Source"), in prose Unicode works out the direction without them.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    text, removed = without_unwanted(text)
    if not _is_latin(text):
        text = text.replace("\u2028", "\n").replace("\u2029", "\n")
        text, cut = _without_towers(text)
        removed += cut
        text = unicodedata.normalize("NFC", text)
    return Cleaned(_BLANK_HEAD.sub("", text).rstrip(), removed)


def clean_line(raw: str) -> Cleaned:
    """A title or name: as `clean_body`, on one line, with single spaces."""
    cleaned = clean_body(raw)
    return Cleaned(" ".join(cleaned.text.split()), cleaned.removed)


def without_unwanted(text: str) -> tuple[str, int]:
    """`text` without the characters that are never stored, and how many they were."""
    return _UNWANTED.subn("", text)


def cut_title(title: str) -> str:
    """`title`, at most `MAX_TITLE_CHARS` characters long, cut at a word where one ends in the last third."""
    if len(title) <= MAX_TITLE_CHARS:
        return title
    return shortened(title, MAX_TITLE_CHARS)


def shortened(line: str, limit: int) -> str:
    """`line` in at most `limit` characters, with an ellipsis where it was cut, at a word if one ends in the last
    third."""
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    if not line[limit - 1].isspace():
        space = head.rfind(" ")
        if space >= limit * 2 // 3:
            head = head[:space]
    return head.rstrip(" ,;:.-–") + "…"


def cut_body(body: str) -> tuple[str, bool]:
    """`body` in at most `MAX_BODY_BYTES` of UTF-8, cut at a line end with a visible mark, and whether it was cut."""
    data = body.encode("utf-8", "surrogatepass")
    if len(data) <= MAX_BODY_BYTES:
        return body, False
    tail = f"\n\n{CUT_MARK}"
    kept = data[: MAX_BODY_BYTES - len(tail.encode())]
    line_end = kept.rfind(b"\n")
    if line_end > len(kept) // 2:
        kept = kept[:line_end]
    return kept.decode("utf-8", "ignore").rstrip() + tail, True


def _is_latin(text: str) -> bool:
    """Whether `text` has only characters up to U+00FF, among which nothing combines and nothing needs normalising."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _without_towers(text: str) -> tuple[str, int]:
    """Cut heaps of combining marks: no script needs them, and putting them into canonical order takes quadratic
    time."""
    if not _PERHAPS_MARKS.search(text):
        return text, 0
    shorter = _towers().sub(lambda heap: heap[0][:MAX_MARKS_IN_A_ROW], text)
    return shorter, len(text) - len(shorter)


@cache
def _towers() -> re.Pattern[str]:
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"[{inside}]{{{MAX_MARKS_IN_A_ROW + 1},}}")
