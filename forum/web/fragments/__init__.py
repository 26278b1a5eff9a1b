"""Parts of pages that are rendered once, so that a page only joins strings.

Beside `forum.text` this is the only place that says of a string that it is safe HTML: every value is escaped here,
except for what `forum.text` has stored and what other pieces have made.
"""

from forum.web.fragments import around, lists, thread
from forum.web.fragments.around import drawn, reply_form, scrubber, thread_bar, whom
from forum.web.fragments.lists import talks
from forum.web.fragments.thread import address_of, posts

__all__ = ["address_of", "drawn", "forget", "posts", "reply_form", "scrubber", "talks", "thread_bar", "whom"]


def forget() -> None:
    """Drops everything made so far (for tests)."""
    for module in (around, lists, thread):
        module.forget()
