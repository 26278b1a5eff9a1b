"""Writing one batch: what is new gets ids, the rooms write their rows, and the origins go into the same transaction."""

from collections.abc import Callable, Sequence

from forum.core import clock, events, origins
from forum.core.database import transaction
from forum.core.exchange import LEFT_OUT, Intake, Line, keep_sequence, lock_import, reserve
from forum.ideas import records as ideas
from forum.interchange import references
from forum.interchange.references import TABLES, AboutNothing, Resolver, Unknown, own_id
from forum.interchange.rendering import EMPTY, Made, Raw, make
from forum.interchange.shapes import ORDER, SHAPES
from forum.interchange.summary import Summary
from forum.members import records as members
from forum.members.events import MembersImported
from forum.moderation import records as moderation
from forum.rules import records as rules
from forum.threads import records as threads
from forum.threads.events import ThreadsImported
from forum.threads.models import MOVED

_TIMES = ("created_at", "joined_at", "at", "accepted_at", "edited_at")


class Writer:
    """Writes batches one after another, each in one transaction."""

    def __init__(self, intake: Intake, summary: Summary) -> None:
        self._intake, self._summary = intake, summary

    def write(self, lines: Sequence[Line]) -> None:
        """Members first, in a transaction of their own, since texts of the same batch may mention them."""
        first = [line for line in lines if line.kind == "member"]
        rest = [line for line in lines if line.kind != "member"]
        if first:
            with transaction():
                lock_import()
                self._write(first, {})
        if rest:
            self._make_mentions([line for line in rest if line.rendered is not None and line.rendered.mentions])
            own_lines: dict[tuple[str, str], int] = {}
            for line in lines:
                if line.source_id:
                    own_lines.setdefault((line.kind, line.source_id), line.number)
            with transaction():
                lock_import()
                self._write(rest, own_lines)

    def _make_mentions(self, lines: Sequence[Line]) -> None:
        """Renders anew what mentions members of the source: now it is known what they are called here."""
        by_origin: dict[str, list[Line]] = {}
        for line in lines:
            origin = next(iter(line.record["origin"] or ()), None)
            by_origin.setdefault(origin["source"] if origin else self._intake.source, []).append(line)
        for source, mentioning in by_origin.items():
            usernames = members.named(source, {name for line in mentioning for name in line.rendered.mentions})
            for line in mentioning:
                meant = {name: usernames[name] for name in line.rendered.mentions if name in usernames}
                if meant:
                    made = make(Raw(line.rendered.body, f"{source}/{line.kind}/{line.source_id}"), meant)
                    line.rendered = _with_notes(made, line.rendered)

    def _write(self, lines: Sequence[Line], own_lines: dict[tuple[str, str], int]) -> None:
        fresh = self._fresh(lines)
        resolver = Resolver(self._intake, fresh, own_lines)
        ids = self._reserve(fresh)
        ready: dict[str, list[Line]] = {kind: [] for kind in ORDER}
        for kind in ORDER:
            for line in fresh:
                if line.kind == kind and self._resolve(line, resolver, ids):
                    ready[kind].append(line)
        self._hand_over(ready)
        self._remember(ready)

    def _fresh(self, lines: Sequence[Line]) -> list[Line]:
        """The lines that are not here yet; those that are there already are counted."""
        known: dict[str, dict[str, int]] = {}
        for kind in ORDER:
            if ids := [line.source_id for line in lines if line.kind == kind and line.source_id]:
                known[kind] = references.known(self._intake, kind, ids)
        with_origin = [line for line in lines if line.record.get("origin")]
        elsewhere = references.known_by_origin(with_origin) if with_origin else {}
        fresh, seen = [], set()
        for line in lines:
            key = (line.kind, line.source_id)
            if line.source_id and (line.source_id in known[line.kind] or key in seen):
                self._summary.known[line.kind] += 1
            elif line.number in elsewhere:
                origins.remember(self._intake.source, line.kind, {line.source_id: elsewhere[line.number]})
                self._summary.known[line.kind] += 1
            else:
                seen.add(key)
                fresh.append(line)
        return fresh

    def _reserve(self, fresh: Sequence[Line]) -> dict[str, list[int]]:
        if self._intake.is_own:
            return {}
        wanted = {kind: sum(line.kind == kind for line in fresh) for kind in TABLES}
        return {kind: list(reversed(reserve(TABLES[kind], count))) for kind, count in wanted.items()}

    def _resolve(self, line: Line, resolver: Resolver, ids: dict[str, list[int]]) -> bool:
        """Whether the record can be written; otherwise it is named or counted."""
        notes = self._intake.notes
        try:
            resolver.resolve(line)
        except Unknown as reason:
            notes.refuse(line.number, str(reason))
            return False
        except AboutNothing:
            notes.count("records about a post without a text (left out)")
            return False
        if line.kind in ("post", "member") and not self._has_text(line, resolver):
            return False
        if SHAPES[line.kind].has_id:
            number = own_id(line.source_id) if self._intake.is_own else ids[line.kind].pop()
            if number is None:
                notes.refuse(line.number, f"id {line.source_id!r} is not one of this community's own")
                return False
            line.id = number
            resolver.note(line)
        now = clock.now()
        if any((at := line.record.get(name)) is not None and at > now for name in _TIMES):
            notes.count("times in the future (kept)")
        return True

    def _has_text(self, line: Line, resolver: Resolver) -> bool:
        made: Made = line.rendered or EMPTY
        line.rendered = made
        notes = self._intake.notes
        if line.kind == "post" and not made.body and line.record["state"] != MOVED:
            notes.count("posts without a text (left out)")
            line.id = LEFT_OUT
            resolver.note(line)
            origins.remember(self._intake.source, "post", {line.source_id: LEFT_OUT})
            return False
        notes.count("control characters and lone surrogates removed", made.removed)
        notes.count("texts over 256 KB (cut at a line end)", made.was_cut)
        return True

    def _hand_over(self, ready: dict[str, list[Line]]) -> None:
        intake, new = self._intake, self._summary.new
        steps: dict[str, Callable[[Sequence[Line]], object]] = {
            "member": lambda lines: members.bring_in(lines, intake),
            "category": lambda lines: threads.bring_in_categories(lines, intake),
            "thread": lambda lines: _bring_in_threads(lines, intake),
            "post": lambda lines: threads.bring_in_posts(lines, intake),
            "rulebook": lambda lines: rules.bring_in(lines, intake),
        }
        joining: dict[str, Callable[[Sequence[Line]], int]] = {
            "reaction": threads.bring_in_reactions,
            "vote": lambda lines: ideas.bring_in_votes(lines, intake),
            "acceptance": rules.bring_in_acceptances,
        }
        for kind in ORDER:
            lines = ready[kind]
            if not lines:
                continue
            if kind in joining:
                added = joining[kind](lines)
                new[kind] += added
                self._summary.known[kind] += len(lines) - added
                continue
            if kind in steps:
                steps[kind](lines)
            new[kind] += len(lines)
        if of_desk := [*ready["report"], *ready["decision"]]:
            moderation.bring_in(of_desk, intake)
        touched = {line.id for line in ready["thread"]} | {line.record["thread"] for line in ready["post"]}
        if touched:
            events.publish(ThreadsImported(sorted(touched)))
        if ready["member"]:
            events.publish(MembersImported(sorted(line.id for line in ready["member"])))

    def _remember(self, ready: dict[str, list[Line]]) -> None:
        """Origins in the transaction of the rows: what is written is known, whatever happens next."""
        for kind, lines in ready.items():
            if not lines or kind not in TABLES:
                continue
            if self._intake.is_own:
                keep_sequence(TABLES[kind])
            else:
                origins.remember(self._intake.source, kind, {line.source_id: line.id for line in lines})
            for line in lines:
                for origin in line.record["origin"] or ():
                    origins.remember(origin["source"], kind, {origin["id"]: line.id})


def _bring_in_threads(lines: Sequence[Line], intake: Intake) -> None:
    threads.bring_in_threads(lines, intake)
    ideas.bring_in_ideas(lines, intake)


def _with_notes(made: Made, first: Made) -> Made:
    """The second rendering with what was noticed at the first."""
    return Made(
        first.body, made.html, made.excerpt, made.version, first.language, first.mentions, first.removed, first.was_cut
    )
