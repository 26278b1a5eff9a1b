"""German or English? Counting function words decides it for all but the shortest posts, without any dependency."""

import re
from typing import Literal

_WORD = re.compile(r"[a-zäöüß]+")
_NOT_PROSE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|https?://\S+", re.DOTALL)
_CODE_LINE = re.compile(r"^(?: {4}|\t|>).*$", re.MULTILINE)
_ENOUGH_CHARS = 4_000

# No word is in both lists, and none is a common word of the other language (so no "die", "was", "in", "so", "am",
# "hat").
_GERMAN = frozenset(
    "der das den dem des ein eine einen einem einer eines und oder aber denn weil dass daß wenn ob nicht kein keine"
    " keinen ist sind bin bist seid waren wird werden wurde würde haben habe habt hatte hätte kann können könnte"
    " muss müssen soll sollte möchte mag darf ich du er sie wir ihr mich mir dich dir uns euch ihm ihn ihnen mein"
    " meine dein deine unser sein seine auf aus bei für mit nach von vom zu zum zur über unter vor durch gegen ohne"
    " um zwischen beim im ins ans auch noch schon nur sehr immer wieder hier dort dann jetzt heute gibt es wie wo"
    " warum wieso welche welcher welches wer wem mehr viel viele alle alles etwas nichts man sich doch mal ja nein"
    " bitte danke hallo leider gerade geht gehen macht machen als bis seit einfach dieser diese dieses eigentlich"
    " vielleicht".split()
)
_ENGLISH = frozenset(
    "the and or but because that this these those if not no is are were been being be have has had having do does"
    " did can could should would may might must i you he she it we they me him us them my your our their its of to"
    " at by for with from into about over under after before through without between on as than then there here when"
    " where why how what which who whom more most many much some any all each every other another only just very too"
    " now please thanks thank hello hi get got make use using work works want need know think like see out up".split()
)


def language(body: str, default: str) -> str:
    """ "de" or "en" when the words of `body` decide it, else `default`. Code, quotations and addresses don't count."""
    guess = _guess(body[:_ENOUGH_CHARS])
    return guess or default


def _guess(body: str) -> Literal["de", "en"] | None:
    prose = _CODE_LINE.sub(" ", _NOT_PROSE.sub(" ", body))
    words = _WORD.findall(prose.lower())
    german = sum(word in _GERMAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    german += sum(any(letter in word for letter in "äöü") for word in words)
    if german == english or (max(german, english) < 2 and len(words) > 6):
        return None
    if german > english * 1.3:
        return "de"
    if english > german * 1.3:
        return "en"
    return None
