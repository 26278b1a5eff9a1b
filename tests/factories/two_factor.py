"""The app on a member's phone: it holds the secret and makes the codes, by a clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.members import actions, two_factor
from forum.members.queries import get_member

SEED = "5eed" * 10


@dataclass
class App:
    """An authenticator app whose clock is so many seconds fast."""

    secret: str
    seconds_off: int = 0

    def code(self) -> str:
        """What it shows now."""
        moment = int(clock.now().timestamp()) + self.seconds_off
        return two_factor.code_at(self.secret, moment // two_factor.STEP_SECONDS)


def switched_on(member: Actor) -> tuple[App, Sequence[str]]:
    """The member signs in in two steps from now on: their app, whose present code is used up, and the recovery codes."""
    app = App(two_factor.secret_of(member.member_id, SEED))
    with transaction(member) as actor:
        codes = actions.switch_on(actor, get_member(actor, actor.member_id, lock=True), SEED, app.code())
    return app, codes
