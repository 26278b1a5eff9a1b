"""The two gates: bleach, then nh3, with one allow-list. Nothing reaches the database as HTML but through here.

bleach's Cleaner must not be shared between threads (its parser keeps state): each thread has its own.
"""

import re
import threading
from functools import cache

import nh3
from bleach.sanitizer import Cleaner
from markupsafe import Markup

from forum.text.allowed import (
    ATTRIBUTES,
    CLASSES,
    FOCUSABLE,
    OWN_ID,
    SCHEMES,
    TAGS,
    VANISHING,
    is_link,
    is_own_picture,
)
from forum.text.source import without_unwanted
from forum.text.tidy import Tidy

OUTSIDE = "nofollow ugc noopener"

_local = threading.local()
_WITH_ID = frozenset({"a", "li"})
# Links within the site need no rel. nh3 escapes quotation marks in values, so the pattern can't start inside of one.
_INSIDE = re.compile(rf'(<a href="(?:#|/(?![/\\]))[^"\s\\]*"[^<>]*?) rel="{OUTSIDE}"')
# nh3 takes the address away where it is none (a port of 99999); rel without one isn't valid.
_NOWHERE = re.compile(rf'(<a(?: title="[^"]*")?) rel="{OUTSIDE}">')


def sanitise(html: str, *, mend: bool = False) -> str:
    """`html` reduced to the allow-list by both gates; doing it again changes nothing. `mend` shapes raw HTML into
    valid."""
    cleaner = _cleaner(mend)
    return second_gate(cleaner.clean(html))


def second_gate(html: str) -> str:
    """nh3 alone, for HTML that was made by escaping a text."""
    checked = 'id="' in html or "<img" in html
    safe, _ = without_unwanted(_nh3(checked).clean(html))
    return _NOWHERE.sub(r"\1>", _INSIDE.sub(r"\1", safe)) if "<a " in safe else safe


def as_markup(html: str) -> Markup:
    """Stored HTML that came out of `render`, for a template. The one door through which stored HTML becomes Markup."""
    return Markup(html)  # noqa: S704  it passed both gates before it was stored


def _cleaner(mend: bool) -> Cleaner:
    name = "mending" if mend else "plain"
    cleaner: Cleaner | None = getattr(_local, name, None)
    if cleaner is None:
        cleaner = Cleaner(
            tags=TAGS,
            attributes=_may_stay,
            protocols=SCHEMES,
            strip=True,
            strip_comments=True,
            filters=[Tidy] if mend else [],  # type: ignore[list-item]  # any iterable will do for the serialiser
        )
        setattr(_local, name, cleaner)
    return cleaner


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "class":
        allowed = CLASSES.get(tag)
        return allowed is not None and all(one in allowed for one in value.split())
    if name == "id":
        return tag in _WITH_ID and OWN_ID.fullmatch(value) is not None
    if name == "tabindex":
        return tag in FOCUSABLE and value == "0"
    if name == "loading":
        return tag == "img" and value == "lazy"
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "src":
        return is_own_picture(value)
    return name != "href" or is_link(value)


def _checked(_tag: str, name: str, value: str) -> str | None:
    if name == "id" and not OWN_ID.fullmatch(value):
        return None
    if name == "src" and not is_own_picture(value):
        return None
    return value


@cache
def _nh3(checked: bool) -> nh3.Cleaner:
    """nh3's cleaner is immutable, and so may be shared. Asking back for every attribute is dear: only where it
    decides."""
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    attributes["*"] = set()  # else nh3 allows its own: title and lang
    if checked:
        for tag in _WITH_ID:
            attributes[tag].add("id")
    else:
        del attributes["img"]
    return nh3.Cleaner(
        tags=set(TAGS) if checked else set(TAGS) - {"img"},
        clean_content_tags=set(VANISHING),
        attributes=attributes,
        attribute_filter=_checked if checked else None,
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        tag_attribute_values={tag: {"tabindex": {"0"}} for tag in FOCUSABLE} | {"img": {"loading": {"lazy"}}},
        url_schemes=set(SCHEMES),
        link_rel=OUTSIDE,
    )
