"""Signing in by an OpenID provider: there, back, joining, and what the provider says when somebody signs out there.

The provider is asked outside of any transaction, and believed in nothing that `oidc.protocol` hasn't checked.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, jsonify, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, NotFound, Refused
from forum.core.logging import SecurityKind, security
from forum.core.settings import installed
from forum.http.limits import limited, network
from forum.http.reasons import sentence
from forum.http.render import flash, page
from forum.http.viewer import actor, community, lead_to_sign_in
from forum.members import actions as members
from forum.members.queries import actor_of, invited_group
from forum.oidc import actions, claims, protocol, queries, tokens
from forum.oidc.claims import Person
from forum.oidc.queries import ProviderRow
from forum.rules import actions as rule_actions
from forum.rules import queries as rule_queries
from forum.web import entering, intents, provider_trips
from forum.web.forms.members import EmptyForm, FirstSignInForm
from forum.web.join import invitation_at
from forum.web.provider_trips import LASTS_SECONDS, LINK, PROOF, PURPOSES, SIGN_IN, Trip, Waiting
from forum.web.provider_troubles import in_words
from forum.web.rulebook import written
from forum.web.second_step import Through
from forum.web.sign_in import onwards, safe_next

bp = Blueprint("providers", __name__)


def _failed(provider: ProviderRow, error: Refused, next_address: str = "/") -> Response:
    """What is said when somebody can't be signed in, in words that help the member; the rest is in the security log,
    and for administrators beside the provider."""
    is_silent, what = error.code == "provider-silent", str(error.parameters.get("what", error.code))
    kind: SecurityKind = "provider-silent" if is_silent else "provider-refused"
    security(kind, actor().id, network(), what=what, provider=provider.key)
    is_trouble = actions.is_trouble(error.code, what)
    if is_trouble and not actions.is_known(provider, what) and not actor().is_onlooker:
        with transaction(actor()):
            actions.note_trouble(provider, what)
    status = 502 if error.code in {"provider-silent", "provider-setup"} else error.status
    response = page(
        "sign_in/provider_failed.html",
        status,
        why=sentence(error),
        cause=in_words(provider, what) if is_trouble and may(actor(), "provider.manage") else "",
        provider=provider,
        next_address=safe_next(next_address),
        is_only=community().is_sso_only,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


# ---------------------------------------------------------------- there


def _moved() -> str:
    """Where the same stands at this community's own address, if the browser is at another one: a provider sends it back
    there, and what it carries wouldn't be. Empty for who has been led there before: then a proxy hides the name."""
    own = urlsplit(installed().base_url).hostname or ""
    asked = urlsplit(f"//{request.host}").hostname
    if "moved" in request.args or asked == own.encode("idna").decode():
        return ""
    return f"{installed().base_url}{request.path}?{urlencode([*request.args.items(multi=True), ('moved', '1')])}"


@bp.get("/login/with/<key>")
@limited("provider", "300 per 10 minutes", methods=("GET",))
def start(key: str) -> AnyResponse:
    """Leads the browser to the provider. That signs nobody in: what counts is what comes back to this browser."""
    provider = queries.open_provider(key)
    if address := _moved():
        return redirect(address, 303)
    purpose, next_address = request.args.get("for", SIGN_IN), safe_next(request.args.get("next"))
    if purpose not in PURPOSES:
        raise NotFound
    if purpose == SIGN_IN and not actor().is_guest:
        return redirect(next_address, 303)
    if purpose != SIGN_IN and actor().is_guest:
        return lead_to_sign_in()
    way = provider_trips.set_out(key, purpose, next_address, request.args.get("intent", ""))
    try:
        address = protocol.address_there(provider, way, is_proof=purpose == PROOF)
    except Invalid as error:
        return _failed(provider, error, next_address)
    response = redirect(address, 303)
    response.headers["Cache-Control"] = "no-store"
    return response


# ---------------------------------------------------------------- and back


