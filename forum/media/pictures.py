"""What becomes of an uploaded picture, before any transaction: nothing of the file it came in is kept but its pixels.

Only PNG, JPEG, GIF and WebP are read, told by their content and not by their name. One that is a page, a script, a
document or an archive at the same time is refused. The picture is turned upright, made smaller, and written anew as
WebP; so place and time of a photograph and everything else that isn't picture stays behind. Of an animation the first
frame is kept. Only the square sign of a logo is a PNG: not every system that shows it reads WebP.
"""

import hashlib
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from forum.core.errors import Invalid

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
AVATAR_SIDE = 192
BANNER_SIZE = (1200, 300)
LOGO_SIZE = (450, 72)
"""Twice what the header shows of a logo, and a little more."""
SIGN_SIDE = 180
"""Of a logo's square sign, for tabs and home screens."""
LEAST_LOGO_SIDE = 32
WIDEST_LOGO, HIGHEST_LOGO = 8, 2
"""How many times as wide as high a logo may be, and as high as wide."""
QUALITY = 84
LOGO_QUALITY = 90
BANNER_QUALITY = 80
"""Unlike QUALITY: so the same picture in a post is another file, and stays when the banner goes."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # frames of an animation are checked by the library itself

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_NAME = re.compile(r"([0-9a-f]{32})-([1-9]\d{0,3})x([1-9]\d{0,3})\.(webp|png)")
_HEAD_BYTES = 4096
"""In which an SVG file says what it is."""
_SIGNS_OF_MORE = (
    *(b"<script", b"<html>", b"<html ", b"<!doctype", b"<?php ", b"<?php\n", b"<?php\r"),
    *(b"%pdf-1", b"%pdf-2"),
)
"""In small letters, by which a file is known that is more than a picture; so long that no pixels look so by chance."""
_INVISIBLE = 8
"""Up to this alpha, of 255, nothing is seen of a pixel."""
Made = TypeVar("Made")
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation that a camera notes."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, ArithmeticError, TypeError, struct.error)
"""What the readers raise for files that are damaged, or made to damage."""


class TooLarge(Invalid):
    """More bytes than are taken."""

    status = 413


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept; its name says its content and its size in pixels."""

    content: bytes
    width: int
    height: int
    kind: str = "webp"

    @property
    def mimetype(self) -> str:
        return f"image/{self.kind}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.sha256[:32]}-{self.width}x{self.height}.{self.kind}"


@dataclass(frozen=True, slots=True)
class LogoPictures:
    """A logo, and its square sign where it is about as wide as high."""

    logo: Picture
    sign: Picture | None


def is_name(name: str) -> bool:
    """Whether this could be the name of a picture of ours."""
    return _NAME.fullmatch(name) is not None


def size_of(name: str) -> tuple[int, int]:
    """Width and height in pixels, as the name of a picture says. Raises ValueError for any other name."""
    if (named := _NAME.fullmatch(name)) is None:
        raise ValueError(name)
    return int(named[2]), int(named[3])


def picture(content: bytes) -> Picture:
    """A picture for a text: at most 2000 pixels long and wide. Raises Invalid beside the field `file`."""
    return _read(content, lambda image: _written(_fitted(image)))


def avatar(content: bytes) -> Picture:
    """A face: the square in the picture's middle, 192 pixels (`forum.media.faces` has the smaller ones). Raises as
    `picture` does."""
    return _read(content, lambda image: _written(_squared(image)))


def smaller(face: Picture, side: int) -> Picture:
    """A face of our own making, with fewer pixels."""
    with Image.open(BytesIO(face.content), formats=("WEBP",)) as image:
        return _written(image.resize((side, side), Image.Resampling.LANCZOS))


def banner(content: bytes) -> Picture:
    """For a profile's head: a strip from the picture's middle, four times as wide as high. Raises as `picture` does."""
    return _read(content, lambda image: _written(_strip(image), BANNER_QUALITY))


def logo(content: bytes) -> LogoPictures:
    """A logo for the header, without the transparent margin around it. Raises as `picture` does, and for what is too
    small, too long, invisible, or SVG."""
    if b"<svg" in content[:_HEAD_BYTES].lower():
        raise Invalid("picture-svg", field="file")
    return _read(content, _logo)


def as_kept(content: bytes, name: str) -> Picture | None:
    """A file that was written here once and comes back (by import), byte for byte; None when it is anything else."""
    named = _NAME.fullmatch(name)
    if named is None or named[4] != "webp" or len(content) > MOST_BYTES or not _is_bare_webp(content):
        return None
    if hashlib.sha256(content).hexdigest()[:32] != named[1]:
        return None
    width, height = int(named[2]), int(named[3])
    try:
        with Image.open(BytesIO(content), formats=("WEBP",)) as image:
            if image.size != (width, height) or width > LONGEST_SIDE or height > LONGEST_SIDE:
                return None
            image.load()
    except (*_BOMB, *_BROKEN):
        return None
    return Picture(content, width, height)


