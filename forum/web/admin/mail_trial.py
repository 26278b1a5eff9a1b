"""Trying whether mail goes out: one to the administrator's own address, at once, and what came of it in words."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core import clock
from forum.core.mail import Mail
from forum.core.mail_trial import Outcome, hand_over
from forum.http.limits import limited
from forum.http.render import flash
from forum.http.viewer import actor, community
from forum.members.queries import settings_of
from forum.notifications.examples import example
from forum.web.admin.frame import back, bp


@bp.post("/mails/try")
@limited("mail-trial", "10 per 10 minutes")
def try_mail() -> AnyResponse:
    require(actor(), "community.change")
    who, house = actor(), community()
    address, letter = settings_of(who).email, example(who, house, "trial", who.language)
    if address is None:
        flash(_("Your account has no e-mail address."), "bad")
        return back("mails")
    stable_id = f"trial-{who.member_id}-{int(clock.now().timestamp())}"
    outcome = hand_over(Mail(address, who.display_name, letter, stable_id), house.name(who.language))
    flash(_words(outcome, address), "good" if outcome.what in {"handed-over", "written"} else "bad")
    return back("mails")


def _words(outcome: Outcome, address: str) -> str:
    """What happened and what to do, with the server's own words at the end."""
    said = {
        "handed-over": _(
            "%(server)s has taken the mail for %(address)s. Now look whether it arrives, also among unwanted mails."
        ),
        "no-folder": _(
            "No mail server is set, so mails become files, but the folder %(server)s can’t be written to. "
            "Set FORUM_MAIL_URL."
        ),
        "written": _("No mail server is set, so the mail is a file now, in the folder %(server)s. Set FORUM_MAIL_URL."),
        "unknown-host": _(
            "%(server)s: a machine of this name isn’t found. Check the name in FORUM_MAIL_URL, and whether this "
            "machine can look up names."
        ),
        "nobody-there": _(
            "%(server)s takes no connection. Check the port in FORUM_MAIL_URL (587 for smtp://, 465 for smtps://), and "
            "whether a firewall stands in between."
        ),
        "slow": _(
            "%(server)s hasn’t answered in time. Check the port in FORUM_MAIL_URL: 465 is for smtps://, 587 for "
            "smtp://. Many hosters block port 25. The mail may still arrive."
        ),
        "certificate": _(
            "The certificate of %(server)s doesn’t hold, so nothing was sent. Check whether FORUM_MAIL_URL has the "
            "name for which it was made, or have it renewed."
        ),
        "tls": _(
            "%(server)s and this machine find no encryption together. smtps:// belongs with port 465, smtp:// with 587."
        ),
        "no-tls": _(
            "%(server)s offers no encryption, so user name and password were not sent to it. Take a port with "
            "encryption: smtps:// with 465, or smtp:// with 587."
        ),
        "password": _(
            "%(server)s doesn’t take user name and password. Check both in FORUM_MAIL_URL; signs like @ and / are "
            "written %%40 and %%2F there. Some providers ask for a password of its own for programs."
        ),
        "no-login": _(
            "%(server)s lets nobody sign in on this port. Take another one, or leave user name and password out."
        ),
        "sender": _("%(server)s doesn’t let this account send as FORUM_MAIL_FROM. Take an address that belongs to it."),
        "recipient": _("%(server)s takes no mail for %(address)s. Perhaps it asks for user name and password first."),
        "refused": _("%(server)s has refused the mail. What it says to that tells why."),
        "broken-off": _(
            "%(server)s has broken the connection off. smtps:// belongs with port 465, smtp:// with 587; else look "
            "into the log of the server."
        ),
    }[outcome.what] % {"server": outcome.server, "address": address}
    return _("%(said)s The answer was: %(answer)s", said=said, answer=outcome.answer) if outcome.answer else said
