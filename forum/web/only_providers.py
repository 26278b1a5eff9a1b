"""Where one signs in by providers and in no other way, the other ways answer that: passwords, links, registration."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from forum.http.render import page
from forum.http.viewer import actor, community
from forum.oidc import queries
from forum.web import second_step
from forum.web.join import invitation_at

bp = Blueprint("only_providers", __name__)

OTHER_WAYS = frozenset(
    {
        "sign_in.do_login",
        "sign_in_link.ask",
        "sign_in_link.show",
        "sign_in_link.enter",
        "join.do_register",
        "join.reset",
        "join.do_reset",
        "join.new_password",
        "join.do_new_password",
        "settings.password",
    }
)
FOR_GUESTS = frozenset({"join.register"})
"""What says something else to members: an invitation takes them into its group."""
SECOND_STEPS = frozenset({"sign_in_passkey.options", "sign_in_passkey.sign_in"})
"""What remains behind a provider that has asked for no second step."""


def _is_other_way(endpoint: str | None) -> bool:
    if endpoint in FOR_GUESTS:
        return actor().is_guest
    return endpoint in OTHER_WAYS or (endpoint in SECOND_STEPS and second_step.waiting() is None)


@bp.before_app_request
def close_other_ways() -> AnyResponse | None:
    if not _is_other_way(request.endpoint) or not community().is_sso_only:
        return None
    next_address = request.path if invitation_at(request.path) else "/"
    return page(
        "sign_in/only_providers.html",
        403,
        doors=queries.doors(),
        is_guest=actor().is_guest,
        next_address=next_address,
    )