def _read(content: bytes, make: Callable[[Image.Image], Made]) -> Made:
    if len(content) > MOST_BYTES:
        raise TooLarge("picture-too-large", field="file", limit=MOST_BYTES // 1024**2)
    if not content:
        raise Invalid("picture-missing", field="file")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid("picture-too-many-pixels", field="file", limit=MOST_PIXELS // 1_000_000)
            if _hides_more(content):
                raise Invalid("picture-hides", field="file")
            return make(image)
    except _BOMB as error:
        raise Invalid("picture-too-many-pixels", field="file", limit=MOST_PIXELS // 1_000_000) from error
    except UnidentifiedImageError as error:
        raise Invalid("picture-kind", field="file") from error
    except _BROKEN as error:
        raise Invalid("picture-broken", field="file") from error


def _hides_more(content: bytes) -> bool:
    """Whether other programs might take this picture for a page, a script, a document or an archive."""
    small = content.lower()
    return any(sign in small for sign in _SIGNS_OF_MORE) or zipfile.is_zipfile(BytesIO(content))


def _fitted(image: Image.Image) -> Image.Image:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _upright(image)


def _squared(image: Image.Image) -> Image.Image:
    image.draft("RGB", (AVATAR_SIDE * 3, AVATAR_SIDE * 3))
    return ImageOps.fit(_upright(image), (AVATAR_SIDE, AVATAR_SIDE), Image.Resampling.LANCZOS)


def _strip(image: Image.Image) -> Image.Image:
    width, _height = BANNER_SIZE
    image.draft("RGB", (width * 2, width * 2))
    return ImageOps.fit(_upright(image), BANNER_SIZE, Image.Resampling.LANCZOS)


def _upright(image: Image.Image) -> Image.Image:
    """The picture as it was seen through the camera, in RGB (with transparency where it has some)."""
    image.load()
    turn = _TURNS.get(_orientation(image))
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _by_profile(image, profile)
    if image.mode.startswith(("I", "F")):  # 16 bits a channel, which a plain conversion would cut off
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    image = image.convert(wanted)
    return image.transpose(turn) if turn is not None else image


def _orientation(image: Image.Image) -> Any:
    try:
        return image.getexif().get(ExifTags.Base.Orientation)
    except _BROKEN:
        return None  # damaged notes are no reason to refuse a photograph


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # nor is a damaged profile


def _logo(image: Image.Image) -> LogoPictures:
    image = _fitted(image)
    if image.mode == "RGBA":
        seen = image.getchannel("A").point(lambda alpha: 255 if alpha > _INVISIBLE else 0).getbbox()
        if seen is None:
            raise Invalid("logo-invisible", field="file")
        image = image.crop(seen)
    width, height = image.size
    if min(width, height) < LEAST_LOGO_SIDE:
        raise Invalid("logo-too-small", field="file", limit=LEAST_LOGO_SIDE)
    if width > WIDEST_LOGO * height or height > HIGHEST_LOGO * width:
        raise Invalid("logo-shape", field="file", widest=WIDEST_LOGO, highest=HIGHEST_LOGO)
    sign = None
    if max(width, height) * 4 <= min(width, height) * 5:
        sign = _written_as(_in_a_square(image), "png", optimize=True)
    image.thumbnail(LOGO_SIZE, Image.Resampling.LANCZOS)
    if image.mode == "RGBA":  # in 16 steps: nobody sees it at an edge, and a drawn logo has a third less to carry
        image.putalpha(image.getchannel("A").point(lambda alpha: round(alpha / 17) * 17))
    drawn, photographed = _written_as(image, "webp", lossless=True), _written(image, LOGO_QUALITY)
    return LogoPictures(min(drawn, photographed, key=lambda one: len(one.content)), sign)


def _in_a_square(image: Image.Image) -> Image.Image:
    whole = ImageOps.contain(image, (SIGN_SIDE, SIGN_SIDE), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (SIGN_SIDE, SIGN_SIDE))
    square.paste(whole, ((SIGN_SIDE - whole.width) // 2, (SIGN_SIDE - whole.height) // 2))
    return square


def _written(image: Image.Image, quality: int = QUALITY) -> Picture:
    return _written_as(image, "webp", quality=quality, method=4)


def _written_as(image: Image.Image, kind: str, **options: Any) -> Picture:
    out = BytesIO()
    image.info = {}
    bare = {"exif": b"", "xmp": b"", "icc_profile": b""} if kind == "webp" else {}
    image.save(out, kind.upper(), **bare, **options)
    return Picture(out.getvalue(), image.width, image.height, kind)


def _is_bare_webp(content: bytes) -> bool:
    """Whether this is one WebP file that holds a picture and nothing else, neither inside nor behind it."""
    if len(content) < 20 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return False
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        return False
    at = 12
    while at + 8 <= len(content):
        if content[at : at + 4] not in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}:
            return False
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return at == len(content)
