"""How the machine does: the worker, the queues, the room that things take."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.community import machine as machines
from forum.core.formats import of_bytes
from forum.http.language import of_answer
from forum.http.render import number
from forum.http.viewer import actor
from forum.media import queries as media
from forum.web.admin.frame import admin_page, bp, sends_mail


@bp.get("/machine")
def machine() -> AnyResponse:
    found = machines.machine(actor())
    said = {
        name: of_bytes(size, of_answer())
        for name, size in (
            ("database", found.database_bytes),
            ("index", found.index.size_bytes if found.index else 0),
            ("free", found.free_bytes),
            ("disk", found.disk_bytes),
        )
    }
    values = {"failed_queue": found.failed_queue, "sends_mail": sends_mail()}
    return admin_page("admin/machine.html", "machine", machine=found, said=said, files=_files(found), **values)


def _files(found: machines.Machine) -> list[tuple[str, str, str]]:
    """What lies in the store and among the exports: kind, number and size, in words."""
    kinds = {
        "picture": _("Pictures in posts and drafts"),
        "avatar": _("Pictures of members"),
        "banner": _("Banners of members"),
        "logo": _("Logos"),
    }
    totals = media.totals(actor())
    rows: list[tuple[str, media.Total | machines.Room]] = [(words, totals[kind]) for kind, words in kinds.items()]
    if found.exports is not None:
        rows.append((_("Exports of ideas"), found.exports))
    return [(words, *_said(one)) for words, one in rows]


def _said(one: media.Total | machines.Room) -> tuple[str, str]:
    said = number(one.files), of_bytes(one.size_bytes, of_answer())
    return said if one.is_all else (_("at least %(size)s", size=said[0]), _("at least %(size)s", size=said[1]))
