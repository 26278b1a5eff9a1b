"""Forms of the ideas board."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from forum.http.forms import Form, WordedForm, options, stripped
from forum.ideas.queries import AreaRow, StatusRow


class IdeaForm(Form):
    """`/ideas/new`."""

    title = StringField(_l("Title"))
    area = SelectField(_l("What is it about?"), coerce=str, validate_choice=False)
    tags = StringField(_l("Tags"))
    body = TextAreaField(_l("Your idea"))
    submission = HiddenField()

    def offer(self, areas: Sequence[AreaRow]) -> None:
        """Sets the areas to choose from."""
        self.area.choices = options([(row.slug, row.name) for row in areas])


class VoteForm(Form):
    """How much an idea matters to who supports it, and why; a button sends neither."""

    importance = RadioField(
        _l("How much does it matter to you?"),
        choices=options(
            [("nice", _l("Nice to have")), ("important", _l("Important")), ("essential", _l("I can't do without"))]
        ),
        validate_choice=False,
    )
    reason = TextAreaField(_l("Why? One sentence is enough"), filters=[stripped])


class SteerIdeaForm(Form):
    """What the product team says of an idea, and what it plans; `seen_change_id` is the status that it was shown."""

    status = SelectField(_l("Status"), coerce=str, validate_choice=False)
    answer = TextAreaField(_l("Official answer"))
    is_small_step = BooleanField(_l("This is a small step: don't notify anybody"))
    owner = StringField(_l("Who looks after it"), filters=[stripped])
    target = StringField(_l("Target month"), filters=[stripped])
    area = SelectField(_l("Product area"), coerce=str, validate_choice=False)
    seen_change_id = HiddenField()

    def offer(self, statuses: Iterable[StatusRow], areas: Iterable[AreaRow], *, may_be_none: bool) -> None:
        """Sets what there is to choose from; an idea that has no area may stay without."""
        self.status.choices = options([(row.slug, row.name) for row in statuses])
        none = [("", _l("None yet"))] if may_be_none else []
        self.area.choices = options([*none, *((row.slug, row.name) for row in areas)])


class MergeForm(Form):
    """Into which idea another one goes: one of those offered, or a number or address that is typed."""

    target = RadioField(_l("Into which idea?"), coerce=str, validate_choice=False, choices=[])
    other = StringField(_l("Number or address of another idea"), filters=[stripped])


class NoteForm(Form):
    """A private note of the product team."""

    note = TextAreaField(_l("Private note"), filters=[stripped])


class MakeIdeaForm(Form):
    """An idea out of a member's post."""

    title = StringField(_l("Title"), filters=[stripped])
    area = SelectField(_l("Product area"), coerce=str, validate_choice=False)

    def offer(self, areas: Sequence[AreaRow]) -> None:
        """Sets the areas to choose from."""
        self.area.choices = options([(row.slug, row.name) for row in areas])


class AreaForm(WordedForm):
    """A product area and the category that decides who sees its ideas."""

    PARTS = {"name": (StringField, _l("Name in %(language)s"))}
    slug = StringField(_l("Address"), filters=[stripped])
    category = SelectField(_l("Category"), coerce=int, validate_choice=False)


class StatusForm(WordedForm):
    """A status, and what it means to the program and to others."""

    PARTS = {"name": (StringField, _l("Name in %(language)s"))}
    slug = StringField(_l("Address"), filters=[stripped])
    stage = SelectField(_l("What it means"), coerce=str, validate_choice=False)
