"""What an import did, in words."""

from collections import Counter
from dataclasses import dataclass, field

from forum.core.exchange import Notes

PLURALS = {"category": "categories"}


def plural(kind: str, count: int) -> str:
    """`1 post`, `2 posts`."""
    return f"{count:,} {kind if count == 1 else PLURALS.get(kind, kind + 's')}"


@dataclass(slots=True)
class Summary:
    """Counts by kind, what was noticed, and how long it took."""

    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    notes: Notes = field(default_factory=Notes)
    bad_lines: int = 0
    seconds: float = 0.0
    was_stopped: bool = False

    @property
    def posts_per_second(self) -> float:
        return self.new["post"] / self.seconds if self.seconds else 0.0

    def lines(self) -> list[str]:
        """The summary for the operator."""
        if self.was_stopped:
            verb = "is" if self.bad_lines == 1 else "are"
            return [f"Nothing was written: {plural('line', self.bad_lines)} {verb} bad."]
        new = ", ".join(plural(kind, count) for kind, count in self.new.items() if count) or "nothing"
        told = [f"New: {new}."]
        if known := ", ".join(plural(kind, count) for kind, count in self.known.items() if count):
            told.append(f"There already: {known}.")
        told += [f"Noticed: {count:,} {what}." for what, count in sorted(self.notes.counts.items())]
        if self.bad_lines:
            told.append(f"Left out: {self.bad_lines:,} lines or references, each named above.")
        rate = f", {self.posts_per_second:,.0f} posts a second" if self.new["post"] else ""
        told.append(f"Took {self.seconds:.1f} s{rate}.")
        return told
