"""A member's own settings: profile, account, and how pages are shown."""

from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from flask import Blueprint, Response, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum import text
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.locale import sort_key
from forum.core.logging import security
from forum.http import language
from forum.http.forms import options
from forum.http.limits import limited, network
from forum.http.render import flash, page
from forum.http.request_log import place
from forum.http.viewer import actor, signed_in
from forum.members import actions, passwords, queries
from forum.oidc import queries as providers
from forum.web import entering
from forum.web.forms.members import DisplayForm, MailForm, PasswordForm
from forum.web.forms.profile_fields import ProfileForm
from forum.web.language import choices as language_choices
from forum.web.proving import is_proved, recently_proved

bp = Blueprint("settings", __name__, url_prefix="/settings")

_NO_COUNTRY = {"ZZ", "001"}
"""As CLDR names an unknown region, and the world."""
_NEAR = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London")


def zone_choices() -> Sequence[tuple[str, str]]:
    """Every time zone by country and city in the reader's language, those of most communities first; former names of
    zones are left out."""
    return _zones_in(language.of_answer())


@cache
def _zones_in(code: str) -> Sequence[tuple[str, str]]:
    locale, countries = Locale.parse(code), get_global("zone_territories")

    def named(zone: str) -> tuple[str, str]:
        city = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        return zone, f"{locale.territories.get(countries[zone], countries[zone])}: {city}"

    others = {zone for zone in available_timezones() if countries.get(zone, "ZZ") not in _NO_COUNTRY} - {*_NEAR}
    rest = sorted(map(named, others), key=lambda one: sort_key(one[1]))
    return (*map(named, _NEAR), *rest)


@bp.get("")
@signed_in
def overview() -> AnyResponse:
    return page("settings/overview.html", has_providers=bool(providers.doors()))


# ---------------------------------------------------------------- profile


@bp.route("/profile", methods=["GET", "POST"])
@signed_in
@limited("profile", "30 per hour")
def profile() -> AnyResponse:
    kept, asked = queries.settings_of(actor()), queries.own_fields(actor())
    if request.method == "GET":
        own = {f"field_{one.id}": one.value for one in asked}
        form = ProfileForm(asked, formdata=None, data={"display_name": kept.display_name, "about": kept.about, **own})
        return _profile_page(form, kept.banner)
    form = ProfileForm(asked)
    about = text.clean_body(form.about.data or "").text
    members = queries.resolve_names(text.find(about).mentions)
    rendered = text.render(about, text.Resolved(members), prefix="about")
    try:
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            actions.update_profile(
                member,
                entity,
                display_name=form.display_name.data or "",
                about=about,
                about_html=rendered.html,
                about_version=rendered.version,
            )
            actions.fill_in(member, entity, form.filled_in())
    except Invalid as error:
        form.refuse(error)
        return _profile_page(form, kept.banner, 400)
    flash(_("Your profile is saved."))
    return redirect(url_for("members.profile", username=actor().username), 303)


def _profile_page(form: ProfileForm, banner: str | None, status: int = 200) -> Response:
    return page("settings/profile.html", status, form=form, username=actor().username, banner=banner)


# ---------------------------------------------------------------- account


def _account_page(form: PasswordForm, status: int = 200) -> Response:
    return page(
        "settings/account.html",
        status,
        form=form,
        settings=queries.settings_of(actor()),
        waiting=queries.email_change_of(actor(), actor().member_id),
        shortest=passwords.SHORTEST,
        has_providers=bool(providers.doors()),
        is_proved=is_proved(),
    )


@bp.get("/account")
@signed_in
def account() -> AnyResponse:
    return _account_page(PasswordForm(formdata=None))


@bp.post("/account/password")
@signed_in
@limited("password", "5 per 10 minutes; 20 per day")
def password() -> AnyResponse:
    """Another password for the current one; whoever has none yet proves in another way that it is them."""
    return _set_password() if queries.settings_of(actor()).has_password else _first_password()


@recently_proved
def _first_password() -> AnyResponse:
    if "password" not in request.form:  # while the proof is asked for, no password is kept
        return redirect(url_for("settings.account", _anchor="password-title"), 303)
    return _set_password()


def _set_password() -> AnyResponse:
    form = PasswordForm()
    kept = queries.get_member(actor(), actor().member_id)
    former, *facts = kept.password_hash, kept.username, kept.display_name, kept.email or ""
    try:
        passwords.check(form.password.data or "", *facts)
        if former is not None and not passwords.verify(former, form.old_password.data or ""):
            security("proof-refused", actor().id, network(), path=place())
            raise Invalid("password-wrong", field="old_password")
        password_hash = passwords.hashed(form.password.data or "")
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            token = actions.renew_token(session["_user_id"])
            if former is not None:
                actions.note_proof(token)
            actions.set_password(member, entity, password_hash, keep_token=token)
    except Invalid as error:
        form.refuse(error)
        return _account_page(form, 400)
    security("sessions-ended", actor().id, network(), what="password")
    entering.go_on(actor().member_id, token)
    flash(_("Your new password is set. All other devices have been signed out."))
    return redirect(url_for("settings.account"), 303)


# ---------------------------------------------------------------- language, time zone, colours


@bp.route("/display", methods=["GET", "POST"])
@signed_in
def display() -> AnyResponse:
    kept = queries.settings_of(actor())
    if request.method == "GET":
        form = DisplayForm(
            formdata=None, data={"language": kept.language, "time_zone": kept.time_zone, "theme": kept.theme}
        )
        return _display_page(form)
    form = DisplayForm()
    try:
        with transaction(actor()) as member:
            actions.update_display(
                member,
                queries.get_member(member, member.member_id, lock=True),
                language=form.language.data or "",
                time_zone=form.time_zone.data or "",
                theme=form.theme.data or "",
            )
    except Invalid as error:
        form.refuse(error)
        return _display_page(form, 400)
    return redirect(url_for("settings.overview"), 303)


def _display_page(form: DisplayForm, status: int = 200) -> Response:
    form.language.choices = options(language_choices())
    zones = list(zone_choices())
    kept = queries.settings_of(actor()).time_zone
    if kept not in dict(zones):
        zones.append((kept, kept))
    form.time_zone.choices = options(zones)
    return page("settings/display.html", status, form=form)


# ---------------------------------------------------------------- mails


@bp.get("/mail")
@signed_in
def mail() -> AnyResponse:
    kept = queries.settings_of(actor())
    form = MailForm(formdata=None, data={"wants_mail": kept.wants_mail})
    return page("settings/mail.html", form=form, email=kept.email)


@bp.post("/mail")
@signed_in
def do_mail() -> AnyResponse:
    wanted = bool(MailForm().wants_mail.data)
    with transaction(actor()) as member:
        actions.update_mail(member, queries.get_member(member, member.member_id, lock=True), wants_mail=wanted)
    flash(_("You get e-mails from now on.") if wanted else _("You get no more e-mails about what happens here."))
    return redirect(url_for("settings.mail"), 303)
