"""Forms of the rules."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField

from forum.http.forms import Form, options, stripped


class AcceptForm(Form):
    """`/rules/accept`: the version that was shown, and the box."""

    accept = BooleanField(_l("I accept these rules."))
    rulebook = HiddenField()
    sha256 = HiddenField()


class PublishForm(Form):
    """`/admin/rules/new`: what the rules have in common; each rule's own fields are numbered beside it."""

    label = StringField(_l("Name of the version"), filters=[stripped])
    note = TextAreaField(_l("What is new, in a sentence"), filters=[stripped])
    effective_at = StringField(_l("In force from"), filters=[stripped])
    kind = RadioField(
        _l("What kind of change is it?"),
        choices=options(
            [
                ("material", _l("Material: members are asked to accept it before they publish again")),
                ("editorial", _l("Editorial: better words, same meaning; nobody is asked")),
            ]
        ),
        validate_choice=False,
    )
