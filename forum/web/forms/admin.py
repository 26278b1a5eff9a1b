"""Forms of the administration."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from forum.http.forms import Form, WordedForm, options, stripped

COLOURS = (
    (0, _l("Rose")),
    (15, _l("Red")),
    (45, _l("Orange")),
    (75, _l("Amber")),
    (105, _l("Olive")),
    (135, _l("Green")),
    (165, _l("Sea green")),
    (195, _l("Petrol")),
    (225, _l("Sky blue")),
    (255, _l("Blue")),
    (285, _l("Violet")),
    (315, _l("Purple")),
    (345, _l("Pink")),
)


class Boxes(SelectMultipleField):
    """Several of a set, drawn as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RolesForm(Form):
    """The roles of one member."""

    roles = Boxes(
        _l("What may this member do on behalf of the company?"),
        choices=options(
            [
                ("moderator", _l("Moderator: works the queue, keeps threads tidy")),
                ("product", _l("Product team: answers ideas and reports what became of them")),
                ("manager", _l("Community manager: rules, categories, groups, and all a moderator may")),
                ("admin", _l("Administrator: everything")),
            ]
        ),
        validate_choice=False,
    )


class GroupsForm(Form):
    """The groups of one member."""

    groups = Boxes(_l("Which groups does this member belong to?"), coerce=int, validate_choice=False)


class GroupForm(Form):
    """A group's name."""

    name = StringField(_l("Name of the group"), filters=[stripped])


class AddMemberForm(Form):
    """Somebody for a group."""

    username = StringField(_l("User name or e-mail address"), filters=[stripped])


class CategoryForm(WordedForm):
    """A category and who may do what in it."""

    PARTS = {
        "name": (StringField, _l("Name in %(language)s")),
        "description": (TextAreaField, _l("Description in %(language)s")),
    }
    slug = StringField(_l("Address"), filters=[stripped])
    hue = SelectField(_l("Colour"), coerce=int, validate_choice=False)
    see = Boxes(_l("Who may see it"), coerce=int, validate_choice=False)
    start = Boxes(_l("Who may start threads"), coerce=int, validate_choice=False)
    reply = Boxes(_l("Who may reply"), coerce=int, validate_choice=False)


class CommunityForm(WordedForm):
    """What the community is called and how it presents itself."""

    PARTS = {
        "name": (StringField, _l("Name in %(language)s")),
        "description": (TextAreaField, _l("Description in %(language)s")),
    }
    team_name = StringField(_l("Name of the company"), filters=[stripped])
    languages = Boxes(_l("Languages offered"), validate_choice=False)
    default_language = RadioField(_l("Default language"), validate_choice=False)
    address = RadioField(
        _l("How German addresses people"),
        choices=options([("du", "du"), ("sie", "Sie")]),
        validate_choice=False,
    )
    time_zone = SelectField(_l("Time zone"), validate_choice=False)


class LegalForm(WordedForm):
    """A legal text."""

    PARTS = {"body": (TextAreaField, _l("Text in %(language)s"))}
    seen = HiddenField()


class LookForm(Form):
    """How the community looks."""

    brand_colour = StringField(_l("Colour of the brand"), filters=[stripped])
    corners = RadioField(
        _l("Corners"),
        choices=options([("square", _l("Square")), ("soft", _l("Soft")), ("round", _l("Round"))]),
        validate_choice=False,
    )
    theme = SelectField(
        _l("Light or dark"),
        choices=options([("auto", _l("As the device has it")), ("light", _l("Light")), ("dark", _l("Dark"))]),
        validate_choice=False,
    )
    style = TextAreaField(_l("Own style sheet"))
    seen = HiddenField()
