"""What makes a logo, and what becomes of it before it is kept."""

from io import BytesIO

import pytest
from PIL import Image

from forum.core.errors import Invalid
from forum.media import pictures
from tests.media.samples import SVG, a_bomb, a_picture, saved


def opened(picture: pictures.Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.content))
    image.load()
    return image


def drawn(size: tuple[int, int], box: tuple[int, int, int, int], mode: str = "RGBA") -> Image.Image:
    """A red box on a transparent ground."""
    image = Image.new(mode, size, (0, 0, 0, 0))
    image.paste((200, 30, 30, 255), box)
    return image


def test_a_wide_logo_loses_its_transparent_margin_and_has_no_sign() -> None:
    made = pictures.logo(saved(drawn((1000, 800), (100, 300, 900, 500)), "PNG"))
    assert made.logo.name.endswith("-288x72.webp")
    assert made.sign is None
    image = opened(made.logo)
    assert (image.format, image.size) == ("WEBP", (288, 72))
    assert image.convert("RGBA").getpixel((2, 2)) == (200, 30, 30, 255)  # drawn, so nothing is lost


def test_a_logo_that_is_about_square_has_a_sign_that_every_system_reads() -> None:
    made = pictures.logo(saved(drawn((400, 400), (0, 40, 400, 360)), "PNG"))
    assert made.logo.name.endswith("-90x72.webp")
    assert made.sign is not None
    assert (pictures.is_name(made.sign.name), made.sign.mimetype) == (True, "image/png")
    sign = opened(made.sign)
    assert (sign.format, sign.size) == ("PNG", (180, 180))
    assert sign.getpixel((90, 2)) == (0, 0, 0, 0)
    assert sign.getpixel((90, 90)) == (200, 30, 30, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_logos_of_each_kind(kind: str) -> None:
    made = pictures.logo(a_picture(kind, (300, 100)))
    assert pictures.size_of(made.logo.name) == (216, 72)


def test_a_photograph_as_a_logo_is_kept_small() -> None:
    noise = Image.effect_noise((1200, 192), 90).convert("RGB")
    assert len(pictures.logo(saved(noise, "PNG")).logo.content) < 60_000


def test_a_logo_in_the_colours_of_print_and_one_that_moves() -> None:
    print_colours = Image.new("CMYK", (200, 50), (0, 255, 255, 0))
    red, _, blue = opened(pictures.logo(saved(print_colours, "JPEG")).logo).convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert (red > 200, blue < 80) == (True, True)
    frames = [Image.new("RGB", (200, 50), colour) for colour in ("blue", "red")]
    moving = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True)
    still = opened(pictures.logo(moving).logo)
    assert getattr(still, "n_frames", 1) == 1
    assert still.convert("RGB").getpixel((9, 9)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture-missing"),
        (SVG, "picture-svg"),
        (a_bomb(), "picture-too-many-pixels"),
        (b"\x89PNG" + b"x" * (20 * 1024 * 1024), "picture-too-large"),
        (a_picture(size=(1, 10_000)), "logo-too-small"),
        (a_picture(size=(2000, 100)), "logo-shape"),
        (a_picture(size=(100, 201)), "logo-shape"),
        (a_picture(size=(31, 60)), "logo-too-small"),
        (saved(Image.new("RGBA", (300, 100)), "PNG"), "logo-invisible"),
    ],
)
def test_what_makes_no_logo(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        pictures.logo(content)
    assert (caught.value.code, caught.value.field) == (code, "file")
