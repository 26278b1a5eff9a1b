"""Threads share nothing: bleach's cleaner gave wrong results when they did."""

from concurrent.futures import ThreadPoolExecutor

from forum.text import Rendered, Resolved, render
from tests.text.test_scripts import ATTACKS

BODIES = [
    f"# {n}\n\n**{attack}**\n\n> @anna `x`\n\n```r\nx <- {n}\n```\n\na[^1]\n\n[^1]: {attack}"
    for n, attack in enumerate(ATTACKS)
]


def _one(number: int) -> Rendered:
    return render(BODIES[number % len(BODIES)], Resolved({"anna": "Anna"}), prefix=f"p{number % len(BODIES)}-")


def test_many_threads_give_the_results_of_one() -> None:
    alone = [_one(number) for number in range(len(BODIES))]
    with ThreadPoolExecutor(max_workers=8) as pool:
        together = list(pool.map(_one, range(len(BODIES) * 4)))

    assert together == alone * 4
