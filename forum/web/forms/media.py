"""Forms that send a picture."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from forum.http.forms import Form

TAKEN = "image/png,image/jpeg,image/gif,image/webp"
"""What the browser offers to choose; what is taken is told by the content."""


class PictureForm(Form):
    """`/media` and `/settings/avatar`: one picture."""

    file = FileField(_l("Picture"), render_kw={"accept": TAKEN})
