"""The one style sheet of an installation: the project's own, the brand's colours, and what the operator adds."""

from collections.abc import Mapping

from forum.community.look import RADII, Look
from forum.community.palette import DEFAULT_BRAND, palette

DEFAULT_LOOK = Look(DEFAULT_BRAND, "soft", "auto")
_SCHEMES = {"auto": "light dark", "light": "light", "dark": "dark"}


def tokens(look: Look, scope: str = ":root") -> str:
    """The brand's tokens as declarations of the layer `tokens`, for everything inside `scope`."""
    control, card = RADII[look.corners]
    lines = [f"--{name}: light-dark({light}, {dark});" for name, (light, dark) in palette(look.brand_colour).items()]
    lines += [f"--radius: {control}px;", f"--radius-card: {card}px;"]
    lines.append(f"--round: {0 if look.corners == 'square' else 999}px;")
    scheme = f":root:not([data-theme]) {{ color-scheme: {_SCHEMES[look.theme]}; }}" if scope == ":root" else ""
    return f"@layer tokens {{ {scope} {{ {' '.join(lines)} }} {scheme} }}\n"


def coloured(picture: str, look: Look) -> str:
    """An SVG picture of ours in the brand's colour, as text stands in it on light and on dark."""
    usual, own = palette(DEFAULT_BRAND)["accent"], palette(look.brand_colour)["accent"]
    for was, is_now in zip(usual, own, strict=True):
        picture = picture.replace(was, is_now)
    return picture


def joined(parts: Mapping[str, str], look: Look, own_style: str) -> str:
    """The whole sheet: `parts` begin with the file of tokens, which names the layers in order; the own style is the
    last of them."""
    first, *others = parts.values()
    own = f"@layer operator {{\n{own_style}\n}}\n" if own_style else ""
    return "\n".join([first, tokens(look), *others, own])
