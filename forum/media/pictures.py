"""What becomes of an uploaded picture, before any transaction: nothing of the file it came in is kept but its pixels.

Only PNG, JPEG, GIF and WebP are read, told by their content and not by their name. The picture is turned upright, made
smaller, and written anew as WebP; so place and time of a photograph, scripts hidden in a file and everything else that
isn't picture stays behind. Of an animation the first frame is kept.
"""

import hashlib
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from forum.core.errors import Invalid

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
AVATAR_SIDE = 192
MIMETYPE = "image/webp"
QUALITY = 84

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # frames of an animation are checked by the library itself

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_NAME = re.compile(r"([0-9a-f]{32})-([1-9]\d{0,3})x([1-9]\d{0,3})\.webp")
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

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.sha256[:32]}-{self.width}x{self.height}.webp"


def is_name(name: str) -> bool:
    """Whether this could be the name of a picture of ours."""
    return _NAME.fullmatch(name) is not None


def picture(content: bytes) -> Picture:
    """A picture for a text: at most 2000 pixels long and wide. Raises Invalid beside the field `file`."""
    return _read(content, _fitted)


def avatar(content: bytes) -> Picture:
    """A face: the square in the picture's middle, 192 pixels. Raises as `picture` does."""
    return _read(content, _squared)


def as_kept(content: bytes, name: str) -> Picture | None:
    """A file that was written here once and comes back (by import), byte for byte; None when it is anything else."""
    named = _NAME.fullmatch(name)
    if named is None or len(content) > MOST_BYTES or not _is_bare_webp(content):
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


def _read(content: bytes, shape: Callable[[Image.Image], Image.Image]) -> Picture:
    if len(content) > MOST_BYTES:
        raise TooLarge("picture-too-large", field="file", limit=MOST_BYTES // 1024**2)
    if not content:
        raise Invalid("picture-missing", field="file")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid("picture-too-many-pixels", field="file", limit=MOST_PIXELS // 1_000_000)
            return _written(shape(image))
    except _BOMB as error:
        raise Invalid("picture-too-many-pixels", field="file", limit=MOST_PIXELS // 1_000_000) from error
    except UnidentifiedImageError as error:
        raise Invalid("picture-kind", field="file") from error
    except _BROKEN as error:
        raise Invalid("picture-broken", field="file") from error


def _fitted(image: Image.Image) -> Image.Image:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _upright(image)


def _squared(image: Image.Image) -> Image.Image:
    image.draft("RGB", (AVATAR_SIDE * 3, AVATAR_SIDE * 3))
    return ImageOps.fit(_upright(image), (AVATAR_SIDE, AVATAR_SIDE), Image.Resampling.LANCZOS)


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


def _written(image: Image.Image) -> Picture:
    out = BytesIO()
    image.info = {}
    image.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return Picture(out.getvalue(), image.width, image.height)


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
