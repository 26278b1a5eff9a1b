"""The form by which a member makes a personal token."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from forum.core.errors import Invalid
from forum.http.forms import Form, options, stripped
from forum.web.forms.admin import Boxes


class TokenForm(Form):
    """`/settings/tokens`."""

    name = StringField(_l("What is it for?"), filters=[stripped])
    scopes = Boxes(_l("What may it do?"), validate_choice=False)
    days = SelectField(
        _l("How long is it valid?"),
        choices=options(
            [("30", _l("30 days")), ("90", _l("90 days")), ("365", _l("One year")), ("", _l("Until it is revoked"))]
        ),
        validate_choice=False,
    )

    def number_of_days(self) -> int | None:
        """How long the token lives; None: as long as it isn't revoked. Raises Invalid."""
        chosen = self.days.data or ""
        if chosen not in {"", "30", "90", "365"}:
            raise Invalid("unknown-choice", field="days")
        return int(chosen) if chosen else None
