"""What is said below a first post is a reply, and below an idea a comment: here the words are chosen, by its kind."""

from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _
from flask_babel import ngettext

from forum.http import language
from forum.threads.queries import ThreadRow


@dataclass(frozen=True, slots=True)
class Words:
    """What stands at the place where one answers."""

    act: str
    sign_in: str
    yours: str
    send: str
    closed: str


def words(kind: str) -> Words:
    """The words of a thread's page, in the language of this answer."""
    return _words(kind, language.tongue_of_answer())


@lru_cache(maxsize=100)
def _words(kind: str, tongue: str) -> Words:  # noqa: ARG001  the language is part of the key
    if kind == "idea":
        return Words(
            act=_("Comment"),
            sign_in=_("Sign in to comment"),
            yours=_("Your comment"),
            send=_("Send comment"),
            closed=_("Comments on this idea are closed."),
        )
    return Words(
        act=_("Reply"),
        sign_in=_("Sign in to reply"),
        yours=_("Your reply"),
        send=_("Send reply"),
        closed=_("This thread is closed."),
    )


@lru_cache(maxsize=2_000)
def counted(kind: str, count: int, tongue: str) -> str:  # noqa: ARG001  the language is part of the key
    """How many there are, in a list; `tongue` is the language of this answer."""
    if kind == "idea":
        return ngettext("%(num)s comment", "%(num)s comments", count) if count else _("No comment yet")
    return ngettext("%(num)s reply", "%(num)s replies", count) if count else _("No reply yet")


def told_of_closing(thread: ThreadRow) -> str:
    """What who closes a thread is told."""
    if thread.kind == "idea":
        return _("Comments on this idea are closed now.")
    return _("The thread is closed. Nobody can reply any more.")


def told_of_following(level: str) -> str:
    """What who follows or mutes a thread is told."""
    if level == "watching":
        return _("You hear of everything new here.")
    if level == "muted":
        return _("Muted: you hear nothing of this any more.")
    return _("As usual: you hear of what concerns you.")


def told_of_opening(thread: ThreadRow) -> str:
    """What who reopens a thread is told."""
    if thread.kind == "idea":
        return _("Comments on this idea are open again.")
    return _("The thread is open again.")
