"""Changing the community: name, look, logo, frame, welcome, sign-in, registration. Every change of what
pages show moves the epoch."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete, insert, select

from forum import text
from forum.access import require
from forum.community.actions.changing import be_as_seen, lock, set_up
from forum.community.frame import Frame
from forum.community.logo import LogoDraft
from forum.community.look import CORNERS, THEMES, Look, style_mark
from forum.community.marks import mark_of
from forum.community.models import COMMUNITY, STYLE
from forum.community.queries import current, own_style
from forum.community.registration import Registration
from forum.community.welcome import Welcome
from forum.community.words import one_line, some_lines
from forum.core import audit
from forum.core.actor import ROLES, Actor
from forum.core.colour import is_hex
from forum.core.database import db
from forum.core.errors import Invalid
from forum.core.locale import languages as all_languages
from forum.media.actions import keep_logo

NAME_LENGTH = 60
DESCRIPTION_LENGTH = 300
TEAM_LENGTH = 40


@dataclass(frozen=True, slots=True)
class CommunityDraft:
    """What an administrator says about the community; name and description by language."""

    name: Mapping[str, str]
    description: Mapping[str, str]
    team_name: str
    languages: Sequence[str]
    default_language: str
    is_formal: bool
    time_zone: str


def _checked(draft: CommunityDraft) -> dict[str, Any]:
    languages = [language for language in all_languages() if language in draft.languages]
    if not languages:
        raise Invalid("required", "languages")
    if set(languages) != set(draft.languages):
        raise Invalid("unknown-choice", "languages")
    if draft.default_language not in languages:
        raise Invalid("language-not-offered", "default_language")
    name = one_line(draft.name, "name", NAME_LENGTH)
    if draft.default_language not in name:
        raise Invalid("required", f"name_{draft.default_language}")
    if not (team_name := text.clean_line(draft.team_name).text):
        raise Invalid("required", "team_name")
    if len(team_name) > TEAM_LENGTH:
        raise Invalid("too-long", "team_name", limit=TEAM_LENGTH)
    if draft.time_zone not in available_timezones():
        raise Invalid("unknown-choice", "time_zone")
    return {
        "name": name,
        "description": some_lines(draft.description, "description", DESCRIPTION_LENGTH),
        "team_name": team_name,
        "languages": languages,
        "default_language": draft.default_language,
        "is_formal": draft.is_formal,
        "time_zone": draft.time_zone,
    }


def change(actor: Actor, draft: CommunityDraft, seen: str) -> bool:
    """Changes what the community is called and how it presents itself; returns whether anything is different.

    The name must be given in the default language, which must be one of those offered. The audit log keeps each
    changed value as it was and as it is. `seen` is the mark of the community that the change starts from. Raises
    Invalid for a value that won't do; Conflict (`changed-meanwhile`, with the present community) when somebody else was
    faster.
    """
    require(actor, "community.change")
    wanted = _checked(draft)
    lock()
    present = current()
    if mark_of(wanted) != present.mark:
        be_as_seen(seen, present.mark, community=present)
    return _change(actor, wanted)


@dataclass(frozen=True, slots=True)
class LookDraft:
    """What an administrator says about the look; `style` is the own style sheet, checked (`look.checked_style`), and
    `seen` the mark of the look that the change starts from."""

    brand_colour: str
    corners: str
    theme: str
    style: str
    seen: str


def change_look(actor: Actor, draft: LookDraft) -> bool:
    """Changes how the community looks; returns whether anything is different.

    The audit log keeps the own style sheet as it was and as it is. Raises Invalid for a value that won't do; Conflict
    (`changed-meanwhile`, with the present look and style sheet) when somebody else was faster.
    """
    require(actor, "community.change")
    if not is_hex(draft.brand_colour):
        raise Invalid("colour-unreadable", "brand_colour")
    for name, value, choices in (("corners", draft.corners, CORNERS), ("theme", draft.theme, THEMES)):
        if value not in choices:
            raise Invalid("unknown-choice", name)
    lock()
    before, present = own_style(), current().look
    wanted = Look(draft.brand_colour, draft.corners, draft.theme, style_mark(draft.style))
    if wanted != present:
        be_as_seen(draft.seen, present.mark, look=present, style=before)
    if draft.style != before:
        db.session.execute(delete(STYLE))
        if draft.style:
            db.session.execute(insert(STYLE).values(id=1, css=draft.style))
        audit.record(actor, "style.change", ("community", None), before={"style": before}, after={"style": draft.style})
    return _change(actor, asdict(wanted))


def change_logo(actor: Actor, draft: LogoDraft | None, seen: str) -> bool:
    """Gives the community this logo (`logo.prepared`), or takes its logo away; returns whether anything is different.

    A former logo's pictures stay in the store: open pages, the audit log and cards elsewhere name them. `seen` is the
    mark of the logo that the change starts from, empty for none. Raises Conflict (`changed-meanwhile`, with the present
    logo) when somebody else was faster.
    """
    require(actor, "community.change")
    lock()
    wanted, present = draft.logo if draft else None, current().logo
    if wanted != present:
        be_as_seen(seen, present.mark if present else "", logo=present)
    for picture in draft.fresh if draft else ():
        keep_logo(picture)
    return _change(actor, {"logo": asdict(wanted) if wanted else {}})


def change_frame(actor: Actor, frame: Frame, seen: str) -> bool:
    """Puts these links and words (`frame.checked_frame`) around every page; returns whether anything is different.

    `seen` is the mark of the frame that the change starts from. Raises Conflict (`changed-meanwhile`, with the present
    frame) when somebody else was faster.
    """
    require(actor, "community.change")
    lock()
    present = current().frame
    if frame != present:
        be_as_seen(seen, present.mark, frame=present)
    return _change(actor, asdict(frame))


def change_welcome(actor: Actor, welcome: Welcome | None, seen: str) -> bool:
    """Greets with these words (`welcome.checked_welcome`) on the front page, or no more; returns whether anything is
    different.

    `seen` is the mark of the welcome that the change starts from, empty for none. Raises Conflict
    (`changed-meanwhile`, with the present welcome) when somebody else was faster.
    """
    require(actor, "community.change")
    lock()
    present = current().welcome
    if welcome != present:
        be_as_seen(seen, present.mark if present else "", welcome=present)
    return _change(actor, {"welcome": asdict(welcome) if welcome else {}})


def require_two_factor(actor: Actor, roles: Collection[str], seen: str) -> bool:
    """Says who must sign in in two steps: everybody with one of these roles, which rest until they do. Returns whether
    anything is different.

    `seen` is the mark (`marks.mark_of`) of the roles that the change starts from. Raises Invalid for an unknown role;
    Conflict (`changed-meanwhile`, with the present roles) when somebody else was faster.
    """
    require(actor, "community.change")
    if not set(roles) <= set(ROLES):
        raise Invalid("unknown-choice", "roles")
    lock()
    wanted, present = [role for role in ROLES if role in roles], current().two_factor_roles
    if wanted != present:
        be_as_seen(seen, mark_of(present), roles=present or [])
    return _change(actor, {"two_factor_roles": wanted})


def set_sso_only(actor: Actor, *, is_on: bool) -> bool:
    """One signs in by OpenID providers and in no other way from now on, or in all ways again; returns whether anything
    is different. Who may switch it on without locking themselves out is `oidc`'s to know."""
    require(actor, "community.change")
    lock()
    return _change(actor, {"is_sso_only": is_on})


def change_registration(actor: Actor, registration: Registration, seen: str) -> bool:
    """Lets these people join from now on (`registration.checked_registration`); returns whether anything is different.
    Who is a member stays one.

    `seen` is the mark of the registration that the change starts from. Raises Conflict (`changed-meanwhile`, with the
    present one) when somebody else was faster.
    """
    require(actor, "community.change")
    lock()
    present = current().registration
    if registration == present:
        return False
    be_as_seen(seen, present.mark, registration=present)
    return _change(actor, {"registration": asdict(registration)})


def _change(actor: Actor, values: Mapping[str, Any]) -> bool:
    """Sets columns that differ; the audit log keeps each as it was and as it is."""
    columns = [COMMUNITY.c[column] for column in values]
    present = db.session.execute(select(*columns).with_for_update()).one()._asdict()
    # As JSON knows them: what is kept as lists may be given as tuples.
    changed = [column for column, value in values.items() if mark_of(present[column]) != mark_of(value)]
    if not changed:
        return False
    set_up(**{column: values[column] for column in changed})
    before, after = ({column: row[column] for column in changed} for row in (present, values))
    audit.record(actor, "community.change", ("community", None), before=before, after=after)
    return True
