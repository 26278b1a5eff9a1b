"""The company's logo: pictures in the store, named in the community's row, so that every page knows them."""

from dataclasses import asdict, dataclass, replace

from forum.community.marks import mark_of
from forum.core.errors import Invalid
from forum.media import pictures
from forum.media.pictures import Picture
from forum.media.store import store


@dataclass(frozen=True, slots=True)
class Logo:
    """Names of uploads: the logo on light ground; another one for dark ground, or none; its square sign for browsers'
    tabs, which only a logo has that is about square, and whether the operator wants it there."""

    light: str
    dark: str = ""
    sign: str = ""
    in_tabs: bool = False

    @property
    def mark(self) -> str:
        """What tells one logo from another."""
        return mark_of(asdict(self))

    @property
    def is_sign(self) -> bool:
        """Whether it is so narrow that the community's name stands beside it."""
        return bool(self.sign)


@dataclass(frozen=True, slots=True)
class LogoDraft:
    """A logo as it shall be, and those of its pictures that are new."""

    logo: Logo
    fresh: tuple[Picture, ...] = ()


def prepared(light: bytes = b"", dark: bytes = b"", *, in_tabs: bool = False, present: Logo | None = None) -> LogoDraft:
    """The logo that comes of uploaded files, which are in the store when this returns; to be called before the
    transaction. What is empty stays as it is at `present`; with a new logo the former one for dark ground goes
    too.

    Raises Invalid beside the field `light` or `dark`: no picture, one that makes no logo, or two of different form.
    """
    fresh: list[Picture] = []
    logo = present
    if light or logo is None:
        made = _made(light, "light")
        fresh += [made.logo, *([made.sign] if made.sign else [])]
        logo = Logo(made.logo.name, sign=made.sign.name if made.sign else "")
    if dark:
        on_dark = _made(dark, "dark")
        if (on_dark.sign is None) == logo.is_sign:
            raise Invalid("logos-differ", "dark")
        fresh.append(on_dark.logo)
        logo = replace(logo, dark=on_dark.logo.name)
    for picture in fresh:
        store().put(picture.name, picture.content)
    return LogoDraft(replace(logo, in_tabs=in_tabs and bool(logo.sign)), tuple(fresh))


def _made(content: bytes, field: str) -> pictures.LogoPictures:
    try:
        return pictures.logo(content)
    except Invalid as error:
        raise type(error)(error.code, field=field, **error.parameters) from error
