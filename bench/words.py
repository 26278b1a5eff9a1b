"""Words for posts: the same for the reference page and for the community that is measured."""

import random

WORDS = (
    "my bicycle computer shows the wrong distance since spring and after the second ride it forgets the wheel size "
    "which never happened with the older one so can anybody say where that value is kept because we ride every weekend "
    "and want to compare our tours also when the road is wet or the sensor sits a little loose on the fork"
).split()


def paragraph(dice: random.Random, length: int) -> list[str]:
    """Words in any order."""
    return [dice.choice(WORDS) for _ in range(length)]


def markdown(dice: random.Random) -> str:
    """A post of 58 words in two paragraphs, each with a strong word and a link."""
    parts = []
    for length in (31, 27):
        text = paragraph(dice, length)
        text[length // 3] = f"**{text[length // 3]}**"
        text[length // 2] = f"[{text[length // 2]}](https://example.com/{length})"
        parts.append(" ".join(text))
    return "\n\n".join(parts)


def html(dice: random.Random) -> str:
    """The same as HTML."""
    parts = []
    for length in (31, 27):
        text = paragraph(dice, length)
        text[length // 3] = f"<strong>{text[length // 3]}</strong>"
        address = f"https://example.com/{length}"
        text[length // 2] = f'<a href="{address}" rel="nofollow ugc noopener">{text[length // 2]}</a>'
        parts.append(f"<p>{' '.join(text)}</p>")
    return "".join(parts)
