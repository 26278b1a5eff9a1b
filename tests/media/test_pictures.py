"""What becomes of an uploaded file before anything is kept: only pixels survive."""

import random
from io import BytesIO

import pytest
from PIL import Image

from forum.core.errors import Invalid
from forum.media import pictures
from tests.media.samples import (
    HTML_AS_GIF,
    SVG,
    a_bomb,
    a_photograph,
    a_picture,
    a_script_as_gif,
    an_archive,
    saved,
)


def opened(picture: pictures.Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.content))
    image.load()
    return image


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        pictures.picture(content)
    assert caught.value.field == "file"
    return caught.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_of_each_kind_becomes_webp_named_by_content_and_size(kind: str) -> None:
    made = pictures.picture(a_picture(kind))
    assert opened(made).format == "WEBP"
    assert made.name == f"{made.sha256[:32]}-40x30.webp"
    assert pictures.is_name(made.name)


def test_place_camera_and_orientation_of_a_photograph_are_gone_and_it_stands_upright() -> None:
    source = a_photograph()
    assert b"Secret Camera" in source
    image = opened(pictures.picture(source))
    assert image.size == (40, 60)
    assert not image.getexif()
    assert {"exif", "xmp", "icc_profile"}.isdisjoint(image.info)
    red, _, blue = image.convert("RGB").getpixel((20, 5))  # type: ignore[misc]
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_is_undone(kind: str, orientation: int) -> None:
    upright = Image.new("RGB", (64, 32), "blue")
    upright.paste((255, 0, 0), (0, 0, 16, 16))
    laid = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    image = upright
    for turn in laid[orientation]:
        image = image.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = opened(pictures.picture(saved(image, kind, exif=exif, quality=95)))
    assert made.size == (64, 32)
    red, _, blue = made.convert("RGB").getpixel((4, 4))  # type: ignore[misc]
    assert red > 150 > blue


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left() -> None:
    assert opened(pictures.picture(a_picture("JPEG", (3000, 1000)))).size == (2000, 667)
    assert opened(pictures.picture(a_picture("PNG", (1, 1)))).size == (1, 1)
    assert opened(pictures.picture(a_picture("PNG", (9000, 2)))).size == (2000, 1)


def test_transparency_stays_and_16_bits_are_not_cut_off() -> None:
    clear = opened(pictures.picture(saved(Image.new("RGBA", (8, 8), (10, 20, 30, 0)), "PNG")))
    assert clear.convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]
    deep = Image.new("I;16", (8, 8), 32_768)
    assert 120 < opened(pictures.picture(saved(deep, "PNG"))).convert("L").getpixel((4, 4)) < 136  # type: ignore[operator]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_every_way_of_keeping_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(pictures.picture(saved(Image.new("RGB", (9, 9), "white").convert(mode), kind))).size == (9, 9)


def test_of_an_animation_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (12, 12), colour) for colour in ("red", "green", "blue")]
    image = opened(pictures.picture(saved(frames[0], "GIF", save_all=True, append_images=frames[1:])))
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((5, 5))[0] > 200  # type: ignore[index]


def test_a_face_is_the_square_in_the_middle() -> None:
    image = Image.new("RGB", (600, 200), "red")
    image.paste((0, 0, 255), (200, 0, 400, 200))
    made = opened(pictures.avatar(saved(image, "PNG")))
    assert made.size == (192, 192)
    assert all(made.convert("RGB").getpixel(at)[2] > 200 for at in ((4, 4), (187, 187)))  # type: ignore[index]


@pytest.mark.parametrize(
    "more",
    [b"<SCRIPT>alert(1)</SCRIPT>", b"<!DOCTYPE html>", b"<?php phpinfo();", b"%PDF-1.7", an_archive()],
    ids=["script", "page", "program", "document", "archive"],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_that_is_something_else_as_well_is_refused(kind: str, more: bytes) -> None:
    assert refusal(a_picture(kind) + more) == "picture-hides"
    assert refusal(a_script_as_gif()) == "picture-hides"


def test_what_stands_beside_the_pixels_does_not_survive() -> None:
    source = saved(Image.new("P", (10, 10)), "GIF", comment=b"a secret remark") + b"a secret ending"
    assert b"secret" not in pictures.picture(source).content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture-missing"),
        (SVG, "picture-kind"),
        (b"<!doctype html><script>alert(1)</script>", "picture-kind"),
        (b"%PDF-1.7", "picture-kind"),
        (saved(Image.new("RGB", (5, 5)), "BMP"), "picture-kind"),
        (saved(Image.new("RGB", (5, 5)), "TIFF"), "picture-kind"),
        (a_bomb(), "picture-too-many-pixels"),
        (a_bomb(6_500), "picture-too-many-pixels"),
        (b"\0" * (8 * 1024 * 1024 + 1), "picture-too-large"),
    ],
    ids=["empty", "svg", "html", "pdf", "bmp", "tiff", "bomb", "just too many", "too large"],
)
def test_what_is_no_picture_or_too_much_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_page_that_claims_to_be_a_gif_is_refused() -> None:
    assert refusal(HTML_AS_GIF) in {"picture-kind", "picture-broken", "picture-hides", "picture-too-many-pixels"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_truncated_file_is_refused(kind: str) -> None:
    whole = a_picture(kind, (300, 300))
    assert refusal(whole[: len(whole) * 2 // 3]) in {"picture-broken", "picture-kind"}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_damaged_files_are_refused_and_break_nothing(kind: str) -> None:
    dice = random.Random(7)
    whole = bytearray(a_picture(kind, (64, 64)))
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            damaged[dice.randrange(4, len(damaged))] = dice.randrange(256)
        try:
            made = pictures.picture(bytes(damaged))
        except Invalid:
            continue
        assert made.content[:4] == b"RIFF"


def test_what_was_kept_once_is_known_again_byte_for_byte() -> None:
    made = pictures.picture(a_picture())
    assert pictures.as_kept(made.content, made.name) == made


def test_nothing_else_passes_for_what_was_kept() -> None:
    made = pictures.picture(a_picture())
    with_exif = saved(Image.new("RGB", (40, 30)), "WEBP", exif=Image.Exif())
    named = pictures.Picture(a_picture("PNG"), 40, 30)
    assert pictures.as_kept(made.content + b"<script>", made.name) is None
    assert pictures.as_kept(made.content, made.name.replace("40x30", "41x30")) is None
    assert pictures.as_kept(made.content, "0" * 32 + "-40x30.webp") is None
    assert pictures.as_kept(made.content, "../" + made.name) is None
    assert pictures.as_kept(named.content, named.name) is None
    extra = with_exif + b"EXIF\x04\0\0\0abcd"
    extra = extra[:4] + (len(extra) - 8).to_bytes(4, "little") + extra[8:]
    named = pictures.Picture(extra, 40, 30)
    assert pictures.as_kept(named.content, named.name) is None
