"""Links of mails and invitations that open nothing: what the page says, and the line in the security log."""

from typing import Literal

from flask import Response

from forum.core.errors import Gone
from forum.core.logging import security
from forum.http.limits import network
from forum.http.reasons import sentence
from forum.http.render import page

Link = Literal["confirm", "email", "invitation", "reset", "sign-in", "unsubscribe"]


def over(link: Link, error: Gone) -> Response:
    """The page that says so. The log has why, and whose it is where we have signed it."""
    what = str(error.parameters.get("what", error.code.removeprefix("invitation-")))
    security("link-refused", error.parameters.get("member_id"), network(), what=what, link=link)
    is_early = error.code == "link-early"
    return page("sign_in/link_expired.html", error.status, purpose=link, why=sentence(error), is_early=is_early)
