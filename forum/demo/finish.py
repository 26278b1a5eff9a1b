"""What the interchange format doesn't carry: confirmed addresses, a case in work, what the product team does with ideas,
and what the log-ins are told of."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from forum.community import actions as community
from forum.community.legal import written
from forum.community.logo import prepared
from forum.community.marks import mark_of
from forum.community.queries import current, legal_numbers
from forum.core import clock, origins
from forum.core.database import db, transaction
from forum.demo import brand
from forum.demo.community import SOURCE
from forum.demo.legal import TEXTS
from forum.ideas import actions as ideas
from forum.ideas import queries as board
from forum.ideas.export import selection, snapshots
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import actor_of, find_account
from forum.moderation import actions as moderation
from forum.moderation import queries as desk
from forum.moderation.models import CASES, OPEN
from forum.threads import actions as threads
from forum.threads import queries as talk

CLAIMED_BY = "moderator"
PRODUCT = "product"
ADMINISTRATOR = "admin"
TAKEN_UP = "de-i-gepaeck"
"""An idea that is planned, with an answer, when the demo starts; `customer` supports it."""
ANSWER = (
    "Die Schiene kommt: Der Träger für M4 und C2 bekommt sie mit dem nächsten Modelljahr, für ältere Räder gibt es ein Teil "
    "zum Nachrüsten. Danke für die Fotos eurer Taschen, sie haben die Wahl des Systems entschieden."
)
LOOKED_AFTER = {
    TAKEN_UP: ("Maße an die Konstruktion gegeben, Muster für Ende des Monats zugesagt.", 5),
    "de-i-ladegrenze": ("Reihenfolge: erst der Knopf, dann fragen wir die Schichtarbeiter noch einmal.", 2),
    "en-i-offline-maps": ("Ask legal about the licence of the map data before promising a date.", 4),
}
"""Ideas that `product` looks after: a private note, and the target in so many months."""
SNAPSHOT_DAYS_AGO = 7


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply that is written when the demo starts, so that the log-ins find something new."""

    thread: str
    by: str
    body: str
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class _Reaction:
    """A reaction that is given when the demo starts."""

    thread: str
    number: int
    by: str
    kind: str


_REPLIES = (
    _Reply(
        "de-bremse",
        "jonas_w",
        "Schön, dass Ruhe ist! Falls es wiederkommt: Bei mir war es am Ende der Belag. Neue gut einbremsen, zwanzigmal aus "
        "20 km/h, seitdem quietscht nichts mehr.",
        7,
    ),
    _Reply(
        "de-kette",
        "petra.k",
        "@customer Du hattest neulich nach einem Mittel für den Winter gefragt: Trockenwachs hält bei mir gut 300 km, und die "
        "Finger bleiben sauber. @product, verträgt sich das mit der Versiegelung?",
    ),
    _Reply(
        "de-ruecksicht",
        "rolf_arnold",
        "Danke fürs Aufräumen, @moderator. Jetzt kann man hier wieder miteinander reden.",
    ),
    _Reply(
        "de-regeln",
        "petra.k",
        "@manager Die zweite Fassung liest sich gut, vor allem die Beispiele. Und ein Dank an @admin: Auf dem Handy ist "
        "alles sofort da.",
    ),
)
_REACTIONS = (
    _Reaction("de-bremse", 1, "hannafeld", "like"),
    _Reaction("de-bremse", 1, "mehmet", "insightful"),
    _Reaction("de-kindersitz", 2, "sabrina", "thanks"),
)


def confirm_everybody() -> None:
    """Every account of the demo has a confirmed address; in the caller's transaction, and safe to repeat."""
    for member_id in db.session.scalars(select(MEMBERS.c.id).where(MEMBERS.c.confirmed_at.is_(None))).all():
        members.confirm(member_id)


