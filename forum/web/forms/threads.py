"""Forms of conversations."""

from collections.abc import Sequence
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from forum.http.forms import Form, options
from forum.threads.queries import CategoryRow


def new_submission() -> str:
    """The id by which a form that is sent twice is recognised."""
    return uuid4().hex


class ThreadForm(Form):
    """`/new`."""

    category = SelectField(_l("Category"), coerce=str, validate_choice=False)
    title = StringField(_l("Title"))
    body = TextAreaField(_l("Your text"))
    kind = RadioField(
        _l("What is it?"),
        choices=options([("question", _l("A question")), ("discussion", _l("A discussion"))]),
        default="question",
        validate_choice=False,
    )
    tags = StringField(_l("Tags"))
    submission = HiddenField()

    def offer(self, categories: Sequence[CategoryRow]) -> None:
        """Sets the categories to choose from; the first one, or the one asked for, is chosen beforehand."""
        self.category.choices = options([(row.slug, row.name) for row in categories])


class ReplyForm(Form):
    """The composer under a thread."""

    body = TextAreaField(_l("Your reply"))
    submission = HiddenField()
    reply_to = HiddenField()


class EditForm(Form):
    """`/p/<id>/edit`; `base_revision` is the text that the change starts from."""

    body = TextAreaField(_l("Your text"))
    base_revision = HiddenField()


class SteerForm(Form):
    """Title, tags and category of a thread that stands."""

    title = StringField(_l("Title"))
    tags = StringField(_l("Tags"))
    category = SelectField(_l("Category"), coerce=str, validate_choice=False)

    def offer(self, categories: Sequence[CategoryRow]) -> None:
        """Sets the categories to choose from; the first one, or the one asked for, is chosen beforehand."""
        self.category.choices = options([(row.slug, row.name) for row in categories])


class EmptyForm(Form):
    """A button: nothing but the token."""
