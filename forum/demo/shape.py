"""The compact form in which the demo community is written down.

`assemble.records` turns it into interchange records. Every time is relative to the moment the demo is made, so that
the community looks alive on any day: write no absolute dates, weekdays or seasons of a certain year into the texts.

Facts that both languages keep to: M3 (500 Wh, older, sporty), M4 (625 Wh, current, most common), C2 (400 Wh, city).
Assist levels Eco, Tour, Sport, Turbo, up to 25 km/h; mid-motor. Firmware 3.2 is current (since about five weeks), 3.3
is a beta. Since 3.2 charging stops at 80 % unless Settings -> Battery -> Charge limit says otherwise. E-1042: speed
sensor or its magnet; E-2107: battery too cold to charge (below 5 °C); E-3310: display has lost the motor.
"""

import re
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Literal

REACTIONS = ("like", "thanks", "insightful", "celebrate")

Kind = Literal["discussion", "question", "announcement", "idea"]
Language = Literal["de", "en"]
Act = Literal["no_action", "remove", "remove_warn", "silence", "suspend", "ban"]


_OWN_LINE = re.compile(r"([-*+]\s|[>|#]|\d+[.)]\s|```|\[\^)")


def unwrapped(text: str) -> str:
    """`text` without the source file's indentation and line width.

    A paragraph or list item becomes one line; quotes, tables, headings, code and lines that end in a backslash stay.
    """
    lines: list[str] = []
    fenced = False
    for line in dedent(text).strip().splitlines():
        bare = line.strip()
        before = lines[-1] if lines else ""
        joins = not fenced and bare and before and not _OWN_LINE.match(bare)
        if joins and not before.lstrip().startswith((">", "|", "#", "```")) and not before.endswith("\\"):
            lines[-1] = f"{before} {bare}"
        else:
            lines.append(line.rstrip())
        if bare.startswith("```"):
            fenced = not fenced
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class P:
    """One post.

    `hours` after the post before it (the first post of a thread: 0, it is written when the thread begins).
    `reactions`: user names, each with an optional kind, parted by blanks: `"hannafeld jonas_w:thanks ruth:insightful"`;
    without a kind it is a like; at most one by each member, never by the author.
    `reply_to`: number of an earlier post of the same thread, counted from 1.
    `edited`: hours after the post at which its author changed it.
    `language`: where it differs from the thread's.
    `key`: a name by which reports and decisions find this post; unique in the whole demo.
    """

    author: str
    body: str
    hours: float = 1.0
    reactions: str = ""
    reply_to: int | None = None
    edited: float | None = None
    key: str | None = None
    language: Language | None = None

    def markdown(self) -> str:
        """The body as its author would have typed it: see `unwrapped`."""
        return unwrapped(self.body)


@dataclass(frozen=True, slots=True)
class T:
    """One thread with its posts.

    `slug_id` is its stable id, unique in the whole demo (German ones begin with `de-`, English ones with `en-`).
    `category` is a slug of `community.CATEGORIES`. `days_ago` may be a fraction; it and the hours of all posts
    together must not reach into the future. `solution`: number of the post that solves a question, counted from 1.
    """

    slug_id: str
    category: str
    kind: Kind
    title: str
    author: str
    days_ago: float
    posts: list[P]
    tags: list[str] = field(default_factory=list)
    solution: int | None = None
    closed: bool = False
    pinned: bool = False
    language: Language = "de"


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea: a thread of kind `idea`, and what it has besides.

    `area` is a name in `community.AREAS`. `voters`: user names parted by blanks, each with an optional importance
    (`nice`, `important`, `essential`): `"hannafeld jonas_w:essential"`; the author needn't be named. `reasons` by user
    name. `answered`: days before now at which it got its status and answer. `merged_into`: the `slug_id` of another.
    """

    thread: T
    area: str
    voters: str
    status: str = "new"
    answer: str = ""
    answered: float | None = None
    merged_into: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Area:
    """One product area in a category."""

    name: dict[str, str]
    category: str


@dataclass(frozen=True, slots=True)
class Person:
    """One member. `joined` is days before now; `owes` marks who has not accepted the rulebook in force.

    Who owes writes nothing and reacts to nothing after it came into force (`community.MATERIAL_DAYS_AGO`).
    """

    username: str
    name: str
    joined: float
    about: str = ""
    role: str = "member"
    groups: tuple[str, ...] = ("customers",)
    language: Language = "de"
    owes: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """One category; `hue` is its colour as an angle from 0 to 359. Empty group lists mean everybody, but for
    `groups_moderate`: nobody but the team."""

    slug: str
    name: dict[str, str]
    description: dict[str, str]
    hue: int
    groups_see: tuple[str, ...] = ()
    groups_start: tuple[str, ...] = ()
    groups_reply: tuple[str, ...] = ()
    groups_moderate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One numbered rule: title and text by language."""

    number: int
    title: dict[str, str]
    text: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One version of the rules, in force since `days_ago`."""

    version: int
    days_ago: float
    rules: tuple[Rule, ...]
    material: bool = True


@dataclass(frozen=True, slots=True)
class R:
    """One report: who says what, `hours` after the reported post, or (about a member) `days_ago`."""

    member: str
    text: str
    rule: int
    hours: float = 2.0
    days_ago: float | None = None


@dataclass(frozen=True, slots=True)
class D:
    """What was decided: `hours` after the last report; `days` is the length of a silence or suspension."""

    by: str
    act: Act
    reason: str
    hours: float = 3.0
    rule: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """All reports about one post (`post`, the key of a `P`) or about one member; without `decision` it is open."""

    case_id: str
    reports: tuple[R, ...]
    post: str | None = None
    about: str | None = None
    decision: D | None = None
