"""The form by which the product team asks for an export."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from forum.http.forms import Form, stripped


class ExportForm(Form):
    """`/ideas/exports`; every field may stay empty."""

    top = StringField(_l("How many ideas"), filters=[stripped])
    status = SelectField(_l("Status"), coerce=str, validate_choice=False)
    area = SelectField(_l("Product area"), coerce=str, validate_choice=False)
    as_of = StringField(_l("As of"), filters=[stripped])
    since = StringField(_l("Changes since snapshot number"), filters=[stripped])
