"""What may stand in the HTML of a post: one allow-list for both gates, and for the raw HTML that members write."""

import re

from forum.text.code import COLOURS, LANGUAGES

PHRASING = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
    }
    | {"small", "span", "strong", "sub", "sup", "u", "var", "wbr"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TABLE_PARTS = frozenset({"caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
BLOCKS = (
    frozenset({"blockquote", "details", "div", "hr", "li", "ol", "p", "pre", "summary", "table", "ul"})
    | HEADINGS
    | TABLE_PARTS
)
TAGS = PHRASING | BLOCKS
VOID = frozenset({"br", "hr", "img", "wbr"})

RENAMED = {"strike": "s", "tt": "code", "dt": "p", "dd": "p"}
"""Outdated elements, and those whose content model few get right, with what says the same."""

VANISHING = frozenset(
    "applet audio canvas embed iframe math noembed noframes noscript object option script select style svg template"
    " textarea title video xmp".split()
)
"""Elements that go together with their content."""

KNOWN = frozenset(
    "acronym address area article aside base basefont bdo bgsound big blink body button center col colgroup command"
    " content data datalist dd dialog dir dl dt fieldset figcaption figure font footer form frame frameset head"
    " header hgroup html image input isindex keygen label legend link listing main map marquee menu menuitem meta"
    " meter multicol nav nextid nobr optgroup output param picture plaintext portal progress rb rp rt rtc ruby"
    " search section shadow slot source spacer strike time track tt".split()
)
"""Elements of HTML whose tags go while their content stays. What is neither here nor above is no HTML: it is shown as
text."""

ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "dfn": frozenset({"title"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}
"""What members may write themselves; classes and ids are the pipeline's own."""

NUMBERS = {"value": 9, "start": 9, "colspan": 2, "rowspan": 2, "width": 4, "height": 4}
"""Attributes that take a number, and how many digits at most."""

CLASSES: dict[str, frozenset[str]] = {
    "a": frozenset({"mention", "footnote-back"}),
    "blockquote": frozenset({"quote"}),
    "code": frozenset(f"language-{name}" for name in LANGUAGES),
    "div": frozenset({"table-box"}),
    "ol": frozenset({"footnotes"}),
    "p": frozenset({"quote-by", "as-typed"}),
    "span": frozenset({"task", "done"}) | COLOURS,
    "sup": frozenset({"footnote"}),
    "td": frozenset({"right", "center", "left", "whole"}),
    "th": frozenset({"right", "center", "left", "whole"}),
}
FOCUSABLE = frozenset({"pre", "div"})
"""Boxes that scroll sideways, and so must be reachable by keyboard."""

SCHEMES = frozenset({"http", "https", "mailto"})
OWN_ID = re.compile(r"fn-[A-Za-z0-9_-]{0,48}\d{1,6}(?:-r\d{1,6})?")
_ILLEGAL = re.compile(r"[\s\x00-\x20<>\"\\^`{|}]")
_LIKE_A_SCRIPT = re.compile(r"[\s\x00-\x20]*(?:java|vb|live)script", re.IGNORECASE)
_PICTURE = re.compile(r"/media/[A-Za-z0-9_-]+\.[a-z0-9]+")
_WITH_SIZE = re.compile(r"/media/[0-9a-f]{32}-([1-9]\d{0,3})x([1-9]\d{0,3})\.webp")


def is_link(url: str) -> bool:
    """Whether `url` may be a link's address: of a scheme of `SCHEMES`, or relative without a colon in its first
    part. One that begins like the name of a script's scheme is refused even so: no page of ours is called that, and
    whatever reads addresses loosely might take it for one."""
    if _LIKE_A_SCRIPT.match(url):
        return False
    before, colon, _ = url.partition(":")
    if not colon or "/" in before or "?" in before or "#" in before:
        return True
    return before.strip().lower() in SCHEMES


def valid_address(url: str) -> str:
    """`url` with what may not stand in an address percent-encoded, a second "#" included. A backslash, too: browsers
    would take it for a slash."""
    url = _ILLEGAL.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8", "ignore")), url.strip())
    path, hash_sign, fragment = url.partition("#")
    return f"{path}#{fragment.replace('#', '%23')}" if hash_sign else url


def is_own_picture(url: str) -> bool:
    """Whether `url` is an upload of this community, in the one way to write it: who may see a picture depends on the
    texts that name it."""
    return bool(_PICTURE.fullmatch(url))


def picture_attributes(url: str) -> str:
    """What else the `<img>` of an upload carries: the size that its name tells, so that nothing jumps."""
    sized = _WITH_SIZE.fullmatch(url)
    return f' width="{sized[1]}" height="{sized[2]}" loading="lazy"' if sized else ""


def is_number(name: str, value: str) -> bool:
    """Whether `value` is a plain number that the attribute `name` may carry."""
    return value.isascii() and value.isdigit() and len(value) <= NUMBERS[name]
