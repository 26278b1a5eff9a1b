"""The mails that members get, with made-up contents: how each looks, and one to the administrator's own address."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community.letters import in_theme
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.core.locale import languages, name_of
from forum.core.mail_text import unflowed
from forum.http.limits import limited
from forum.http.render import flash
from forum.http.viewer import actor, community
from forum.members.queries import settings_of
from forum.notifications import actions
from forum.notifications.examples import EXAMPLES, example
from forum.web.admin.frame import admin_page, back, bp, sends_mail
from forum.web.forms.members import EmptyForm
from forum.web.letters import as_document

_THEMES = ("light", "dark")


def _chosen(name: str, among: tuple[str, ...], otherwise: str) -> str:
    """A parameter of the address. Raises NotFound for what can't be chosen."""
    value = request.args.get(name, otherwise)
    if value not in among:
        raise NotFound
    return value


def _address(name: str, language: str, theme: str) -> str:
    return f"/admin/mails/{name}?language={language}&theme={theme}"


@bp.get("/mails")
def mails() -> AnyResponse:
    require(actor(), "community.change")
    letters = [(name, example(actor(), community(), name, actor().language)) for name in EXAMPLES]
    return admin_page("admin/mails.html", "mails", letters=letters, sends_mail=sends_mail())


@bp.get("/mails/<name>")
def mail(name: str) -> AnyResponse:
    letter = example(actor(), community(), name, _chosen("language", languages(), actor().language))
    theme = _chosen("theme", _THEMES, "light")
    return admin_page(
        "admin/mail.html",
        "mails",
        name=name,
        letter=letter,
        plain=unflowed(letter.text),
        views=[
            (_address(name, shown, shade), f"{name_of(shown)} · {word}", (shown, shade) == (letter.language, theme))
            for shown in languages()
            for shade, word in (("light", _("Light")), ("dark", _("Dark")))
        ],
        frame=_address(f"{name}/html", letter.language, theme),
        email=settings_of(actor()).email,
        form=EmptyForm(formdata=None),
    )


@bp.get("/mails/<name>/html")
def mail_html(name: str) -> AnyResponse:
    """What stands in the frame."""
    letter = example(actor(), community(), name, _chosen("language", languages(), actor().language))
    return as_document(in_theme(letter.html, _chosen("theme", _THEMES, "light")))


@bp.post("/mails/<name>/send")
@limited("mail-example", "20 per hour")
def send_mail(name: str) -> AnyResponse:
    language = request.form.get("language", "")
    with transaction(actor()) as staff:
        actions.ask_for_example(staff, name, language)
    flash(_("The e-mail is on its way. If it does not come, look under Jobs for what failed."))
    return back("mail", name=name, language=language)