def claim_one_case() -> None:
    """The moderator works on the first case that they may take, unless they have one already."""
    member = find_account(CLAIMED_BY)
    if member is None:
        return
    with transaction(actor_of(member.id)) as actor:
        has_one = select(CASES.c.id).where(CASES.c.state == OPEN, CASES.c.owner_id == member.id)
        if db.session.scalar(has_one) is None and (case_id := desk.next_case(actor)) is not None:
            moderation.claim(actor, desk.get_case(actor, case_id, lock=True))


def write_legal_texts() -> None:
    """The administrator has written the legal texts; safe to repeat."""
    if (member := find_account(ADMINISTRATOR)) is None:
        return
    for name, bodies in TEXTS.items():
        texts = written(bodies)
        with transaction(actor_of(member.id)) as actor:
            if not legal_numbers(actor, name):
                community.write_legal_text(actor, name, texts, mark_of({}))


def show_the_brand() -> None:
    """The administrator has put up the company's logo, links and a welcome; safe to repeat."""
    if (member := find_account(ADMINISTRATOR)) is None or current().logo is not None:
        return
    logo = prepared(brand.logo(brand.ON_LIGHT), brand.logo(brand.ON_DARK))
    with transaction(actor_of(member.id)) as actor:
        community.change_logo(actor, logo, "")
        community.change_frame(actor, brand.FRAME, current().frame.mark)
        community.change_welcome(actor, brand.WELCOME, "")


def work_on_ideas() -> None:
    """The product team takes one idea up, notes something about some, and has made an export; safe to repeat."""
    member = find_account(PRODUCT)
    known = origins.known(SOURCE, "thread", list(LOOKED_AFTER))
    if member is None or len(known) < len(LOOKED_AFTER):
        return
    answer = threads.write(actor_of(member.id), ANSWER)
    with transaction(actor_of(member.id)) as actor:
        planned = board.get_status(actor, "planned")
        idea = board.get_idea(actor, known[TAKEN_UP], lock=True)
        if idea.answer_body != answer.body:
            seen = idea.status_change_id
            ideas.set_status(actor, idea, planned, answer, is_small_step=False, seen_change_id=seen)
    for thread, (note, months) in LOOKED_AFTER.items():
        with transaction(actor_of(member.id)) as actor:
            idea = board.get_idea(actor, known[thread], lock=True)
            if idea.owner is None:
                ideas.set_owner(actor, idea, member.id)
                ideas.set_target(actor, board.get_idea(actor, idea.id, lock=True), _month(months))
                ideas.add_note(actor, board.get_idea(actor, idea.id, lock=True), note)
    actor = actor_of(member.id)
    if not snapshots.snapshots(actor).rows:
        chosen = selection.select_ideas(actor)
        as_of = selection.present_minute() - timedelta(days=SNAPSHOT_DAYS_AGO)
        expected = snapshots.expected(chosen, as_of)
        with transaction(actor) as fresh:
            number = snapshots.ask(fresh, chosen, as_of, expected)
        snapshots.make(number)


def _month(months: int) -> str:
    """The month that lies so many months ahead."""
    now = clock.now()
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    return f"{year}-{month + 1:02}"


def let_something_happen() -> None:
    """Members reply, mention and react, so that the log-ins have notifications; safe to repeat."""
    known = origins.known(SOURCE, "thread", [one.thread for one in (*_REPLIES, *_REACTIONS)])
    for reply in _REPLIES:
        if (member := find_account(reply.by)) is None or reply.thread not in known:
            continue
        written = threads.write(actor_of(member.id), reply.body)
        with transaction(actor_of(member.id)) as actor:
            thread = talk.get_thread(actor, known[reply.thread], lock=True)
            draft = threads.ReplyDraft(written, reply.reply_to, f"demo-{reply.thread}")
            threads.post_reply(actor, thread, draft)
    for reaction in _REACTIONS:
        if (member := find_account(reaction.by)) is None or reaction.thread not in known:
            continue
        with transaction(actor_of(member.id)) as actor:
            post = talk.get_post_by_number(actor, known[reaction.thread], reaction.number)
            threads.react(actor, talk.get_post(actor, post.id, lock=True), reaction.kind, True)
