"""Work that costs a browser about a second and a program that registers by the thousand its time: finding numbers whose
SHA-256 together with a puzzle begins with zero bits (after Adam Back's Hashcash). Checking costs some microseconds.

static/proof_worker.js finds them. A puzzle has several parts, so that how long it takes depends less on luck.
"""

from hashlib import sha256

PARTS = 16
EASIEST, HARDEST = 14, 18
"""Zero bits of each part: 16 · 2¹⁴ hashes on average, half a second on a desktop and some seconds on a slow phone,
while the form is filled in; and sixteen times that."""
_LONGEST_NUMBER = 12


def fits(text: str, bits: int) -> bool:
    """Whether the SHA-256 of this ASCII text begins with so many zero bits, at most 32."""
    return int.from_bytes(sha256(text.encode("ascii")).digest()[:4], "big") >> (32 - bits) == 0


def is_solved(puzzle: str, bits: int, solution: str) -> bool:
    """Whether the solution has a fitting number for each part, in this order and parted by dots."""
    numbers = solution.split(".", PARTS)
    if len(numbers) != PARTS:
        return False
    if not all(one.isascii() and one.isdecimal() and len(one) <= _LONGEST_NUMBER for one in numbers):
        return False
    return all(fits(f"{puzzle}.{part}.{number}", bits) for part, number in enumerate(numbers))
