"""The community that is measured: 30 categories, 2,000 members, 5,000 threads, 100,000 posts, one thread of 20,000; and
beside them 1,000 ideas with 20,000 votes."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import words

Record = dict[str, Any]
CATEGORIES, MEMBERS, THREADS, POSTS, LONGEST = 30, 2_000, 5_000, 100_000, 20_000
IDEAS, MOST_VOTES = 1_000, 40
STATUSES = ("new", "under review", "planned", "in progress", "shipped", "declined")
EDITION = 3
"""Raised when other records are made, so that a kept database is made anew."""
_BEGAN = datetime(2024, 1, 1, tzinfo=UTC)


def _iso(minutes: int) -> str:
    return (_BEGAN + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def records(threads: int = THREADS, posts: int = POSTS, longest: int = LONGEST) -> Iterator[Record]:
    """Always the same records; the first thread is the longest one."""
    dice = random.Random(1812)
    yield {"kind": "community", "format": 1, "source": "bench", "name": "Bench", "languages": ["en", "de"]}
    for number in range(MEMBERS):
        confirmed = {"email": f"member{number}@example.org", "confirmed_at": _iso(0)}
        yield {"kind": "member", "id": f"m{number}", "username": f"member{number}", "joined_at": _iso(0), **confirmed}
    for number in range(CATEGORIES):
        yield {"kind": "category", "id": f"c{number}", "name": f"Category {number}", "position": number}
    sizes = _sizes(dice, threads, posts, longest)
    minute = 0
    for number, size in enumerate(sizes):
        minute += 1
        yield {
            "kind": "thread",
            "id": f"t{number}",
            "category": f"c{dice.randrange(CATEGORIES)}",
            "title": " ".join(words.paragraph(dice, 8)),
            "author": f"m{dice.randrange(MEMBERS)}",
            "created_at": _iso(minute),
            "language": "en",
        }
        for place in range(size):
            minute += 1
            yield {
                "kind": "post",
                "id": f"p{number}-{place}",
                "thread": f"t{number}",
                "author": f"m{dice.randrange(MEMBERS)}",
                "body": words.markdown(dice),
                "created_at": _iso(minute),
                "language": "en",
            }

    yield from _ideas(dice, minute)


def _ideas(dice: random.Random, minute: int) -> Iterator[Record]:
    for number in range(IDEAS):
        minute += 1
        yield {
            "kind": "thread",
            "id": f"i{number}",
            "type": "idea",
            "category": f"c{dice.randrange(CATEGORIES)}",
            "title": " ".join(words.paragraph(dice, 8)),
            "author": f"m{dice.randrange(MEMBERS)}",
            "created_at": _iso(minute),
            "language": "en",
            "idea": {"status": dice.choice(STATUSES), "answer": " ".join(words.paragraph(dice, 20))},
        }
        for place in range(2):
            yield {
                "kind": "post",
                "id": f"q{number}-{place}",
                "thread": f"i{number}",
                "author": f"m{dice.randrange(MEMBERS)}",
                "body": words.markdown(dice),
                "created_at": _iso(minute + place),
                "language": "en",
            }
        for member in dice.sample(range(MEMBERS), dice.randrange(MOST_VOTES)):
            voted = _iso(minute + dice.randrange(20_000))
            yield {"kind": "vote", "thread": f"i{number}", "member": f"m{member}", "created_at": voted}


def _sizes(dice: random.Random, threads: int, posts: int, longest: int) -> list[int]:
    """How many posts each thread has: one very long one, the others 1 to 31."""
    left = posts - longest
    mean = max(1, left // max(1, threads - 1))
    sizes = [dice.randint(max(1, mean - 15), mean + 15) for _ in range(threads - 1)]
    sizes[-1] = max(1, sizes[-1] + left - sum(sizes))
    return [longest, *sizes]


def write(path: Path, **sizes: int) -> int:
    """Writes the archive; returns how many posts it has."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for record in records(**sizes):
            count += record["kind"] == "post"
            file.write(json.dumps(record) + "\n")
    return count
