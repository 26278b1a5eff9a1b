"""The form of the style guide: each kind of field once; nothing is ever sent."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from forum.http.forms import Form, options


class SampleForm(Form):
    """Fields as members meet them: empty, filled, refused."""

    title = StringField(_l("Title"))
    name = StringField(_l("Display name"))
    sort = SelectField(_l("Product area"))
    text = TextAreaField(_l("Your text"))
    agrees = BooleanField(_l("I have read these rules and accept them."))
    wants_mail = BooleanField(_l("Send me e-mails about what concerns me"))
    theme = RadioField(_l("Light or dark"))

    @classmethod
    def drawn(cls, theme: str) -> "SampleForm":
        """The form as one theme's samples show it; `theme` keeps the two sets of ids apart."""
        form = cls(formdata=None, prefix=theme, meta={"csrf": False})
        form.sort.choices = options([("drive", _l("Drive and battery")), ("app", _l("Display and app"))])
        form.theme.choices = options([("light", _l("Light")), ("dark", _l("Dark"))])
        form.theme.data, form.wants_mail.data = "light", True
        form.title.data = "Akku"
        form.title.errors = [_l("Please write at least 10 characters, so that others see what it is about.")]
        return form
