"""What a browser makes of HTML: the tree, without the white space that nobody sees."""

from collections.abc import Iterator

import html5lib

Node = tuple[str, tuple[tuple[str, str], ...], tuple["Node | str", ...]]

BLOCKS = frozenset(
    "address article aside blockquote body center details dialog dd div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6"
    " header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul link".split()
)


def tree(html: str) -> tuple["Node | str", ...]:
    """The nodes that `html` becomes inside a `<div>`, runs of white space folded, none beside a block."""
    fragment = html5lib.parseFragment(html, container="div", treebuilder="etree", namespaceHTMLElements=False)
    return _children(fragment, keep=False)


def elements(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element that `html` becomes, with its attributes."""
    fragment = html5lib.parseFragment(html, container="div", treebuilder="etree", namespaceHTMLElements=False)
    for element in fragment.iter():
        if isinstance(element.tag, str) and element is not fragment:
            yield element.tag, {str(name): value for name, value in element.attrib.items()}


def words(html: str) -> str:
    """All text that `html` shows."""
    fragment = html5lib.parseFragment(html, container="div", treebuilder="etree", namespaceHTMLElements=False)
    return " ".join("".join(fragment.itertext()).split())


def _children(element: object, *, keep: bool) -> tuple["Node | str", ...]:
    out: list[Node | str] = []
    _text(out, element.text)  # type: ignore[attr-defined]
    for child in element:  # type: ignore[attr-defined]
        if isinstance(child.tag, str):
            inner = _children(child, keep=keep or child.tag == "pre")
            out.append((child.tag, tuple(sorted(child.attrib.items())), inner))
        _text(out, child.tail)
    return tuple(out) if keep else _trimmed(out)


def _text(out: list["Node | str"], text: str | None) -> None:
    if not text:
        return
    if out and isinstance(out[-1], str):
        out[-1] += text
    else:
        out.append(text)


def _trimmed(nodes: list["Node | str"]) -> tuple["Node | str", ...]:
    out: list[Node | str] = []
    for position, node in enumerate(nodes):
        if isinstance(node, str):
            before = nodes[position - 1] if position else None
            after = nodes[position + 1] if position + 1 < len(nodes) else None
            text = " ".join(f"x{node}x".split())[1:-1]
            if before is None or (isinstance(before, tuple) and (before[0] in BLOCKS or before[0] == "br")):
                text = text.lstrip(" \n")
            if after is None or (isinstance(after, tuple) and after[0] in BLOCKS):
                text = text.rstrip(" \n")
            if text:
                out.append(text)
        else:
            out.append(node)
    return tuple(out)
