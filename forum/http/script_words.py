"""What the scripts say: it travels with them, once, in the tongue of the page that loads them."""

import json

from forum.core.locale import language_of, translations
from forum.http import relative_times

_MOST_MEGABYTES = 8


def script(tongue: str, icons: str) -> str:
    """Two statements: `window.words`, by name, with {…} for what the script fills in, and `window.icons`, the address
    of the signs."""
    return f"window.words={json.dumps(_words(tongue), ensure_ascii=False)};\nwindow.icons={json.dumps(icons)};"


def _words(tongue: str) -> dict[str, object]:
    gettext = translations(tongue).gettext
    return {
        "times": relative_times.forms_in(language_of(tongue)),
        "failed": gettext("That did not work. Please try again."),
        "copied": gettext("Copied"),
        "copyLink": gettext("Copy link"),
        "linkCopied": gettext("Link copied"),
        "newTab": gettext("opens in a new tab"),
        "counter": gettext("{count} of {limit}"),
        "answering": gettext("In reply to %(whom)s") % {"whom": "{whom}"},
        "saved": gettext("Draft saved"),
        "saving": gettext("Saving draft …"),
        "unsaved": gettext("Draft could not be saved. Please keep a copy of your text."),
        "pictureRunning": gettext("Uploading picture …"),
        "pictureWait": gettext("A picture is still being uploaded. Please wait a moment."),
        "pictureLarge": gettext("This picture is too large: at most %(limit)s MB.") % {"limit": _MOST_MEGABYTES},
        "pictureKind": gettext("This isn't a picture that can be shown. PNG, JPEG, GIF and WebP can."),
        "pictureFailed": gettext("The picture could not be uploaded. Please try again."),
        "formatting": gettext("Formatting"),
        "bold": gettext("Bold"),
        "italic": gettext("Italic"),
        "quote": gettext("Quote"),
        "link": gettext("Link"),
        "linkText": gettext("link text"),
        "code": gettext("Code"),
        "list": gettext("List"),
        "picture": gettext("Picture"),
    }
