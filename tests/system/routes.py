"""The route table: what each kind of viewer gets from each address.

A row holds method and address (with names from the small community), the form that is sent, and one status for each
viewer. The functions below are the usual patterns; what is unlike the pattern stands by name behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from forum.community.frame import Frame
from forum.community.marks import mark_of
from forum.community.registration import Registration
from forum.http.stylesheet import DEFAULT_LOOK
from tests.factories.members import PASSWORD
from tests.factories.world import IMPRINT, PICTURE

VIEWERS = (
    "guest",
    "unconfirmed",  # has not confirmed the address
    "waiting",  # has confirmed it, and the team has yet to approve
    "new",  # may do what every member may
    "other",  # is in a group, but not in that of the private category
    "partner",  # is in the group of the private category
    "former",  # was in it, and left there what one leaves
    "author",  # wrote the thread, was judged in the decided case
    "helper",  # replied, and reported the author
    "keeper",  # is in a group that may moderate the open category
    "silenced",
    "banned",
    "owing",  # has not accepted the rules
    "owing_step",  # is an administrator, and has yet to set up the second step that is asked of those
    "moderator",
    "product",
    "manager",
    "admin",
)


@dataclass(frozen=True)
class Row:
    """One row; `form` is None for GET."""

    method: str
    address: str
    expected: dict[str, int]
    form: dict[str, Any] | None = None
    files: Callable[[], dict[str, Any]] = field(default=dict)

    @property
    def name(self) -> str:
        return f"{self.method} {self.address}"


def _statuses(usual: int, *groups: dict[str, int], **others: int) -> dict[str, int]:
    expected = dict.fromkeys(VIEWERS, usual)
    for group in (*groups, others):
        expected |= group
    assert set(expected) == set(VIEWERS), f"unknown viewer: {set(expected) - set(VIEWERS)}"
    return expected


SENT_AGAIN = 403
"""What a guest gets whose form holds something: the form itself, to be sent again after signing in."""
_NOT_YET = ("unconfirmed", "waiting", "silenced", "owing")
_DESK = ("moderator", "manager", "admin")
_STAFF = ("product", *_DESK)


def everyone(status: int, **others: int) -> dict[str, int]:
    """All alike; who is banned sees the decision instead (403)."""
    return _statuses(status, {"banned": 403}, **others)


def members(status: int, **others: int) -> dict[str, int]:
    """All who are signed in; guests are led to the sign-in page."""
    return _statuses(status, {"guest": 303, "banned": 403}, **others)


def publishers(status: int, **others: int) -> dict[str, int]:
    """Confirmed, not silenced, rules accepted."""
    return members(status, **(dict.fromkeys(_NOT_YET, 403) | others))


def only(status: int, *who: str, rest: int = 403, **others: int) -> dict[str, int]:
    """Those named; the rest gets another status."""
    return _statuses(rest, {"guest": 303, "banned": 403}, dict.fromkeys(who, status), **others)


def desk(status: int, *more: str, **others: int) -> dict[str, int]:
    """Moderators, managers, administrators, whose group may moderate the open category, and those named."""
    return only(status, *_DESK, "keeper", *more, **others)


def _team(status: int, **others: int) -> dict[str, int]:
    """The product team, managers, administrators."""
    return only(status, "product", "manager", "admin", **others)


def hidden(status: int, **others: int) -> dict[str, int]:
    """What only the private category's group and the desk know of; for all others it isn't there."""
    return only(status, "partner", *_DESK, rest=404, **({"guest": 404} | others))


def get(address: str, expected: dict[str, int]) -> Row:
    """What is for the team leads those of them to the second step who have yet to set it up."""
    is_for_team = expected["new"] == expected["author"] == expected["owing_step"] == 403
    return Row("GET", address, expected | {"owing_step": 303} if is_for_team else expected)


def post(address: str, expected: dict[str, int], **form: Any) -> Row:
    return Row("POST", address, expected, form)


def _picture() -> dict[str, Any]:
    from io import BytesIO

    return {"file": (BytesIO(PICTURE), "one pixel.png")}


def upload(address: str, expected: dict[str, int]) -> Row:
    return Row("POST", address, expected, {}, _picture)


LIFTED = {"reason": "It was a misunderstanding."}
BANNED = {"act": "ban", "reason": "It attacks a person.", "rule": "{rule}"}
SUSPENDED = {**BANNED, "act": "suspend", "days": "7"}
DECIDED = {"act": "no_action", "reason": "It breaks no rule.", "rule": "{rule}"}
JOINED = {
    "username": "newcomer2",
    "email": "newcomer2@example.org",
    "password": PASSWORD,
    "accept": "y",
    "rulebook": "{rulebook}",
    "sha256": "{sha256}",
}
CATEGORY = {
    "name_de": "Werkstatt",
    "name_en": "Workshop",
    "slug": "workshop",
    "hue": "45",
    "see": "1",
    "start": "2",
    "reply": "2",
}
COMMUNITY = {
    "name_de": "Runde",
    "name_en": "Circle",
    "team_name": "Velomark",
    "languages": "en",
    "default_language": "en",
    "form_of_address": "du",
    "time_zone": "Europe/Vienna",
    "seen": "{community_mark}",
}
LOOK = {"brand_colour": "#d4002a", "corners": "round", "theme": "auto", "style": "", "seen": DEFAULT_LOOK.mark}
PROVIDER = {
    "name": "Partner account",
    "key": "partner",
    "issuer": "http://127.0.0.1:9",
    "client_id": "tafelrunde",
    "creates": "never",
}
RULES = {
    "label": "3",
    "kind": "editorial",
    "count": "1",
    "rule-0-number": "1",
    "rule-0-severity": "1",
    "rule-0-title_de": "Freundlich",
    "rule-0-title_en": "Friendly",
    "rule-0-text_de": "Bleib freundlich.",
    "rule-0-text_en": "Stay friendly.",
}

ROWS = (
    # reading
    get("/", everyone(200)),
    get("/c/{category}", everyone(200)),
    get("/c/{private}", hidden(200)),
    get("/tags/range", everyone(200)),
    get("/tags/zinnober", hidden(200)),
    get("/t/{thread}", everyone(301)),
    get("/t/{thread}/{slug}", everyone(200)),
    get("/t/{secret}", hidden(301)),
    get("/t/{secret}/{secret_slug}", hidden(200)),
    get("/t/{thread}/{slug}/2", everyone(302)),
    get("/t/{secret}/{secret_slug}/1", hidden(302)),
    get("/p/{post}", everyone(302)),
    get("/p/{secret_post}", hidden(302)),
    get("/u/helper", everyone(200)),
    get("/u/Helper/posts", everyone(301)),
    get("/u/helper/threads", everyone(200)),
    get("/u/helper/posts", everyone(200)),
    get("/u/helper/ideas", everyone(200)),
    get("/u/helper/votes", only(200, "helper", *_STAFF, rest=404, guest=404)),
    get("/u/newcomer/posts", members(200, guest=404, unconfirmed=404, waiting=404)),
    get("/u/tester", everyone(200)),
    get("/u/tester/threads", only(200, "other", *_STAFF, rest=404, guest=404)),
    get("/u/tester/votes", only(200, "other", *_STAFF, rest=404, guest=404)),
    get("/members", members(200, unconfirmed=403, waiting=403)),
    get("/members?sort=newest", members(200, unconfirmed=403, waiting=403)),
    get("/members?q=anna", members(200, unconfirmed=403, waiting=403)),
    get("/members?sort=standing", members(404)),
    get("/u/helper?part=card", everyone(200)),
    get("/u/unconfirmed?part=card", only(200, "unconfirmed", *_STAFF, rest=404, guest=404)),
    get("/u/newcomer?part=card", members(200, guest=404, unconfirmed=404, waiting=404)),
    get("/u/tester?part=card", only(200, "other", *_STAFF, rest=404, guest=404)),
    get("/members?show=team&sort=newest", members(200, unconfirmed=403, waiting=403)),
    get("/members?show=trusted", members(200, unconfirmed=403, waiting=403)),
    get("/members?show=new", members(404, unconfirmed=403, waiting=403)),
    get("/members?show=group-{testers}", members(200, unconfirmed=403, waiting=403)),
    get("/members?show=field-{bike_field}-2", members(200, unconfirmed=403, waiting=403)),
    get("/members?show=field-{bike_field}-9", members(404, unconfirmed=403, waiting=403)),
    get("/members?show=field-{contract_field}-1", only(200, *_STAFF, rest=404, unconfirmed=403, waiting=403)),
    get(
        "/members?show=group-{partners}",
        only(200, "partner", "manager", "admin", rest=404, unconfirmed=403, waiting=403),
    ),
    post(
        "/u/helper/follow", members(303, helper=409, guest=SENT_AGAIN, unconfirmed=403, waiting=403), level="watching"
    ),
    post("/u/helper/follow", members(303, guest=SENT_AGAIN, unconfirmed=403, waiting=403), level="normal"),
    post("/u/helper/follow", members(400, guest=SENT_AGAIN), level="muted"),
    post("/u/helper/block", members(303, helper=409, unconfirmed=403, waiting=403)),
    post("/u/moderator/block", members(409, unconfirmed=403, waiting=403)),
    post("/u/unconfirmed/block", members(404, unconfirmed=403)),
    post("/u/helper/unblock", members(303, unconfirmed=403, waiting=403)),
    get("/groups", members(200, unconfirmed=403, waiting=403)),
    get("/groups/{testers}", members(301, unconfirmed=403, waiting=403)),
    get("/groups/{testers}/another", members(301, unconfirmed=403, waiting=403)),
    get("/groups/{testers}/testers", members(200, unconfirmed=403, waiting=403)),
    get("/groups/{riders}/winter-riders", members(200, unconfirmed=403, waiting=403)),
    get("/groups/{partners}/kontorgruppe", only(200, "partner", "manager", "admin", rest=404)),
    get("/groups/2/members", members(404)),
    post("/groups/{riders}/join", publishers(303)),
    post("/groups/{riders}/ask", publishers(403, guest=SENT_AGAIN), words="Please."),
    post("/groups/{partners}/join", only(403, "partner", "manager", "admin", rest=404)),
    post("/groups/{riders}/leave", members(303, unconfirmed=403, waiting=403)),
    post("/groups/{testers}/ask", publishers(303, guest=SENT_AGAIN), words="I ride a lot."),
    post("/groups/{testers}/withdraw", members(303, unconfirmed=403, waiting=403)),
    post("/groups/{testers}/requests/{group_request}/accept", only(303, "other", "manager", "admin")),
    post("/groups/{testers}/requests/{group_request}/decline", only(303, "other", "manager", "admin")),
    post("/groups/{testers}/add", only(303, "other", "manager", "admin", guest=SENT_AGAIN), username="newcomer"),
    post("/groups/{testers}/invite", only(303, "other", "manager", "admin", guest=SENT_AGAIN), username="newcomer"),
    post("/groups/{testers}/invites/{member_id}/withdraw", only(303, "other", "manager", "admin")),
    get("/groups/invitations/{circle}", only(303, "manager", "admin", rest=404, author=200)),
    post("/groups/invitations/{circle}/accept", members(404, author=303)),
    post("/groups/invitations/{circle}/decline", members(404, author=303)),
    post("/groups/{testers}/remove/{member_id}", only(303, "other", "manager", "admin")),
    post("/groups/{testers}/remove/{tester_id}", only(303, "manager", "admin")),
    get("/u/unconfirmed", only(200, "unconfirmed", *_STAFF, rest=404, guest=404)),
    get("/u/waiting", only(200, "waiting", *_STAFF, rest=404, guest=404)),
    get("/p/{post}/history", members(200)),
    get("/p/{secret_post}/history", hidden(200, guest=303)),
    post("/read", members(303)),
    post("/welcome/dismiss", members(303)),
    get("/search", everyone(200)),
    get("/t/{thread}/similar", everyone(200)),
    get("/t/{thread}/similar?part", everyone(200)),
    get("/t/{secret}/similar", hidden(200)),
    get("/t/{thread}/card.png", everyone(200)),
    get("/t/{idea}/card.png", everyone(200)),
    get("/t/{secret}/card.png", everyone(404)),
    get("/card/en.png", everyone(200)),
    get("/apple-touch-icon.png", everyone(200)),
    get("/icon/192.png", everyone(200)),
    get("/icon/64.png", everyone(404)),
    get("/manifest.webmanifest", everyone(200)),
    get("/manifest.webmanifest?language=en", everyone(200)),
    get("/new/similar?title=How+far+is+the+range", members(200)),
    # writing
    get("/new", members(200)),
    post(
        "/new",
        members(303, guest=200),
        category="{category}",
        title="A new thread",
        body="With a text.",
        kind="question",
        submission="one-submission",
    ),
    post("/t/{thread}/reply", members(303, guest=200), body="A reply.", submission="one-submission"),
    post("/t/{closed}/reply", members(409, guest=200), body="A late reply."),
    post("/t/{secret}/reply", hidden(303, guest=200), body="A reply from outside."),
    get("/p/{own}/edit", desk(200, "author")),
    post("/p/{own}/edit", desk(303, "author", guest=200), body="Thank you.", base_revision="1"),
    get("/p/{own}/delete", only(200, "author")),
    post("/p/{own}/delete", only(303, "author")),
    post("/p/{taken_back}/restore", only(303, "author", rest=410, **dict.fromkeys((*_DESK, "keeper"), 403))),
    post("/p/{post}/react", publishers(303, helper=403, guest=SENT_AGAIN), on="thanks"),
    post("/p/{secret_post}/react", hidden(303, partner=403, guest=SENT_AGAIN), on="thanks"),
    post("/p/{post}/solution", desk(303, "author")),
    post("/p/{post}/no-solution", desk(303, "author")),
    get("/drafts", members(200)),
    post("/drafts/keep?place=new", members(303, guest=SENT_AGAIN), title="A thought", body="To be gone on with"),
    post("/drafts/{draft}/discard", members(303)),
    get("/media", publishers(200)),
    upload("/media", publishers(200, guest=403)),
    get("/media/{picture}", everyone(200, banned=200)),
    # steering
    get("/t/{thread}/steer", desk(200, "author")),
    post(
        "/t/{thread}/steer",
        desk(303, "author", guest=SENT_AGAIN),
        title="A better title",
        tags="range",
        category="{category}",
    ),
    post("/t/{thread}/close", desk(303)),
    post("/t/{closed}/reopen", desk(303)),
    post("/t/{thread}/pin", desk(303)),
    post("/t/{thread}/unpin", desk(303)),
    post("/t/{thread}/follow", members(303, guest=SENT_AGAIN), level="watching"),
    post("/t/{secret}/follow", hidden(303, guest=SENT_AGAIN), level="watching"),
    # joining, signing in and out
    get("/login", everyone(303, guest=200)),
    post("/login", everyone(303), username="newcomer", password=PASSWORD),
    get("/login/code", everyone(303)),
    post("/login/code", everyone(303, guest=400), code="123456"),
    get("/login/passkey", everyone(200)),
    post("/login/passkey", everyone(303, guest=400), passkey="none"),
    post("/login/link", everyone(200), username="helper"),
    get("/login/link/{sign-in_token}", everyone(200)),
    post("/login/link/{sign-in_token}", everyone(303)),
    get("/login/with/company", everyone(303, guest=502)),
    get("/login/with/company?for=link", members(502)),
    get("/login/with/company?for=something", everyone(404)),
    get("/login/with/company/back?state=forged&code=x", everyone(400)),
    get("/login/with/unknown", everyone(404)),
    post("/login/with/company/logout", everyone(400), logout_token="forged"),
    get("/login/first", everyone(303)),
    post("/login/first", everyone(303), username="newcomer2"),
    get("/login/go-on?next=/rules", everyone(303)),
    post("/login/go-on", everyone(303)),
    post("/logout", everyone(303, banned=303)),
    get("/register", everyone(303, guest=200)),
    post("/register", everyone(409, guest=303), **JOINED),
    get("/invite/{invitation}", everyone(200, other=303)),
    post("/invite/{invitation}/accept", publishers(303)),
    post("/invite/{invitation}", everyone(409, guest=303), **JOINED),
    get("/invite/forged", everyone(410)),
    get("/confirm", members(303, unconfirmed=200, waiting=200)),
    post("/confirm/resend", members(303)),
    get("/confirm/{confirm_token}", everyone(200)),
    post("/confirm/{confirm_token}", everyone(303)),
    get("/reset", everyone(200)),
    post("/reset", everyone(200), username="helper"),
    get("/reset/{reset_token}", everyone(200)),
    post("/reset/{reset_token}", everyone(303), password="another good one 43"),
    get("/email/new/{new_email_token}", everyone(200)),
    post("/email/new/{new_email_token}", everyone(200)),
    get("/email/old/{old_email_token}", everyone(200)),
    post("/email/old/{old_email_token}", everyone(200)),
    post("/email/old/{old_email_token}/stop", everyone(200)),
    get("/email/other/{old_email_token}", everyone(404)),
    get("/language", everyone(200)),
    post("/language", everyone(303), language="de"),
    # for programs, which send a token and no cookie
    get("/api/v1/ideas", everyone(401)),
    get("/api/v1/ideas/{idea}", everyone(401)),
    get("/api/v1/openapi.json", everyone(200)),
    # the ideas board
    get("/ideas", everyone(200)),
    get("/ideas?sort=trending&status=new&area=range&tag=range", everyone(200)),
    get("/ideas?mine=1&voted=1", members(200)),
    get("/ideas/roadmap", everyone(200)),
    get("/ideas/votes", members(200)),
    get("/ideas/inbox", _team(200)),
    get("/ideas/exports", _team(200)),
    post("/ideas/exports", _team(303, guest=SENT_AGAIN), top="5"),
    post("/ideas/exports/{export}/again", _team(303)),
    get("/ideas/exports/{export}/csv", _team(200)),
    get("/ideas/exports/{export}/docx", members(404)),
    get("/ideas/exports/99999/csv", _team(404)),
    get("/ideas/similar?title=A+longer+range", members(200)),
    get("/ideas/new", members(200)),
    post(
        "/ideas/new",
        members(303, guest=200),
        area="{area}",
        title="A basket for the dog",
        body="It is small.",
        submission="one-submission",
    ),
    get("/ideas/{idea}", everyone(301)),
    get("/ideas/{idea}/{idea_slug}", everyone(200)),
    get("/ideas/{idea}/{idea_slug}/1", everyone(302)),
    get("/ideas/{thread}", everyone(301)),
    get("/ideas/{merged_idea}", everyone(302)),
    get("/ideas/{secret_idea}", hidden(301)),
    get("/ideas/{secret_idea}/{secret_idea_slug}", hidden(200)),
    get("/t/{idea}/{idea_slug}", everyone(301)),
    get("/t/{idea}/{idea_slug}/1", everyone(301)),
    post("/ideas/{idea}/vote", members(303, silenced=403, owing=403)),
    post("/ideas/{shipped_idea}/vote", members(409, silenced=403, owing=403)),
    post("/ideas/{merged_idea}/vote", members(303)),
    post("/ideas/{secret_idea}/vote", hidden(303, guest=303)),
    post("/ideas/{idea}/withdraw", members(303)),
    get("/ideas/{idea}/steer", _team(200)),
    get("/ideas/{secret_idea}/steer", hidden(403, guest=303, manager=200, admin=200)),
    post(
        "/ideas/{idea}/steer",
        _team(303, guest=SENT_AGAIN),
        status="planned",
        answer="In spring.",
        seen_change_id="{idea_change}",
    ),
    post(
        "/ideas/{idea}/steer",
        _team(409, guest=SENT_AGAIN),
        status="planned",
        answer="In spring.",
        seen_change_id="99999",
    ),
    get("/ideas/{idea}/merge", _team(200)),
    post("/ideas/{idea}/merge", _team(303, guest=SENT_AGAIN), target="{shipped_idea}"),
    post("/ideas/{merged_idea}/unmerge", _team(303)),
    post("/ideas/{idea}/note", _team(303, guest=SENT_AGAIN), note="Ask the drive team."),
    get("/p/{post}/idea", _team(200)),
    post("/p/{post}/idea", _team(303, guest=SENT_AGAIN), title="A longer range", area="{area}"),
    # rules
    get("/rules", everyone(200)),
    get("/imprint", everyone(200, banned=200)),
    get("/privacy", everyone(404, banned=404)),
    get("/terms", everyone(200, banned=200)),
    get("/terms/en/1", everyone(200, banned=200)),
    get("/shortcuts", everyone(200)),
    get("/styleguide", only(200, *_STAFF, rest=404, guest=404)),
    get("/rules/1", everyone(200)),
    get("/rules/changes?from=1&to=2", everyone(200)),
    get("/rules/accept", members(200)),
    post("/rules/accept", members(303, guest=SENT_AGAIN), accept="y", rulebook="{rulebook}", sha256="{sha256}"),
    get("/rules/acceptances", only(200, *_STAFF)),
    # one's own
    get("/settings", members(200)),
    get("/settings/profile", members(200)),
    post("/settings/profile", members(303, guest=SENT_AGAIN), display_name="Somebody", about="About me"),
    get("/settings/privacy", members(200)),
    post(
        "/settings/privacy",
        members(303, guest=SENT_AGAIN),
        audience="members",
        is_indexed="y",
        shows_presence="y",
    ),
    get("/settings/account", members(200)),
    post(
        "/settings/account/password",
        members(303, guest=SENT_AGAIN),
        old_password=PASSWORD,
        password="another good one 43",
    ),
    get("/settings/people", members(200, unconfirmed=403, waiting=403)),
    post("/settings/people/{member_id}/unfollow", members(303, unconfirmed=403, waiting=403)),
    post("/settings/people/{member_id}/unblock", members(303, unconfirmed=403, waiting=403)),
    get("/settings/devices", members(200)),
    post("/settings/devices/{sign_in}/sign-out", only(303, "product", rest=404)),
    post("/settings/devices/sign-out-others", members(303)),
    post("/settings/devices/sign-out-everywhere", members(303)),
    get("/settings/providers", members(200)),
    get("/settings/providers/link", members(303)),
    post("/settings/providers/link", members(303)),
    post("/settings/providers/link/cancel", members(303)),
    post("/settings/providers/{identity}/unlink", only(303, "helper")),
    get("/settings/two-factor", members(200)),
    post("/settings/two-factor", members(303, guest=SENT_AGAIN), code="123456"),
    post("/settings/two-factor/codes", members(400, guest=SENT_AGAIN), code="123456"),
    post("/settings/two-factor/off", members(400, guest=SENT_AGAIN), code="123456"),
    get("/settings/passkeys", members(200)),
    get("/settings/passkeys/options", members(200)),
    post("/settings/passkeys", members(400, guest=SENT_AGAIN), name="A phone", passkey="none"),
    get("/settings/passkeys/{passkey}", only(200, "product", rest=404)),
    post("/settings/passkeys/{passkey}", only(303, "product", rest=404, guest=SENT_AGAIN), name="A tablet"),
    post("/settings/passkeys/{passkey}/remove", only(303, "product", rest=404)),
    get("/settings/account/email", members(200)),
    post(
        "/settings/account/email",
        members(303, guest=SENT_AGAIN),
        email="another@example.org",
        password=PASSWORD,
    ),
    post("/settings/account/email/cancel", members(303)),
    get("/settings/account/username", members(200)),
    post("/settings/account/username", members(303, guest=SENT_AGAIN), username="another-name"),
    get("/settings/display", members(200)),
    get("/settings/mail", members(200)),
    post("/settings/mail", members(303, guest=SENT_AGAIN), wants_mail="y"),
    get("/unsubscribe/{unsubscribe_token}", everyone(200, banned=200)),
    post("/unsubscribe/{unsubscribe_token}", everyone(200, banned=200)),
    get("/unsubscribe/forged", everyone(410, banned=410)),
    post("/settings/display", members(303, guest=SENT_AGAIN), language="de", time_zone="Europe/Vienna", theme="dark"),
    get("/settings/tokens", members(200)),
    post("/settings/tokens", _team(201, guest=SENT_AGAIN), name="Nightly report", scopes="ideas:read", days="90"),
    post("/settings/tokens/{token}/revoke", only(303, "product", rest=404)),
    get("/settings/avatar", members(200)),
    upload("/settings/avatar", publishers(303)),
    post("/settings/avatar/remove", members(303)),
    get("/settings/banner", members(200)),
    upload("/settings/banner", publishers(303)),
    post("/settings/banner/remove", members(303)),
    get("/notifications", members(200)),
    get("/news", everyone(200)),
    get("/news?thread={thread}&after=0", everyone(200)),
    get("/news?thread={secret}&after=0", hidden(200)),
    get("/notifications/{notification}", only(302, "author", rest=404)),
    post("/notifications/seen", members(303)),
    # reporting
    get("/report?post={post}", members(200, unconfirmed=403, waiting=403, helper=403)),
    post(
        "/report?post={post}",
        members(303, unconfirmed=403, waiting=403, helper=403, guest=SENT_AGAIN),
        rule="{rule}",
        text="This is rude.",
    ),
    get("/report?post={secret_post}", hidden(200, guest=303, partner=403)),
    get("/reports", members(200)),
    get("/reports/{report}", only(200, "helper", rest=404)),
    get("/decisions/{decision}", desk(200, "author", rest=404, keeper=404)),
    # the desk
    get("/moderation", desk(200)),
    get("/moderation/cases/{case}", desk(200)),
    get("/moderation/cases/{secret_case}", desk(200, keeper=404)),
    post("/moderation/cases/{case}/claim", desk(303)),
    post("/moderation/cases/{secret_case}/claim", desk(303, keeper=404, moderator=403)),
    post("/moderation/cases/{case}/release", desk(303)),
    post("/moderation/cases/{case}/preview", desk(200, guest=SENT_AGAIN), **DECIDED),
    post("/moderation/cases/{case}/decide", desk(303, guest=SENT_AGAIN), **DECIDED),
    post("/moderation/cases/{case}/decide", desk(303, guest=SENT_AGAIN, keeper=403), **BANNED),
    post("/moderation/cases/{case}/decide", desk(303, guest=SENT_AGAIN, keeper=403), **SUSPENDED),
    post("/moderation/decisions/{decision}/reverse", desk(303, guest=SENT_AGAIN, keeper=403), **LIFTED),
    # administration
    get("/admin", only(200, "manager", "admin")),
    get("/admin/legal", only(200, "admin")),
    get("/admin/legal/imprint", only(200, "admin")),
    post(
        "/admin/legal/imprint",
        only(303, "admin", guest=SENT_AGAIN),
        body_de="Wir.",
        body_en="We.",
        seen=mark_of(IMPRINT),
    ),
    get("/admin/legal/terms?language=en&version=1", only(200, "admin")),
    get("/admin/legal/terms/en", only(200, "admin")),
    get("/admin/legal/terms/en/2", only(200, "admin")),
    get("/admin/look", only(200, "admin")),
    post("/admin/look", only(303, "admin", guest=SENT_AGAIN), **LOOK),
    get("/admin/look/preview.css?colour=%23d4002a&corners=round", only(200, "admin")),
    get("/admin/logo", only(200, "admin")),
    post("/admin/logo", only(303, "admin", guest=SENT_AGAIN), remove="all"),
    get("/admin/frame", only(200, "admin")),
    post(
        "/admin/frame", only(303, "admin", guest=SENT_AGAIN), foot_text_de="Wir.", foot_text_en="We.", seen=Frame().mark
    ),
    get("/admin/welcome", only(200, "admin")),
    post("/admin/welcome", only(303, "admin", guest=SENT_AGAIN), audience="guests", title_en="Hello"),
    get("/admin/registration", only(200, "admin")),
    post("/admin/registration", only(303, "admin", guest=SENT_AGAIN), mode="closed", seen=Registration().mark),
    get("/admin/mails", only(200, "admin")),
    get("/admin/mails/decision", only(200, "admin")),
    get("/admin/mails/decision/html?language=de&theme=dark", only(200, "admin")),
    post("/admin/mails/decision/send", only(303, "admin", guest=SENT_AGAIN), language="de"),
    post("/admin/mails/try", only(303, "admin")),
    get("/admin/sign-in", only(200, "admin")),
    post("/admin/sign-in", only(303, "admin", guest=SENT_AGAIN), roles="product", seen="{two_factor_mark}"),
    get("/admin/providers", only(200, "admin")),
    post("/admin/providers", only(303, "admin", guest=SENT_AGAIN), **PROVIDER),
    get("/admin/providers/{provider}", only(200, "admin")),
    post("/admin/providers/{provider}", only(303, "admin", guest=SENT_AGAIN), **PROVIDER),
    post("/admin/providers/{provider}/try", only(303, "admin")),
    post("/admin/providers/{provider}/remove", only(303, "admin")),
    post("/admin/providers/only", only(303, "admin")),
    post("/admin/providers/only/off", only(303, "admin")),
    get("/admin/community", only(200, "admin")),
    post("/admin/community", only(303, "admin", guest=SENT_AGAIN), **COMMUNITY),
    get("/admin/audit", only(200, "manager", "admin")),
    get("/admin/audit?who=system&act=group.add&kind=group", only(200, "manager", "admin")),
    get("/admin/audit?kind=post&of=first", only(400, "manager", "admin")),
    get("/admin/audit/{audit_entry}", only(200, "manager", "admin")),
    get("/admin/members", only(200, "manager", "admin")),
    get("/admin/members?state=banned&role=team&q=a", only(200, "manager", "admin")),
    get("/admin/members?rules=owed&way=with-company&seen_from=2026-01-01", only(200, "manager", "admin")),
    get("/admin/members/act?act=sign_out&id={member_id}", only(200, "manager", "admin")),
    get("/admin/members/act?act=add&to={testers}&all=1", only(200, "manager", "admin")),
    post(
        "/admin/members/act",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        act="add",
        to="{testers}",
        id="{member_id}",
    ),
    get("/admin/members/{member_id}", only(200, "manager", "admin")),
    post(
        "/admin/members/{member_id}/notes",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        body="Wants to help at the fair.",
    ),
    get("/admin/members/{member_id}/notes/{note_id}", only(200, "manager", "admin")),
    post(
        "/admin/members/{member_id}/notes/{note_id}",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        body="Was a mistake.",
        seen="{note_mark}",
    ),
    post("/admin/members/{member_id}/notes/{note_id}/delete", only(303, "manager", "admin")),
    post("/admin/members/{member_id}/sign-out", only(303, "manager", "admin")),
    post("/admin/members/{member_id}/sessions/{session_id}/sign-out", only(303, "manager", "admin")),
    post("/admin/members/{member_id}/roles", only(303, "admin", guest=SENT_AGAIN), roles="moderator"),
    post("/admin/members/{member_id}/groups", only(303, "manager", "admin", guest=SENT_AGAIN), groups="{testers}"),
    post("/admin/members/{member_id}/fields", only(303, "manager", "admin")),
    post("/admin/members/{unconfirmed_id}/confirm", only(303, "admin")),
    post(
        "/admin/members/{member_id}/username",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        username="another-name",
    ),
    post("/admin/members/{member_id}/email", only(303, "admin", guest=SENT_AGAIN), email="another@example.org"),
    post(
        "/admin/members/{member_id}/suspend",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        rule="{rule}",
        reason="Advertising in every thread.",
    ),
    post(
        "/admin/members/{banned_id}/unsuspend",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        reason="It was somebody else.",
    ),
    get("/admin/members/{banned_id}", only(200, "manager", "admin")),
    get("/admin/members/{product_id}/two-factor", only(200, "admin")),
    get("/admin/members/{member_id}/two-factor", only(200, "admin")),
    post("/admin/members/{product_id}/two-factor", only(303, "admin")),
    get("/admin/invitations", only(200, "manager", "admin")),
    post(
        "/admin/invitations",
        only(201, "manager", "admin", guest=SENT_AGAIN),
        uses="5",
        days="30",
        group="{testers}",
        note="Trade fair",
    ),
    post("/admin/invitations/{invitation_id}/revoke", only(303, "manager", "admin")),
    get("/admin/requests", only(200, "manager", "admin")),
    get("/admin/requests/act?act=approve&id={waiting_id}", only(200, "manager", "admin")),
    get("/admin/requests/act?act=refuse&id={waiting_id}&id={member_id}", only(200, "manager", "admin")),
    post(
        "/admin/requests/act",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        act="refuse",
        id="{waiting_id}",
        reason="This is for customers.",
    ),
    post("/admin/requests/{waiting_id}/approve", only(303, "manager", "admin")),
    get("/admin/requests/{waiting_id}/refuse", only(200, "manager", "admin")),
    get("/admin/requests/{unconfirmed_id}/refuse", only(404, "manager", "admin")),
    post(
        "/admin/requests/{waiting_id}/refuse",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        reason="This is for customers.",
    ),
    get("/admin/see-as", only(200, "manager", "admin")),
    post("/admin/see-as", only(303, "manager", "admin", guest=SENT_AGAIN), viewpoint="group-{testers}"),
    post("/see-as/end", everyone(303)),
    get("/admin/roles", only(200, "manager", "admin")),
    get("/admin/groups", only(200, "manager", "admin")),
    post("/admin/groups", only(303, "manager", "admin", guest=SENT_AGAIN), name="Beta"),
    get("/admin/groups/{testers}", only(200, "manager", "admin")),
    post(
        "/admin/groups/{testers}",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        name="Alpha",
        way_in="staff",
        audience="members",
    ),
    post("/admin/groups/{testers}/owners/{tester_id}", only(303, "manager", "admin")),
    post("/admin/groups/{testers}/owners/{tester_id}/remove", only(303, "manager", "admin")),
    post("/admin/groups/{testers}/add", only(303, "manager", "admin", guest=SENT_AGAIN), username="newcomer"),
    post("/admin/groups/{testers}/remove/{tester_id}", only(303, "manager", "admin")),
    get("/admin/groups/{testers}/delete", only(200, "admin")),
    post("/admin/groups/{testers}/delete", only(303, "admin")),
    get("/admin/groups/2/delete", only(409, "admin")),
    get("/admin/categories", only(200, "manager", "admin")),
    get("/admin/categories/new", only(200, "manager", "admin")),
    post("/admin/categories/new", only(303, "manager", "admin", guest=SENT_AGAIN), **CATEGORY),
    get("/admin/categories/{category_id}", only(200, "manager", "admin")),
    post("/admin/categories/{category_id}", only(303, "manager", "admin", guest=SENT_AGAIN), **CATEGORY),
    post("/admin/categories/{category_id}/down", only(303, "manager", "admin")),
    get("/admin/categories/{category_id}/delete", only(200, "manager", "admin")),
    post("/admin/categories/{category_id}/delete", only(409, "manager", "admin")),
    post(
        "/admin/categories/{category_id}/threads",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        to="{private_id}",
    ),
    get("/admin/profile-fields", only(200, "manager", "admin")),
    get("/admin/profile-fields/new", only(200, "manager", "admin")),
    post(
        "/admin/profile-fields/new",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        name_en="Place",
        kind="text",
        audience="members",
    ),
    get("/admin/profile-fields/{bike_field}", only(200, "manager", "admin")),
    post(
        "/admin/profile-fields/{bike_field}",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        name_en="Bike",
        audience="staff",
        options_en="Cargo\nTrekking\nRacing",
    ),
    post("/admin/profile-fields/{bike_field}/up", only(303, "manager", "admin")),
    post("/admin/profile-fields/{bike_field}/delete", only(303, "manager", "admin")),
    get("/admin/areas", only(200, "manager", "admin")),
    get("/admin/areas/new", only(200, "manager", "admin")),
    post(
        "/admin/areas/new", only(303, "manager", "admin", guest=SENT_AGAIN), name_en="Lights", category="{category_id}"
    ),
    get("/admin/areas/{area_id}", only(200, "manager", "admin")),
    post(
        "/admin/areas/{area_id}",
        only(303, "manager", "admin", guest=SENT_AGAIN),
        name_en="Ranges",
        category="{category_id}",
    ),
    post("/admin/areas/{area_id}/down", only(303, "manager", "admin")),
    post("/admin/areas/{area_id}/delete", only(303, "manager", "admin")),
    get("/admin/statuses", only(200, "manager", "admin")),
    get("/admin/statuses/new", only(200, "manager", "admin")),
    post(
        "/admin/statuses/new", only(303, "manager", "admin", guest=SENT_AGAIN), name_en="On hold", stage="under review"
    ),
    get("/admin/statuses/{status_id}", only(200, "manager", "admin")),
    post("/admin/statuses/{status_id}", only(303, "manager", "admin", guest=SENT_AGAIN), name_en="Fresh", stage="new"),
    post("/admin/statuses/{status_id}/down", only(303, "manager", "admin")),
    post("/admin/statuses/{status_id}/delete", only(303, "manager", "admin")),
    get("/admin/rules", only(200, "manager", "admin")),
    get("/admin/rules/new", only(200, "manager", "admin")),
    post("/admin/rules/new", only(303, "manager", "admin", guest=SENT_AGAIN), **RULES),
    get("/admin/machine", only(200, "admin")),
    get("/admin/jobs", only(200, "admin")),
    post("/admin/jobs/job/{job}/again", only(303, "admin")),
    get("/admin/jobs/job/{job}/dismiss", only(200, "admin")),
    post("/admin/jobs/job/{job}/dismiss", only(303, "admin")),
    post("/admin/jobs/event/{event}/again", only(303, "admin")),
    get("/admin/jobs/event/{event}/dismiss", only(200, "admin")),
    post("/admin/jobs/event/{event}/dismiss", only(303, "admin")),
    # the first run, of which nothing is left where the community is set up
    get("/setup", everyone(404)),
    get("/setup/link/abc", everyone(404)),
    post("/setup/link/abc", everyone(404)),
    get("/setup/preview.css?colour=%23d4002a&corners=round", everyone(404)),
    get("/setup/community", everyone(404)),
    post("/setup/community", everyone(404)),
    get("/setup/look", everyone(404)),
    post("/setup/look", everyone(404)),
    get("/setup/account", everyone(404)),
    post("/setup/account", everyone(404)),
    get("/setup/legal", everyone(404)),
    post("/setup/legal", everyone(404)),
    get("/setup/start", everyone(404)),
    post("/setup/start", everyone(404)),
    get("/setup/open", everyone(404)),
    post("/setup/open", everyone(303)),
    # the machine
    get("{style}", everyone(200, banned=200)),
    get("/healthz", everyone(200, banned=200)),
    get("/readyz", everyone(200, banned=200)),
    get("/demo/mail", everyone(404)),
    get("/demo/mail/some-letter", everyone(404)),
    get("/demo/mail/some-letter/html", everyone(404)),
)
