"""Turns the demo's plain data into interchange records (version 1 of the format), with times relative to now."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from forum.demo import community, english, german
from forum.demo.people import PEOPLE
from forum.demo.shape import Case, Idea, P, Person, R, Rulebook, T

Record = dict[str, Any]

MAIL_DOMAIN = "velomark.example"


def records(now: datetime) -> Iterator[Record]:
    """Every record of the demo community in an order that refers back only (but for `solution`).

    The same `now` (aware) gives the same records; ids never change; nothing lies after `now`.
    Raises `KeyError` where the data name a member, post or rulebook that does not exist.
    """
    yield from _Assembly(now.astimezone(UTC).replace(microsecond=0)).records()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A post with its thread, its number there and the moment it was written."""

    thread: T
    number: int
    post: P
    at: datetime

    @property
    def id(self) -> str:
        return f"{self.thread.slug_id}-{self.number}"


class _Assembly:
    """The whole demo, placed in time."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.people = {person.username: person for person in PEOPLE}
        self.books = sorted(community.RULEBOOKS, key=lambda book: book.version)
        self.binding_since = self._ago(self.books[-1].days_ago)
        self.ideas = {idea.thread.slug_id: idea for idea in (*german.IDEAS, *english.IDEAS)}
        self.areas = {area.name["de"]: area for area in community.AREAS}
        of_ideas = (idea.thread for idea in self.ideas.values())
        self.threads = sorted(
            (*german.THREADS, *english.THREADS, *of_ideas), key=lambda thread: (-thread.days_ago, thread.slug_id)
        )
        self.posts = [placed for thread in self.threads for placed in self._place(thread)]
        self.by_key: dict[str | None, _Placed] = {placed.post.key: placed for placed in self.posts if placed.post.key}
        self.removed = {
            case.post for case in community.CASES if case.decision and case.post and case.decision.act != "no_action"
        }
        self.reactions = [reaction for placed in self.posts for reaction in self._reactions(placed)]

    def records(self) -> Iterator[Record]:
        yield {
            "kind": "community",
            "format": 1,
            "source": community.SOURCE,
            "name": community.NAME,
            "languages": list(community.LANGUAGES),
        }
        yield from map(self._member, PEOPLE)
        yield from self._categories()
        yield from map(self._rulebook, self.books)
        yield from self._acceptances()
        for thread in self.threads:
            yield self._thread(thread)
            yield from (self._post(placed) for placed in self.posts if placed.thread is thread)
        for member, placed, kind, at in self.reactions:
            yield {"kind": "reaction", "post": placed.id, "member": member, "type": kind, "created_at": _iso(at)}
        for idea in self.ideas.values():
            yield from self._votes(idea)
        for case in community.CASES:
            yield from self._case(case)

    def _ago(self, days: float) -> datetime:
        return (self.now - timedelta(days=days)).replace(microsecond=0)

    def _place(self, thread: T) -> Iterator[_Placed]:
        at = self._ago(thread.days_ago)
        for number, post in enumerate(thread.posts, start=1):
            at += _hours(post.hours)
            yield _Placed(thread, number, post, at)

    def _member(self, person: Person) -> Record:
        return {
            "kind": "member",
            "id": person.username,
            "username": person.username,
            "display_name": person.name,
            "email": f"{person.username}@{MAIL_DOMAIN}",
            "joined_at": _iso(self._ago(person.joined)),
            "about": person.about,
            "role": person.role,
            "groups": list(person.groups),
            "language": person.language,
        }

    def _categories(self) -> Iterator[Record]:
        for position, category in enumerate(community.CATEGORIES, start=1):
            record: Record = {
                "kind": "category",
                "id": category.slug,
                "slug": category.slug,
                "name": category.name,
                "description": category.description,
                "position": position,
                "hue": category.hue,
            }
            for field in ("groups_see", "groups_start", "groups_reply", "groups_moderate"):
                if groups := getattr(category, field):
                    record[field] = list(groups)
            yield record

    def _rulebook(self, book: Rulebook) -> Record:
        return {
            "kind": "rulebook",
            "id": _book_id(book),
            "version": book.version,
            "effective_at": _iso(self._ago(book.days_ago)),
            "material": book.material,
            "rules": [{"number": rule.number, "title": rule.title, "text": rule.text} for rule in book.rules],
        }

    def _acceptances(self) -> Iterator[Record]:
        """Everybody accepted the version of the day they joined; the binding one before they next did something."""
        first = self._first_activity()
        for person in PEOPLE:
            joined = self._ago(person.joined)
            at_joining = self._book_at(joined)
            yield _acceptance(person, at_joining, joined + timedelta(minutes=2))
            if at_joining is not self.books[-1] and not person.owes:
                later = self.binding_since + _hours(3 + 140 * _fraction(f"accepts {person.username}"))
                earliest = first.get(person.username, later)
                yield _acceptance(person, self.books[-1], min(later, earliest - timedelta(minutes=1)))

    def _first_activity(self) -> dict[str, datetime]:
        """When each member first wrote or reacted under the binding rulebook."""
        acts = [(placed.post.author, placed.at) for placed in self.posts]
        acts += [(member, at) for member, _, _, at in self.reactions]
        first: dict[str, datetime] = {}
        for member, at in acts:
            if at >= self.binding_since:
                first[member] = min(at, first.get(member, at))
        return first

    def _book_at(self, at: datetime) -> Rulebook:
        in_force = [book for book in self.books if self._ago(book.days_ago) <= at]
        return in_force[-1] if in_force else self.books[0]

    def _thread(self, thread: T) -> Record:
        record: Record = {
            "kind": "thread",
            "id": thread.slug_id,
            "category": thread.category,
            "title": thread.title,
            "author": thread.author,
            "type": thread.kind,
            "created_at": _iso(self._ago(thread.days_ago)),
            "tags": thread.tags,
            "language": thread.language,
        }
        if thread.closed:
            record["closed"] = True
        if thread.pinned:
            record["pinned"] = True
        if thread.solution is not None:
            record["solution"] = f"{thread.slug_id}-{thread.solution}"
        if (idea := self.ideas.get(thread.slug_id)) is not None:
            record["idea"] = self._idea(idea)
        return record

    def _idea(self, idea: Idea) -> Record:
        record: Record = {"status": idea.status, "area": self.areas[idea.area].name}
        if idea.answered is not None:
            record["status_at"] = _iso(self._ago(idea.answered))
        if idea.answer:
            record |= {"answer": idea.answer, "answered_at": record["status_at"]}
        if idea.merged_into is not None:
            record["merged_into"] = idea.merged_into
        return record

    def _votes(self, idea: Idea) -> Iterator[Record]:
        """The author votes with the proposal, the others within the weeks after it, the first ones fast."""
        proposed = self._ago(idea.thread.days_ago)
        author = self.people[idea.thread.author].username
        yield {"kind": "vote", "thread": idea.thread.slug_id, "member": author, "created_at": _iso(proposed)}
        for word in idea.voters.split():
            username, _, importance = word.partition(":")
            person = self.people[username]
            fraction = _fraction(f"{idea.thread.slug_id} {username} votes")
            until = self.binding_since if person.owes else self.now
            begin = max(proposed, self._ago(person.joined)) + _hours(0.3)
            record: Record = {
                "kind": "vote",
                "thread": idea.thread.slug_id,
                "member": username,
                "created_at": _iso((begin + (until - begin) * fraction**2 * 0.98).replace(microsecond=0)),
            }
            if importance:
                record["importance"] = importance
            if reason := idea.reasons.get(username):
                record["reason"] = reason
            yield record

    def _post(self, placed: _Placed) -> Record:
        post = placed.post
        record: Record = {
            "kind": "post",
            "id": placed.id,
            "thread": placed.thread.slug_id,
            "author": self.people[post.author].username,
            "body": post.markdown(),
            "created_at": _iso(placed.at),
            "language": post.language or placed.thread.language,
        }
        if post.reply_to is not None:
            record["reply_to"] = f"{placed.thread.slug_id}-{post.reply_to}"
        if post.edited is not None:
            record["edited_at"] = _iso(min(placed.at + _hours(post.edited), self.now))
        if post.key in self.removed:
            record["state"] = "removed"
        return record

    def _reactions(self, placed: _Placed) -> Iterator[tuple[str, _Placed, str, datetime]]:
        """Reactions come soon after the post and trickle out within a day; nobody reacts before having joined, and
        who owes the acceptance reacted before the rulebook came into force."""
        for word in placed.post.reactions.split():
            username, _, kind = word.partition(":")
            person = self.people[username]
            until = self.binding_since if person.owes else self.now
            fraction = _fraction(f"{placed.id} {username}")
            wait = min(_hours(0.1 + 22 * fraction**2), (until - placed.at) * (0.1 + 0.8 * fraction))
            joined = self._ago(person.joined) + _hours(0.2 + fraction)
            yield username, placed, kind or "like", max(placed.at + wait, joined).replace(microsecond=0)

    def _case(self, case: Case) -> Iterator[Record]:
        target: Record = {"about": case.about} if case.about else {"post": self.by_key[case.post].id}
        times = [self._reported_at(case, report) for report in case.reports]
        ids = [f"report-{case.case_id}-{number}" for number in range(1, len(times) + 1)]
        for report_id, report, at in zip(ids, case.reports, times, strict=True):
            yield {
                "kind": "report",
                "id": report_id,
                "member": self.people[report.member].username,
                **target,
                "text": report.text,
                "rulebook": _book_id(self._book_at(at)),
                "rule": report.rule,
                "created_at": _iso(at),
            }
        if (decision := case.decision) is None:
            return
        decided = max(times) + _hours(decision.hours)
        record: Record = {
            "kind": "decision",
            "id": f"decision-{case.case_id}",
            "by": self.people[decision.by].username,
            **target,
            "act": decision.act,
            "reason": decision.reason,
            "rulebook": _book_id(self._book_at(decided)),
            "rule": decision.rule,
            "reports": ids,
            "at": _iso(decided),
        }
        if decision.days is not None:
            record["until"] = _iso(decided + timedelta(days=decision.days))
        yield record

    def _reported_at(self, case: Case, report: R) -> datetime:
        if report.days_ago is not None:
            return self._ago(report.days_ago)
        return self.by_key[case.post].at + _hours(report.hours)


def _acceptance(person: Person, book: Rulebook, at: datetime) -> Record:
    return {"kind": "acceptance", "member": person.username, "rulebook": _book_id(book), "accepted_at": _iso(at)}


def _book_id(book: Rulebook) -> str:
    return f"rules-{book.version}"


def _hours(hours: float) -> timedelta:
    return timedelta(seconds=round(hours * 3600))


def _fraction(text: str) -> float:
    """A number from 0 up to 1 that looks random and is always the same for the same text."""
    return zlib.crc32(text.encode()) / 2**32


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
