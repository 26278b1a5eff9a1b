"""Forms of the first run; screens that the administration has as well have its forms."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, PasswordField, StringField

from forum.http.forms import Form, stripped
from forum.web.forms.admin import LOGOS, LookForm


class BrandForm(LookForm):
    """The look, and the logo."""

    light = FileField(_l("Logo"), render_kw={"accept": LOGOS})


class AccountForm(Form):
    """The administrator's account."""

    username = StringField(_l("User name"), filters=[stripped])
    display_name = StringField(_l("Name shown"), filters=[stripped])
    email = StringField(_l("E-mail address"), filters=[stripped])
    password = PasswordField(_l("Password"))


class StartForm(Form):
    """Whether the rules are published; categories and rules have numbered fields beside it."""

    publish = BooleanField(_l("Publish these rules"))
