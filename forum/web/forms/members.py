"""Forms of accounts: signing in, registering, passwords, profile and settings.

What a value must be is checked by the room, once; here only the shape is named.
"""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from forum.http.forms import Form, options, stripped


class LoginForm(Form):
    """`/login`; `next` and `intent` say where to go and what to do afterwards."""

    username = StringField(_l("User name or e-mail address"), filters=[stripped])
    password = PasswordField(_l("Password"))
    next = HiddenField()
    intent = HiddenField()


class RegisterForm(Form):
    """`/register`; the version of the rules that was shown travels beside the form's own fields."""

    username = StringField(_l("User name"), filters=[stripped])
    email = StringField(_l("E-mail address"), filters=[stripped])
    password = PasswordField(_l("Password"))
    accept = BooleanField(_l("I accept these rules."))
    next = HiddenField()
    intent = HiddenField()


class ResetForm(Form):
    """`/reset`: who has forgotten the password."""

    username = StringField(_l("User name or e-mail address"), filters=[stripped])


class NewPasswordForm(Form):
    """The page behind the link of a mail."""

    password = PasswordField(_l("New password"))


class EmptyForm(Form):
    """A button with its token."""


class ProfileForm(Form):
    """`/settings/profile`."""

    display_name = StringField(_l("Name shown"), filters=[stripped])
    about = TextAreaField(_l("About you"))


class PasswordForm(Form):
    """Changing the password on `/settings/account`."""

    old_password = PasswordField(_l("Current password"))
    password = PasswordField(_l("New password"))


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


class MailForm(Form):
    """`/settings/mail`."""

    wants_mail = BooleanField(_l("E-mail me when something happens that concerns me"))


class LanguageForm(Form):
    """`/language`, for guests and members."""

    language = RadioField(_l("Language"), validate_choice=False)
    next = HiddenField()
