"""User names: which are valid, which resemble each other, and how names are sorted.

Two names resemble each other when their keys are equal: compatibility forms, case and look-alikes are folded. The
table of look-alikes is our own and covers the scripts a reader of Latin letters confuses (Unicode Technical Standard
39 describes the danger).
"""

import re
import unicodedata
from collections.abc import Container
from itertools import count

from forum.core import locale
from forum.core.errors import Invalid
from forum.members.models import DISPLAY_NAME_LENGTH, USERNAME_LENGTH

SHORTEST = 2
_KEY_LENGTH = 120
_SIGNS = "_.-"
_WORD = re.compile(r"(?<![^\W_])[^\W_]")

_LOOK_ALIKES = {  # what readers of Latin letters take for the letter on the left
    "a": "ɑᴀаα",
    "b": "ʙɓьвβ",
    "c": "ᴄсςϲ",
    "d": "ᴅđɗԁδ",
    "e": "ᴇеҽε",
    "f": "ƒ",
    "g": "ɡɢց",
    "h": "ʜħһнհ",
    "j": "ᴊјϳյ",
    "k": "ᴋƙкκ",
    "l": "i1ıɩɪӏʟłіιاון",
    "m": "ᴍмμ",
    "n": "ɴηոה",
    "o": "0ᴏøоοσօס०০๐໐",
    "p": "ᴘрρ",
    "q": "ԛզ",
    "r": "ʀ",
    "s": "ꜱѕ",
    "t": "ᴛŧтτ",
    "u": "ᴜʋυս",
    "v": "ᴠʌѵν",
    "w": "ᴡɯԝω",
    "x": "хχ",
    "y": "ʏуүγ",
    "z": "ᴢζ",
    "ë": "ё",
    "ï": "ї",
}
_FOLD = str.maketrans({sign: letter for letter, signs in _LOOK_ALIKES.items() for sign in signs})
_PAIRS = (("rn", "m"), ("vv", "w"), ("_", "-"), (".", "-"))

_RESERVED = (
    "admin administrator administration root sysadmin webmaster postmaster hostmaster abuse security noreply no-reply "
    "system moderator moderation moderatorin moderators mod mods staff team support help hilfe service official "
    "offiziell community forum tafelrunde everyone everybody channel guest gast anonymous anonym "
    "deleted former null undefined none info kontakt contact api www mail settings login logout register"
).split()


def normalized(name: str) -> str:
    """The name as it is kept or looked for: compatibility forms resolved, no blanks around it, no NUL (PostgreSQL)."""
    return unicodedata.normalize("NFKC", name.replace("\0", "")).strip()


def folded(name: str) -> str:
    """By which a name is this one but for capitals; look-alikes are others."""
    return normalized(name).casefold()


def username_key(name: str) -> str:
    """The folded form by which names are unique and found: equal for names that look alike."""
    folded = unicodedata.normalize("NFKC", normalized(name).casefold())
    folded = unicodedata.normalize("NFC", folded.translate(_FOLD))
    for two, one in _PAIRS:
        folded = folded.replace(two, one)
    return folded[:_KEY_LENGTH]


def _is_letter(sign: str) -> bool:
    """Letters and digits of any script, and the vowel signs that some scripts need."""
    return unicodedata.category(sign) in {"Ll", "Lu", "Lt", "Lo", "Lm", "Nd", "Mc"} or (
        unicodedata.category(sign) == "Mn" and unicodedata.combining(sign) in {0, 9}  # never marks to be piled up
    )


def _is_filler(sign: str) -> bool:
    """Letters by category that show nothing (the Hangul and Braille fillers)."""
    return sign in "\u115f\u1160\u3164\uffa0\u2800"


def _fits(sign: str) -> bool:
    return (_is_letter(sign) or sign in _SIGNS) and not _is_filler(sign)


def check_username(name: str, *, is_new: bool = True) -> str:
    """The name as it may be kept. Raises Invalid beside the field `username`.

    A new registration may not take a name that speaks for the house; imported and demo accounts may have one.
    """
    name = normalized(name)
    if not name:
        raise Invalid("required", field="username")
    if len(name) < SHORTEST:
        raise Invalid("too-short", field="username", limit=SHORTEST)
    if len(name) > USERNAME_LENGTH:
        raise Invalid("too-long", field="username", limit=USERNAME_LENGTH)
    if is_invisible(name) or any(sign in _JOINERS for sign in name):
        raise Invalid("invisible-signs", field="username")
    if not all(_fits(sign) for sign in name):
        raise Invalid("username-letters", field="username")
    if not unicodedata.category(name[0]).startswith(("L", "N")) or name[-1] in _SIGNS:
        raise Invalid("username-ends", field="username")
    if is_new and username_key(name) in _RESERVED_KEYS:
        raise Invalid("username-taken", field="username")
    return name


_RESERVED_KEYS = frozenset(username_key(name) for name in _RESERVED)


def valid_username(original: str, taken: Container[str]) -> str:
    """A valid name as close to the original as possible, whose key is not in `taken` (a set of keys).

    Of an e-mail address only what stands before the @ is used.
    """
    local = normalized(original).partition("@")[0] or original.replace("@", "")
    kept = "".join(sign if _fits(sign) else "-" for sign in normalized(local))
    while "--" in kept:
        kept = kept.replace("--", "-")
    while kept and not unicodedata.category(kept[0]).startswith(("L", "N")):
        kept = kept[1:]
    kept = kept[:USERNAME_LENGTH].rstrip(_SIGNS)
    if len(kept) < SHORTEST:
        kept = f"{kept}-member" if kept else "member"
    if username_key(kept) not in taken:
        return kept
    for number in count(2):
        ending = f"-{number}"
        candidate = kept[: USERNAME_LENGTH - len(ending)].rstrip(_SIGNS) + ending
        if username_key(candidate) not in taken:
            return candidate
    raise AssertionError("numbers don't end")


_JOINERS = "\u200c\u200d"  # some scripts and emoji need them between signs
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def is_invisible(text: str) -> bool:
    """Whether something in a text can't be seen, or turns the direction of what follows."""
    return any((unicodedata.category(sign) in _INVISIBLE and sign not in _JOINERS) or _is_filler(sign) for sign in text)


def check_display_name(name: str, username: str) -> str:
    """A name to show: any writing, but nothing invisible and nothing that turns the direction. Empty: the user name."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if is_invisible(name):
        raise Invalid("invisible-signs", field="display_name")
    name = name.strip(f"{_JOINERS} ")
    if len(name) > DISPLAY_NAME_LENGTH:
        raise Invalid("too-long", field="display_name", limit=DISPLAY_NAME_LENGTH)
    return name or username


def sort_key(name: str) -> str:
    """What the database sorts members by."""
    return locale.sort_key(name.replace("\0", ""))[:_KEY_LENGTH]


def beginnings(*names: str) -> set[str]:
    """By what a member is found: their names from the first sign on and from each of their words on."""
    found = {
        sort_key(name[start:]) for name in names for start in (0, *(word.start() for word in _WORD.finditer(name)))
    }
    return found - {""}
