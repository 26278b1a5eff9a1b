"""How many guesses a password takes by those who know people: frequent passwords, words, names, rows of keys.

The estimate and its lists are zxcvbn's (Wheeler 2016), which speaks English; the words that German speakers choose are
ours. The lists cost memory and time, so they are read when the first password is set, not at start.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import prod
from typing import Any, Literal

LOOKED_AT = 72
"""Characters that are looked at: so many are enough for any password, and the work grows faster than their number."""
NEEDED = 10**9
"""So many guesses a password must take: a word with a year and two signs behind it takes fewer, ten random letters and
digits take more. At the sign-in page, which lets ten through in a quarter of an hour, that is out of reach; for
somebody who has stolen the hashes (argon2id, 64 MiB each, some thousand guesses a second) it is the work of days for
one member. It lies between zxcvbn's upper marks, 10^8, which `Sommer2026!!` passes, and 10^10, which a fifth of all
passwords of ten random small letters doesn't."""
_MOST_READINGS = 8
_SIGNS_FOR_LETTERS = str.maketrans(dict.fromkeys("@({[<!|$+%", "\N{SECTION SIGN}"))
_SHORTEST_WORD = 3
_PART = re.compile(r"[^\W_]+")

_GERMAN = """
passwort kennwort geheim hallo hallo123 willkommen anmelden einloggen benutzer zugang schluessel schlüssel sicher
sicherheit start ändern aendern bittehierändern qwertz qwertzu qwertzui qwertzuiop qwertzuiopü asdfghjklö asdfghjklöä
yxcvbn yxcvbnm ichliebedich ichhassedich liebe liebling schatz schatzi schatzilein mausi maus mäuschen hase hasi
hasilein schnecke schnucki sternchen stern engel engelchen prinzessin prinz könig königin kaiser teufel drache
frühling fruehling sommer herbst winter januar jänner februar märz maerz april mai juni juli august september oktober
november dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute morgen gestern
geburtstag weihnachten ostern silvester urlaub ferien feierabend wochenende
mama papa mutter vater oma opa kinder kind familie bruder schwester tochter sohn freund freundin schule arbeit firma
büro zuhause daheim heimat haus garten auto fahrrad motorrad hund katze kater pferd kaninchen vogel fisch tiger adler
sonne sonnenschein mond himmel regen schnee wasser feuer erde blume blumen rose baum wald berg meer strand
kuchen schokolade kaffee bier wein pizza apfel banane erdbeere kartoffel
fussball fußball bayern schalke schalke04 dortmund borussia werder hertha gladbach eintracht hsv bvb
deutschland österreich oesterreich schweiz europa berlin hamburg münchen muenchen köln koeln frankfurt stuttgart
düsseldorf duesseldorf leipzig dresden hannover nürnberg nuernberg bremen wien graz salzburg zürich zuerich basel bern
mercedes porsche volkswagen golf audi opel computer internet rechner drucker handy telefon
freiheit frieden freude glück glueck hoffnung leben meister killer chef arschloch scheisse scheiße ficken verdammt
gutenmorgen gutentag dankeschön bitteschön ichbins niemals immer einszweidrei einzwei
""".split()
"""Words that German speakers put into passwords, as the published lists of leaked ones show them."""

Weakness = Literal["common", "personal", "pattern"]
"""Why a password is easy: many have it, it is made of what everybody knows of this member, or it follows a pattern."""


@cache
def _lists() -> dict[str, dict[str, int]]:
    from zxcvbn.matching import RANKED_DICTIONARIES, build_ranked_dict

    return {**RANKED_DICTIONARIES, "german": build_ranked_dict(_GERMAN)}


def _words(known: Iterable[str]) -> list[str]:
    """What is known of a member, as a whole, without blanks, and in its parts."""
    found: dict[str, None] = {}
    for one in known:
        lower = one.lower()
        for word in (lower, "".join(lower.split()), *lower.split("@"), *_PART.findall(lower)):
            if len(word) >= _SHORTEST_WORD:
                found[word] = None
    return list(found)


def _readable(password: str) -> str:
    """What is looked at. The library reads signs as letters ($ as s) in every combination: of many kinds of them in one
    password (24 seconds, if somebody sets out to) only the digits are read so."""
    from zxcvbn.matching import L33T_TABLE, relevant_l33t_subtable

    looked_at = password[:LOOKED_AT]
    readings = prod(len(signs) for signs in relevant_l33t_subtable(looked_at, L33T_TABLE).values())
    return looked_at if readings <= _MOST_READINGS else looked_at.translate(_SIGNS_FOR_LETTERS)


def weakness(password: str, known: Iterable[str]) -> Weakness | None:
    """Why the password takes fewer than NEEDED guesses; None where it takes as many. `known` is what everybody may know
    of the member; it goes into a list of its own, since the library's function puts it where other threads read it."""
    from zxcvbn.matching import build_ranked_dict, omnimatch
    from zxcvbn.scoring import most_guessable_match_sequence

    looked_at = _readable(password)
    lists = {**_lists(), "known": build_ranked_dict(_words(known))}
    found = most_guessable_match_sequence(looked_at, omnimatch(looked_at, lists))
    return None if found["guesses"] >= NEEDED else _why(found["sequence"])


def _why(sequence: Sequence[Mapping[str, Any]]) -> Weakness:
    """By the longest word among its parts."""
    words = [part for part in sequence if part["pattern"] == "dictionary"]
    longest = max(words, key=lambda part: len(part["token"]), default=None)
    if longest is not None and longest["dictionary_name"] == "known":
        return "personal"
    return "common" if len(sequence) == 1 and words else "pattern"