@bp.get("/login/with/<key>/back")
@limited("provider-back", "300 per 10 minutes", methods=("GET",))
def back(key: str) -> AnyResponse:
    provider = queries.open_provider(key)
    trip = provider_trips.take(request.args.get("state", ""))
    if trip is None or trip.key != key:
        return _failed(provider, Invalid("sign-in-lost", what="state"))
    try:
        person = _arrived(provider, trip)
        return {SIGN_IN: _sign_in, LINK: _ask_to_link, PROOF: _prove}[trip.purpose](provider, trip, person)
    except (Invalid, Conflict) as error:
        return _failed(provider, error, trip.next)


def _arrived(provider: ProviderRow, trip: Trip) -> Person:
    """Who has come back; for a proof, only if the provider has asked anew. Raises Invalid, Conflict."""
    with transaction(actor()):
        actions.use_up(f"state/{trip.way.state}", timedelta(seconds=LASTS_SECONDS))
    if "error" in request.args or not request.args.get("code"):
        raise Invalid("provider-declined", name=provider.name, what="declined")
    found = protocol.finish(provider, trip.way, request.args["code"], request.args.get("iss"))
    if provider.trouble:
        with transaction(actor()):
            actions.note_trouble(provider, None)
    if trip.purpose == PROOF and found.authenticated_at < trip.began_at - tokens.SKEW.total_seconds():
        raise tokens.refused(provider, "auth_time")
    if claims.is_name_refused(provider, found):
        security("name-refused", actor().id, network(), what="provider", provider=provider.key)
    return claims.person(provider, found)


def _sign_in(provider: ProviderRow, trip: Trip, person: Person) -> AnyResponse:
    with transaction(actor()):
        identity = actions.recognise(provider, person)
        known = (identity.id, identity.member_id) if identity is not None else None
    if known is None:
        provider_trips.let_wait(trip, person)
        if actor().is_guest:
            return redirect(url_for("providers.first"), 303)
        return redirect(url_for("settings_providers.ask"), 303)
    return _enter(*known, person, trip.next, trip.intent)


def _enter(
    identity_id: int, member_id: int, person: Person, next_address: str, intent: str, *, is_new: bool = False
) -> AnyResponse:
    """Signs the member in; whoever has a second step here is asked for it, unless the provider has."""
    through = Through(identity_id, person.sid or "", person.is_vouched_for, person.authenticated_at)
    entering.enter(member_id, actor_of(member_id).username, is_expected=is_new, through=through)
    if not actor().is_guest and intents.meaning(intent):
        return redirect(url_for("providers.go_on", next=safe_next(next_address), intent=intent), 303)
    return onwards(next_address, intent)


def _ask_to_link(_provider: ProviderRow, trip: Trip, person: Person) -> AnyResponse:
    provider_trips.let_wait(trip, person)
    return redirect(url_for("settings_providers.ask"), 303)


def _prove(provider: ProviderRow, _trip: Trip, person: Person) -> AnyResponse:
    with transaction(actor()) as member:
        identity = actions.recognise(provider, person)
        if identity is None or identity.member_id != member.id:
            raise Conflict("identity-of-another", name=provider.name)
        members.note_proof(session["_user_id"], datetime.fromtimestamp(person.authenticated_at, UTC))
    return page("sign_in/provider_proved.html", next_address=_trip.next)


# ---------------------------------------------------------------- what waits until somebody is signed in


@bp.get("/login/go-on")
def go_on() -> AnyResponse:
    """One button for what a guest meant to do: the way back from a provider is a GET, which does nothing."""
    next_address, intent = safe_next(request.args.get("next")), request.args.get("intent", "")
    if actor().is_guest or not intents.meaning(intent):
        return redirect(next_address, 303)
    return page("sign_in/go_on.html", form=EmptyForm(formdata=None), next_address=next_address, intent=intent)


@bp.post("/login/go-on")
def do_go_on() -> AnyResponse:
    if actor().is_guest:
        return lead_to_sign_in()
    return onwards(request.form.get("next"), request.form.get("intent"))


# ---------------------------------------------------------------- the first time


