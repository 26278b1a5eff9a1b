"""Headings of a post below the page's own: the first is an h3, and none skips a level, whatever was written."""

FIRST_LEVEL = 3


class Outline:
    """Gives each heading of one text, in order, the tag it gets on the page."""

    __slots__ = ("_above",)

    def __init__(self) -> None:
        self._above: list[int] = []

    def tag(self, written: int) -> str:
        """The tag for a heading that was written with `written` (1 to 6) signs."""
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return f"h{min(FIRST_LEVEL - 1 + len(self._above), 6)}"
