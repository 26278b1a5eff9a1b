"""One table of rules, one for each verb; rooms add theirs in `policy.py`. A verb that isn't listed is an error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from forum.core.actor import Actor
from forum.core.errors import Conflict, Denied, NotFound, Refused

Rule = Callable[[Actor, Any], "Decision"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with a code that is translated for the reader, and the values its sentence needs."""

    ok: bool
    code: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    kind: Literal["denied", "absent", "conflict"] = "denied"

    def __bool__(self) -> bool:
        return self.ok

    def error(self) -> Refused:
        """The exception that says this no."""
        if self.kind == "absent":
            return NotFound()
        return (Conflict if self.kind == "conflict" else Denied)(self.code, **self.parameters)


YES = Decision(ok=True)


def no(code: str, **parameters: Any) -> Decision:
    """Known to the actor, but not allowed (403)."""
    return Decision(ok=False, code=code, parameters=parameters)


def absent() -> Decision:
    """Not to be known of: the same as if it didn't exist (404)."""
    return Decision(ok=False, code="not-found", kind="absent")


def conflict(code: str, **parameters: Any) -> Decision:
    """Allowed to the actor, but not in the present state of the thing (409)."""
    return Decision(ok=False, code=code, parameters=parameters, kind="conflict")


_rules: dict[str, Rule] = {}


def rule(verb: str) -> Callable[[Rule], Rule]:
    """Enters a policy's function as the rule of a verb such as `thread.reply`."""

    def enter(function: Rule) -> Rule:
        if verb in _rules and _rules[verb].__qualname__ != function.__qualname__:
            raise ValueError(f"two rules for {verb}")
        _rules[verb] = function
        return function

    return enter


def verbs() -> list[str]:
    """Every verb that has a rule."""
    return sorted(_rules)


def decide(actor: Actor, verb: str, thing: Any = None) -> Decision:
    """Whether the actor may do this to the thing, and if not, why. Raises LookupError for an unknown verb.

    Whose roles rest only until they sign in in two steps is told that, instead of that this is for the team.
    """
    try:
        answer = _rules[verb]
    except KeyError:
        raise LookupError(f"no policy has a rule for {verb}") from None
    decision = answer(actor, thing)
    if actor.owes_second_step and decision.code == "staff-only":
        return no("owes-second-step")
    return decision


def may(actor: Actor, verb: str, thing: Any = None) -> bool:
    """The bare answer, for buttons and lists."""
    return decide(actor, verb, thing).ok


def require(actor: Actor, verb: str, thing: Any = None) -> None:
    """Raises Denied, NotFound or Conflict unless the actor may."""
    decision = decide(actor, verb, thing)
    if not decision.ok:
        raise decision.error()


NOT_YET = frozenset({"unconfirmed", "waiting"})
"""Why a new account may not publish yet: the address isn't confirmed, or the team hasn't approved."""


def publishing(actor: Actor) -> Decision:
    """What holds for whoever makes something public: signed in, confirmed, approved, no sanction, rules accepted."""
    if actor.is_system:
        return YES
    if actor.is_guest:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    if actor.is_silenced:
        return no("silenced", until=actor.silenced_until)
    if not actor.is_confirmed:
        return no("waiting" if actor.is_waiting else "unconfirmed")
    if actor.owes_acceptance:
        return no("owes-acceptance")
    return YES
