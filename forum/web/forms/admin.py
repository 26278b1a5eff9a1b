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


class TwoFactorForm(Form):
    """Whose role asks for signing in in two steps; `seen` is the mark of what was shown."""

    roles = Boxes(
        _l("Who must sign in in two steps?"),
        choices=options(
            [
                ("moderator", _l("Moderator")),
                ("product", _l("Product team")),
                ("manager", _l("Community manager")),
                ("admin", _l("Administrator")),
            ]
        ),
        validate_choice=False,
    )
    seen = HiddenField()


class MemberEmailForm(Form):
    """Another address for a member who has lost the present one."""

    email = StringField(_l("New e-mail address"), filters=[stripped])


class MemberNameForm(Form):
    """Another user name for a member."""

    username = StringField(_l("User name"), filters=[stripped])


class NoteForm(Form):
    """A note about a member; `seen` is the mark of what was shown."""

    body = TextAreaField(_l("Note"), filters=[stripped])
    seen = HiddenField()


class ViewpointForm(Form):
    """As what somebody of the team wants to see the site."""

    viewpoint = SelectField(_l("As who?"), validate_choice=False)


class GroupsForm(Form):
    """The groups of one member."""

    groups = Boxes(_l("Which groups does this member belong to?"), coerce=int, validate_choice=False)


class GroupForm(Form):
    """A group's name."""

    name = StringField(_l("Name of the group"), filters=[stripped])


class GroupSettingsForm(GroupForm):
    """What a group is for, how one gets in and who knows of it."""

    handle = StringField(_l("Mentioned by"), filters=[stripped])
    description = TextAreaField(_l("Description"), filters=[stripped])
    way_in = RadioField(
        _l("How one gets in"),
        choices=options(
            [
                ("staff", _l("By invitation: the team and the group’s owners invite members, or put them in")),
                ("request", _l("Members ask to join; owners and the team answer")),
                ("open", _l("Every member may join")),
            ]
        ),
        validate_choice=False,
    )
    domains = TextAreaField(_l("Filled automatically: domains of e-mail addresses"), filters=[stripped])
    choices = Boxes(_l("Filled automatically: what profiles say"), validate_choice=False)
    audience = RadioField(
        _l("Who sees that the group exists, and who belongs to it"),
        choices=options(
            [("members", _l("Its own members only")), ("everybody", _l("Everybody who is signed in"))],
        ),
        validate_choice=False,
    )


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
    moderate = Boxes(_l("Who may moderate"), coerce=int, validate_choice=False)


class TargetForm(Form):
    """Where the threads of a category go that is to be deleted."""

    to = SelectField(_l("Where they go"), coerce=int, validate_choice=False)


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
    note = StringField(_l("What has changed?"), filters=[stripped])
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


class RegistrationForm(WordedForm):
    """Who may join."""

    PARTS = {"question": (TextAreaField, _l("Question in %(language)s"))}
    mode = SelectField(
        _l("Who may join"),
        choices=options(
            [
                ("open", _l("Everybody")),
                ("approval", _l("Whom the team approves")),
                ("domains", _l("Whoever has an e-mail address of certain domains")),
                ("invitation", _l("Whoever is invited")),
                ("closed", _l("Nobody, not even by invitation")),
            ]
        ),
        validate_choice=False,
    )
    domains = TextAreaField(_l("Domains"), filters=[stripped])
    denied = TextAreaField(_l("Domains not taken"), filters=[stripped])
    allowed = TextAreaField(_l("Domains taken all the same"), filters=[stripped])
    seen = HiddenField()


class InvitationForm(Form):
    """A new invitation."""

    uses = StringField(_l("For how many people?"), filters=[stripped])
    days = StringField(_l("For how many days?"), filters=[stripped])
    group = SelectField(_l("Into which group?"), validate_choice=False)
    note = StringField(_l("What is it for?"), filters=[stripped])


class RefusalForm(Form):
    """Why somebody may not join."""

    reason = TextAreaField(_l("Reason"), filters=[stripped])


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


class ProviderForm(Form):
    """An OpenID provider; the maps have one line for each value of a claim, `value = name`."""

    name = StringField(_l("Name on the button"), filters=[stripped])
    key = StringField(_l("Key"), filters=[stripped])
    issuer = StringField(_l("Issuer"), filters=[stripped])
    client_id = StringField(_l("Client ID"), filters=[stripped])
    scopes = StringField(_l("Scopes"), filters=[stripped])
    creates = RadioField(
        _l("Who may join by it"),
        choices=options(
            [
                ("always", _l("Everybody whom the provider lets in")),
                ("registration", _l("Whoever may join by the registration that is chosen")),
                ("never", _l("Nobody: only members who have linked their account sign in by it")),
            ]
        ),
        validate_choice=False,
    )
    username_claim = StringField(_l("Claim with the user name"), filters=[stripped])
    name_claim = StringField(_l("Claim with the name shown"), filters=[stripped])
    groups_claim = StringField(_l("Claim with groups"), filters=[stripped])
    groups = TextAreaField(_l("Groups it fills"), filters=[stripped])
    roles_claim = StringField(_l("Claim with roles"), filters=[stripped])
    roles = TextAreaField(_l("Roles it gives and takes"), filters=[stripped])
    second_step = StringField(_l("Words for a second step"), filters=[stripped])
    is_on = BooleanField(_l("One can sign in by it"))
