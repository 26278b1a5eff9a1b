"""The base of all forms: messages in the reader's language, each beside its field, nothing lost."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.i18n import get_translations

from forum.core.errors import Invalid
from forum.http import language
from forum.http.reasons import sentence


@lru_cache(maxsize=8)
def _words(tongue: str) -> Any:
    """WTForms' own sentences, read from their file once and not for every form."""
    return get_translations([tongue])


class Form(FlaskForm):
    """A form whose checks of shape are WTForms' and whose checks of substance come from an action as `Invalid`."""

    class Meta(FlaskForm.Meta):
        """Where the words of the library's own checks come from."""

        def get_translations(self, _form: Any) -> Any:
            return _words(language.of_answer())

    def refuse(self, error: Invalid) -> None:
        """Puts an action's refusal beside the field it names, else at the head of the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(sentence(error))
        else:
            field.errors = [*field.errors, sentence(error)]


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """The choices of a field from pairs of value and words; WTForms takes no bare pairs from 3.4 on."""
    return [SelectChoice(value, words) for value, words in pairs]


def stripped(value: Any) -> Any:
    """A WTForms filter: text without blanks around it."""
    return value.strip() if isinstance(value, str) else value
