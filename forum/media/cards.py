"""The picture that other sites show beside a link to this one, and the signs on home screens.

Drawn with one font of ours, which has the letters of Western Europe: a machine without any fonts draws the same.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent.parent.parent / "static" / "vendor" / "inter-latin-600-normal.woff2"
WIDTH, HEIGHT = 1200, 630
"""What Open Graph and its readers ask for."""
GROUND, INK, SOFT = "#fdfcfa", "#1b1f23", "#5d6268"
_LEFT, _RIGHT, _LOGO_HEIGHT = 84, 84, 76
_TITLE_TOP, _TITLE_HEIGHT = 208, 340
_TITLE_SIZES = (76, 66, 56, 48)
_TEXT_SIZE, _NAME_SIZE, _LINE = 34, 42, 1.22
_DOTS = ((12.0, 2.7), (20.05, 7.35), (20.05, 16.65), (12.0, 21.3), (3.95, 16.65), (3.95, 7.35))
_DOT, _MIDDLE = 2.1, 5.1
"""The mark as static/favicon.svg has it: the table and who sits around it, on a square of 24."""
_FINER = 4
_NO_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card: the logo (a picture's content, or empty for the mark in the brand's colour), the name
    beside it (empty where logo or title says it), a title, and a text below where there is room."""

    colour: str
    logo: bytes
    name: str
    title: str
    text: str = ""


def card(of: Card) -> bytes:
    """The card as a PNG. Signs that the font lacks are left out or drawn without their accent."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - 20, WIDTH, HEIGHT), fill=of.colour)
    end = _put_logo(image, of)
    if name := drawable(of.name):
        font = _font(_NAME_SIZE)
        middle = 72 + _LOGO_HEIGHT // 2
        line = _lines(name, font, WIDTH - _RIGHT - end, 1)[0]
        draw.text((end, middle), line, font=font, fill=INK, anchor="lm")
    below = _put_title(draw, drawable(of.title))
    if text := drawable(of.text):
        font = _font(_TEXT_SIZE)
        step = round(_TEXT_SIZE * 1.4)
        most = max((HEIGHT - 60 - below) // step, 0)
        for number, line in enumerate(_lines(text, font, WIDTH - _LEFT - _RIGHT, most)):
            draw.text((_LEFT, below + number * step), line, font=font, fill=SOFT)
    return _png(image)


def sign(colour: str, side: int, picture: bytes = b"", *, is_maskable: bool = False) -> bytes:
    """The square for a home screen: the operator's sign, else the mark in the brand's colour, on light ground. Systems
    cut a maskable one to forms of their own, but for a circle of four fifths in its middle, which holds all of it."""
    image = Image.new("RGB", (side, side), GROUND)
    inner = side * 7 // 9 if not is_maskable else side * 5 // 9 if picture else side * 3 // 4
    drawn = _opened(picture, inner) if picture else _mark(inner, colour)
    image.paste(drawn, ((side - drawn.width) // 2, (side - drawn.height) // 2), drawn)
    return _png(image)


def drawable(text: str) -> str:
    """`text` as the font can draw it, with single spaces: what has an accent that it lacks comes without, what it
    lacks altogether (emoji, other scripts) not at all."""
    found = []
    for sign in unicodedata.normalize("NFC", text):
        parts = sign if _has(sign) else unicodedata.normalize("NFKD", sign)
        found += [" " if part.isspace() else part for part in parts if part.isspace() or _has(part)]
    return " ".join("".join(found).split())


def can_draw(title: str) -> bool:
    """Whether the font has most of what a title is written with; else a card would hold scraps of it."""
    letters = [sign for sign in title if sign.isalnum()]
    return bool(letters) and sum(map(_has, drawable("".join(letters)))) * 10 >= len(letters) * 9


def _put_logo(image: Image.Image, of: Card) -> int:
    """Draws logo or mark at the top; returns where the name begins."""
    drawn = _opened(of.logo, _LOGO_HEIGHT, WIDTH - _LEFT - _RIGHT) if of.logo else _mark(_LOGO_HEIGHT, of.colour)
    image.paste(drawn, (_LEFT, 72 + (_LOGO_HEIGHT - drawn.height) // 2), drawn)
    return _LEFT + drawn.width + 24


def _put_title(draw: ImageDraw.ImageDraw, title: str) -> int:
    """Draws the title as large as it fits; returns where it ends."""
    for size in _TITLE_SIZES:
        font, step = _font(size), round(size * _LINE)
        most = _TITLE_HEIGHT // step
        lines = _lines(title, font, WIDTH - _LEFT - _RIGHT, most + 1)
        if len(lines) <= most:
            break
    else:
        lines = _lines(title, font, WIDTH - _LEFT - _RIGHT, most)
    for number, line in enumerate(lines):
        draw.text((_LEFT, _TITLE_TOP + number * step), line, font=font, fill=INK)
    return _TITLE_TOP + len(lines) * step + 24


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """`text` in at most so many lines, with an ellipsis where it is cut; a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in _words(text, font, width):
        joined = f"{line} {word}" if line else word
        if font.getlength(joined) <= width:
            line = joined
        else:
            lines += [line] if line else []
            line = word
        if len(lines) > most:
            break
    lines += [line] if line else []
    if len(lines) <= most:
        return lines
    last = lines[most - 1] if most else ""
    while last and font.getlength(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' ,;:.-–')}…"] if most else []


def _words(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The words of a text, one that is wider than the card in pieces."""
    for word in text.split():
        rest = word
        while font.getlength(rest) > width:
            # How many letters are too wide is found by halving: measuring each end would cost more than drawing.
            fitting = max(
                bisect_right(range(len(rest)), float(width), key=lambda end: font.getlength(rest[:end])) - 1, 1
            )
            yield rest[:fitting]
            rest = rest[fitting:]
        yield rest


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


@lru_cache(maxsize=4_000)
def _has(sign: str) -> bool:
    if unicodedata.category(sign) in {"Cc", "Cf", "Mn"}:  # nothing to be seen, or an accent without its letter
        return False
    font = _font(_TEXT_SIZE)
    return bytes(font.getmask(sign)) != bytes(font.getmask(_NO_SIGN))


def _mark(side: int, colour: str) -> Image.Image:
    """The mark, drawn larger and made smaller, so that its edges are smooth."""
    scale = side * _FINER / 24
    shape = Image.new("L", (side * _FINER, side * _FINER))
    draw = ImageDraw.Draw(shape)
    for (x, y), radius in (((12.0, 12.0), _MIDDLE), *((dot, _DOT) for dot in _DOTS)):
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.ellipse([value * scale for value in box], 255)
    drawn = Image.new("RGBA", (side, side), colour)
    drawn.putalpha(shape.resize((side, side), Image.Resampling.LANCZOS))
    return drawn


def _opened(content: bytes, height: int, width: int | None = None) -> Image.Image:
    """A picture of ours within a box."""
    with Image.open(BytesIO(content), formats=("WEBP", "PNG")) as image:
        found = image.convert("RGBA")
    scale = min(height / found.height, (width or height) / found.width)
    size = (max(round(found.width * scale), 1), max(round(found.height * scale), 1))
    return found.resize(size, Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()
