"""Forms of reporting and of the desk."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from forum.http.forms import Form, number_or_none, stripped
from forum.web.forms.admin import Boxes


class ReportForm(Form):
    """`/report`: which rule, and a sentence."""

    post = HiddenField()
    member = HiddenField()
    rule = SelectField(_l("Which rule is it about?"), validate_choice=False, choices=[], coerce=number_or_none)
    text = TextAreaField(_l("What is wrong, in a sentence"), filters=[stripped])


class DecisionForm(Form):
    """A case: what is decided, why, and for how long."""

    act = HiddenField()
    rule = SelectField(_l("Rule"), validate_choice=False, choices=[], coerce=number_or_none)
    reason = TextAreaField(_l("Reason"), filters=[stripped])
    days = StringField(_l("Days"), filters=[stripped])
    removes_post = BooleanField(_l("Also remove the post"))
    pictures = Boxes(_l("What goes from the profile?"), validate_choice=False)


class SuspensionForm(Form):
    """Suspending a member for so many days, or banning them: the rule and the reason."""

    days = StringField(_l("Days"), filters=[stripped])
    rule = SelectField(_l("Rule"), validate_choice=False, choices=[], coerce=number_or_none)
    reason = TextAreaField(_l("Reason"), filters=[stripped])


class ReversalForm(Form):
    """Undoing a decision: why."""

    reason = TextAreaField(_l("Why is it undone?"), filters=[stripped])
