"""Forms of accounts: signing in, registering, passwords, profile and settings.

What a value must be is checked by the room, once; here only the shape is named.
"""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.widgets import PasswordInput

from forum.core.errors import Invalid
from forum.http.forms import Form, options, stripped
from forum.members.actions.sessions import LONGEST, STAYS, UNTIL_CLOSED


class LoginForm(Form):
    """`/login`; `next` and `intent` say where to go and what to do afterwards, `passkey` is what a script fills in."""

    username = StringField(_l("User name or e-mail address"), filters=[stripped])
    password = PasswordField(_l("Password"))
    days = SelectField(
        _l("Stay signed in"),
        choices=options(
            [
                (str(UNTIL_CLOSED), _l("until I close the browser")),
                ("30", _l("for 30 days")),
                (str(LONGEST), _l("for 60 days")),
            ]
        ),
        default=str(LONGEST),
        validate_choice=False,
    )
    next = HiddenField()
    intent = HiddenField()
    passkey = HiddenField()

    def number_of_days(self) -> int:
        """The chosen length, or the longest where nothing was. Raises Invalid for what isn't offered."""
        chosen = self.days.data or str(LONGEST)
        if chosen not in map(str, STAYS):
            raise Invalid("unknown-choice", field="days")
        return int(chosen)


class CodeForm(Form):
    """`/login/code`, and where a code is asked for in the settings; `next` and `intent` as for LoginForm."""

    code = StringField(_l("Code"), filters=[stripped])
    next = HiddenField()
    intent = HiddenField()


class RegisterForm(Form):
    """`/register`; the version of the rules that was shown travels beside the form's own fields."""

    username = StringField(_l("User name"), filters=[stripped])
    email = StringField(_l("E-mail address"), filters=[stripped])
    password = PasswordField(_l("Password"))
    answer = TextAreaField(_l("Your answer"), filters=[stripped])
    accept = BooleanField(_l("I accept these rules."))
    next = HiddenField()
    intent = HiddenField()

    def keep_password(self) -> None:
        """Shows the password again, which forms don't otherwise: nothing was wrong with it, and one press shall do. The
        answer to a POST is stored nowhere."""
        self.password.widget = PasswordInput(hide_value=False)


class FirstSignInForm(Form):
    """`/login/first`: joining for whom an OpenID provider vouches."""

    username = StringField(_l("User name"), filters=[stripped])
    accept = BooleanField(_l("I accept these rules."))


class ResetForm(Form):
    """`/reset`: who has forgotten the password."""

    username = StringField(_l("User name or e-mail address"), filters=[stripped])


class NewPasswordForm(Form):
    """The page behind the link of a mail."""

    password = PasswordField(_l("New password"))


class EmptyForm(Form):
    """A button with its token."""


class ProofForm(Form):
    """The password once more, or a passkey; the names are such as no form has besides, and no form repeats."""

    proof_password = PasswordField(_l("Password"))
    proof_passkey = HiddenField()


class PasskeyForm(Form):
    """A passkey that is made or named anew; a script fills in what the browser has made."""

    name = StringField(_l("Name"), filters=[stripped])
    passkey = HiddenField()


class PasswordForm(Form):
    """Changing the password on `/settings/account`."""

    old_password = PasswordField(_l("Current password"))
    password = PasswordField(_l("New password"))


class UsernameForm(Form):
    """Another user name."""

    username = StringField(_l("User name"), filters=[stripped])


class EmailForm(Form):
    """Another e-mail address, with the password that proves who asks."""

    email = StringField(_l("New e-mail address"), filters=[stripped])
    password = PasswordField(_l("Current password"))


class DisplayForm(Form):
    """`/settings/display`."""

    language = RadioField(_l("Language"), validate_choice=False)
    time_zone = SelectField(_l("Time zone"), validate_choice=False)
    theme = SelectField(
        _l("Colours"),
        choices=options(
            [
                ("community", _l("As the community has it")),
                ("auto", _l("As the device has it")),
                ("light", _l("Light")),
                ("dark", _l("Dark")),
            ]
        ),
        validate_choice=False,
    )


class PrivacyForm(Form):
    """`/settings/privacy`."""

    audience = RadioField(
        _l("Who sees your profile?"),
        choices=options(
            [
                ("everybody", _l("Everybody, without an account too")),
                ("members", _l("Members, when they are signed in")),
                ("staff", _l("The team only")),
            ]
        ),
        validate_choice=False,
    )
    is_indexed = BooleanField(_l("Search engines may list my profile"))
    shows_presence = BooleanField(_l("Members see when I was last here"))
    shows_threads = BooleanField(_l("My profile lists the threads I started"))
    shows_posts = BooleanField(_l("My profile lists my posts"))
    shows_ideas = BooleanField(_l("My profile lists the ideas I proposed"))
    shows_votes = BooleanField(_l("Show which ideas I support"))


class MailForm(Form):
    """`/settings/mail`."""

    wants_mail = BooleanField(_l("E-mail me when something happens that concerns me"))


class LanguageForm(Form):
    """`/language`, for guests and members."""

    language = RadioField(_l("Language"), validate_choice=False)
    next = HiddenField()
