"""Forms of the fields of profiles: the operator's, and each member's own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField, URLField

from forum.http.forms import Form, WordedForm, options, stripped
from forum.members.queries import OwnField


class ProfileFieldForm(WordedForm):
    """A field of profiles."""

    PARTS = {
        "name": (StringField, _l("Name in %(language)s")),
        "options": (TextAreaField, _l("Options in %(language)s")),
    }
    kind = SelectField(_l("What it holds"), validate_choice=False)
    audience = RadioField(_l("Who sees it?"), validate_choice=False)
    filled_by = RadioField(
        _l("Who fills it in?"),
        choices=options(
            [("member", _l("Each member for themselves")), ("team", _l("The team only, in the member’s file"))]
        ),
        validate_choice=False,
    )

    def offer(self, kinds: Iterable[tuple[str, str]], audiences: Iterable[tuple[str, str]]) -> None:
        """Sets what there is to choose from."""
        self.kind.choices, self.audience.choices = options(kinds), options(audiences)


def _field(one: OwnField) -> Any:
    if one.kind == "choice":
        return SelectField(one.name, choices=options([("", "–"), *one.options]), validate_choice=False)
    return (URLField if one.kind == "link" else StringField)(one.name, filters=[stripped])


class OperatorsForm(Form):
    """A form with the fields that the operator has defined behind its own."""

    def __init__(self, asked: Sequence[OwnField], *args: Any, **values: Any) -> None:
        self._unbound_fields = [*self._unbound_fields, *((f"field_{one.id}", _field(one)) for one in asked)]
        super().__init__(*args, **values)
        self.asked = asked

    def own(self) -> Sequence[tuple[OwnField, Field]]:
        """The operator's fields with their controls."""
        return [(one, self[f"field_{one.id}"]) for one in self.asked]

    def filled_in(self) -> Mapping[int, str]:
        """What was sent for the operator's fields, by their ids; a field that the form didn't have is left out."""
        return {one.id: str(field.data or "") for one, field in self.own() if field.raw_data}


class ProfileForm(OperatorsForm):
    """`/settings/profile`."""

    display_name = StringField(_l("Name shown"), filters=[stripped])
    about = TextAreaField(_l("About you"))


class TeamFieldsForm(OperatorsForm):
    """What the team fills in about a member."""
