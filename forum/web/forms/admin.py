"""Forms of the administration."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from forum.community.frame import LINK_LISTS, MOST_LINKS
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


LOGOS = "image/png,image/jpeg,image/webp"
"""What the browser offers to choose; what is taken is told by the content."""


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
    form_of_address = RadioField(
        _l("How German addresses people"),
        choices=options([("du", "du"), ("sie", "Sie")]),
        validate_choice=False,
    )
    time_zone = SelectField(_l("Time zone"), validate_choice=False)
    seen = HiddenField()


class LegalForm(WordedForm):
    """A legal text."""

    PARTS = {"body": (TextAreaField, _l("Text in %(language)s"))}
    seen = HiddenField()


class LogoForm(Form):
    """The company's logo."""

    light = FileField(_l("Logo"), render_kw={"accept": LOGOS})
    dark = FileField(_l("Logo on dark ground"), render_kw={"accept": LOGOS})
    in_tabs = BooleanField(_l("Show it in the browser's tabs too"))
    seen = HiddenField()


class FrameForm(WordedForm):
    """Header links and foot; a link is the part `header_links_0_label` and the field `header_links_0_address`."""

    PARTS = {
        **{
            f"{name}_{index}_label": (StringField, _l("Link %(number)s in %%(language)s", number=index + 1))
            for name in LINK_LISTS
            for index in range(MOST_LINKS)
        },
        "foot_text": (TextAreaField, _l("Text in %(language)s")),
    }
    seen = HiddenField()


for _name in LINK_LISTS:
    for _index in range(MOST_LINKS):
        _address = StringField(_l("Address of link %(number)s", number=_index + 1), filters=[stripped])
        setattr(FrameForm, f"{_name}_{_index}_address", _address)


class WelcomeForm(WordedForm):
    """The welcome of the front page."""

    PARTS = {
        "title": (StringField, _l("Title in %(language)s")),
        "text": (TextAreaField, _l("Text in %(language)s")),
        "button": (StringField, _l("Button in %(language)s")),
    }
    audience = RadioField(
        _l("Who sees it"),
        choices=options(
            [
                ("guests", _l("Guests")),
                ("members", _l("Members, until they put it away")),
                ("everybody", _l("Both")),
            ]
        ),
        validate_choice=False,
    )
    address = StringField(_l("Where the button leads"), filters=[stripped])
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
