"""How the machine does: the worker, the queues, the room that things take."""

from werkzeug.wrappers import Response as AnyResponse

from forum.community import machine as machines
from forum.core.formats import of_bytes
from forum.core.settings import installed
from forum.http.language import of_answer
from forum.http.viewer import actor, community
from forum.web.admin.frame import admin_page, bp


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
    sends_mail = bool(installed().mail_url) or community().is_demo
    return admin_page("admin/machine.html", "machine", machine=found, said=said, sends_mail=sends_mail)
