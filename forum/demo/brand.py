"""The demo company's own face: a logo drawn here, links, words at the foot, and a welcome."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from forum.community.frame import Frame, Link
from forum.community.welcome import EVERYBODY, Welcome
from forum.media.cards import FONT

ON_LIGHT, ON_DARK = "#0d5566", "#8fd3e4"
_HEIGHT, _FINER = 192, 2

FRAME = Frame(
    header_links=(
        Link({"de": "Laden", "en": "Shop"}, "https://velomark.example/shop"),
        Link({"de": "Anleitungen", "en": "Manuals"}, "https://velomark.example/manuals"),
        Link({"de": "Fahrplan", "en": "Roadmap"}, "/ideas/roadmap"),
    ),
    foot_text={
        "de": "Velomark gibt es nicht: Diese Community ist erfunden und zeigt, was Tafelrunde kann.",
        "en": "There is no Velomark: this community is made up and shows what Tafelrunde can do.",
    },
    foot_links=(Link({"de": "Werkstätten", "en": "Workshops"}, "https://velomark.example/workshops"),),
)
WELCOME = Welcome(
    audience=EVERYBODY,
    title={"de": "Schön, dass du da bist", "en": "Good to have you here"},
    text={
        "de": "Hier reden die, die Velomark fahren, mit denen, die es bauen. "
        "Frag, was du wissen willst, und sag, was als Nächstes kommen soll.",
        "en": "Here those who ride Velomark talk with those who build it. "
        "Ask what you want to know, and say what should come next.",
    },
    button={"de": "Woran wir arbeiten", "en": "What we are working on"},
    address="/ideas/roadmap",
)


def logo(colour: str) -> bytes:
    """A wheel and the company's name, as a PNG on transparent ground."""
    side = _HEIGHT * _FINER
    font = ImageFont.truetype(FONT, round(side * 0.72))
    image = Image.new("RGBA", (round(side * 1.22 + font.getlength("velomark")), side))
    draw = ImageDraw.Draw(image)
    rim, hub = side // 8, side * 0.13
    draw.ellipse((0, 0, side - 1, side - 1), outline=colour, width=rim)
    draw.ellipse((side / 2 - hub, side / 2 - hub, side / 2 + hub, side / 2 + hub), fill=colour)
    draw.text((round(side * 1.2), side // 2), "velomark", font=font, fill=colour, anchor="lm")
    out = BytesIO()
    image.resize((image.width // _FINER, _HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
