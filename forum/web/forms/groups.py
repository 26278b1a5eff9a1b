"""Forms of the groups' pages."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from forum.http.forms import Form, stripped


class AskForm(Form):
    """Asking to join a group."""

    words = TextAreaField(_l("A sentence about yourself"), filters=[stripped])


class AddForm(Form):
    """Somebody for a group, by one of its owners."""

    username = StringField(_l("User name"), filters=[stripped])
