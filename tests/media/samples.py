"""Pictures, good and bad, made here."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

EXIF_ORIENTATION, EXIF_MAKE, GPS_BLOCK = 0x0112, 0x010F, 0x8825


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "teal", **options: Any) -> bytes:
    return saved(Image.new("RGB", size, colour), kind, **options)


def a_photograph() -> bytes:
    """A JPEG that lies on its side, red at the top when upright, with the place where it was taken."""
    image = Image.new("RGB", (60, 40), "blue")
    image.paste((255, 0, 0), (0, 0, 30, 40))
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    exif[EXIF_MAKE] = "Secret Camera"
    exif.get_ifd(GPS_BLOCK).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    return saved(image, "JPEG", exif=exif, quality=95)


def a_bomb(side: int = 20_000) -> bytes:
    """A PNG of a few dozen bytes that claims to be huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def a_script_as_gif() -> bytes:
    """A GIF that browsers which guess might take for a page: a script stands in its comment."""
    return saved(Image.new("P", (10, 10)), "GIF", comment=b"<script>alert(1)</script>") + b"<script>alert(2)</script>"


def an_archive() -> bytes:
    """A ZIP file, as it may hang behind a picture."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Applet.class", b"")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML_AS_GIF = b"GIF89a<html><script>alert(1)</script></html>" + b" " * 200

_BOUNDARY = "a-line-that-no-picture-holds"
MULTIPART = f"multipart/form-data; boundary={_BOUNDARY}"


def multipart(name: str, content: bytes, fields: dict[str, str], file: str = "file") -> bytes:
    """The body of a form; the test client would put a large one into a temporary file and forget to close it."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{file}"; filename="{name}"\r\n'
    parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n")
    return "".join(parts).encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