def _first_page(form: FirstSignInForm, provider: ProviderRow, waiting: Waiting, status: int = 200) -> Response:
    book, person, invitation = rule_queries.current(), waiting.person, invitation_at(waiting.next)
    refusal = actions.may_join(actor(), provider, person, invitation)
    group = invited_group(invitation) if invitation else None
    return page(
        "sign_in/first.html",
        status,
        form=form,
        provider=provider,
        person=person,
        has_account=person.is_email_confirmed and queries.is_address_taken(person.email),
        refusal=sentence(refusal) if refusal is not None else "",
        is_invited=bool(invitation),
        group=group.name if group is not None else "",
        book=book.head if book else None,
        rules=written(book.rules, "first") if book else [],
        is_only=community().is_sso_only,
    )


def _waiting() -> tuple[Waiting, ProviderRow] | None:
    found = provider_trips.waiting()
    return (found, queries.open_provider(found.key)) if found is not None else None


@bp.get("/login/first")
def first() -> AnyResponse:
    """Joining for whom a provider vouches, or signing in to the account that they have already."""
    found = _waiting()
    if not actor().is_guest or found is None:
        return redirect(url_for("settings_providers.ask") if found else "/login", 303)
    waiting, provider = found
    with_name = {"username": actions.proposed_username(waiting.person)}
    return _first_page(FirstSignInForm(formdata=None, data=with_name), provider, waiting)


@bp.post("/login/first")
@limited("register", "10 per 10 minutes; 30 per day")
def join() -> AnyResponse:
    found = _waiting()
    if not actor().is_guest:
        return redirect(url_for("settings_providers.ask") if found else "/", 303)
    if found is None:
        flash(_("That took a little long. Please sign in once more."), "warn")
        return redirect("/login", 303)
    (waiting, provider), form = found, FirstSignInForm()
    invitation = invitation_at(waiting.next)
    book, shown = rule_queries.current(), request.form.get("rulebook", "")
    try:
        if book is not None and not form.accept.data:
            raise Invalid("accept-rules", field="accept")
        is_number = shown.isdecimal() and len(shown) < 18
        accepted = (int(shown), request.form.get("sha256", "")) if book is not None and is_number else None
        with transaction(actor()) as guest:
            identity = actions.create_account(
                guest,
                provider,
                waiting.person,
                username=form.username.data or "",
                language=actor().language,
                time_zone=community().time_zone,
                invitation=invitation,
            )
            rule_actions.accept_on_joining(identity.member_id, accepted)
            known = identity.id, identity.member_id
    except Invalid as error:
        form.refuse(error)
        return _first_page(form, provider, waiting, 400)
    except (Conflict, Denied, Gone) as error:
        form.refuse(Invalid(error.code, field="accept" if error.code == "rules-changed" else None, **error.parameters))
        form.accept.data = False
        return _first_page(form, provider, waiting, error.status)
    provider_trips.forget_waiting()
    next_address = "/" if invitation else waiting.next  # that page has nothing more to say
    answer = _enter(*known, waiting.person, next_address, waiting.intent, is_new=True)
    if actor().is_confirmed or intents.meaning(waiting.intent):
        return answer
    return redirect(url_for("join.check_mail" if waiting.person.email else "emails.email", next=next_address), 303)


# ---------------------------------------------------------------- signed out there


@bp.post("/login/with/<key>/logout")
@limited("provider-logout", "3000 per 10 minutes")
def signed_out(key: str) -> AnyResponse:
    """The provider says that somebody has signed out there (Back-Channel Logout 1.0, 2.5). What it signs is its proof:
    it has seen no form of ours."""
    provider = queries.open_provider(key)
    try:
        said = protocol.said_goodbye(provider, request.form.get("logout_token"))
        with transaction():
            ended = actions.sign_out_there(provider, *said)
    except (Invalid, Conflict) as error:
        what = str(error.parameters.get("what", error.code))
        security("provider-refused", None, network(), what=f"logout {what}", provider=key)
        answer = jsonify(error="invalid_request", error_description=what)
        answer.status_code = 400
    else:
        for member_id in ended:
            security("sessions-ended", member_id, network(), what="provider")
        answer = jsonify({})
    answer.headers["Cache-Control"] = "no-store"
    return answer
