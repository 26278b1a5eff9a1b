"""The base of all forms: messages in the reader's language, each beside its field, nothing lost."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.i18n import get_translations

from forum.core.errors import Invalid
from forum.core.locale import languages, name_of
from forum.http import language, suspicion
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
        suspicion.note(error)
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(sentence(error))
        else:
            field.errors = [*field.errors, sentence(error)]


class WordedForm(Form):
    """A form with texts in each language of the interface: a part `name` is the fields `name_de`, `name_en` …, which
    come before all others. `PARTS` says for each its kind of field and its label, with room for the language's name."""

    PARTS: ClassVar[Mapping[str, tuple[type[Field], Any]]]

    def __init__(self, *args: Any, **values: Any) -> None:
        made: list[tuple[str, Any]] = [
            (f"{part}_{one}", kind(str(label) % {"language": name_of(one, language.of_answer())}, filters=[stripped]))
            for part, (kind, label) in self.PARTS.items()
            for one in languages()
        ]
        self._unbound_fields = [*made, *self._unbound_fields]
        super().__init__(*args, **values)

    def fields_of(self, part: str) -> Sequence[tuple[str, Field]]:
        """The fields of a part, each with its language."""
        return [(one, self[f"{part}_{one}"]) for one in languages()]

    def words(self, part: str) -> dict[str, str]:
        """What was typed for a part, by language."""
        return {one: field.data or "" for one, field in self.fields_of(part)}

    def otherwise(self, theirs: Mapping[str, Any]) -> Sequence[tuple[str, str, str]]:
        """What another's values say otherwise than this form: label, words, their language (empty: the reader's)."""
        tongues = {field.name: one for part in self.PARTS for one, field in self.fields_of(part)}
        return [
            (field.label.text, _in_words(field, theirs[field.name]), tongues.get(field.name, ""))
            for field in self
            if field.name in theirs and (field.data or "") != (theirs[field.name] or "")
        ]

    def refuse(self, error: Invalid) -> None:
        """A refusal of a part as a whole stands beside its first field."""
        if error.field is not None and error.field in self.PARTS:
            error = Invalid(error.code, field=self.fields_of(error.field)[0][1].name, **error.parameters)
        super().refuse(error)


def _in_words(field: Field, value: Any) -> str:
    """A field's value as it is read: of a choice its words."""
    if choices := getattr(field, "choices", None):
        chosen = value if isinstance(value, list) else [value]
        value = ", ".join(str(choice.label) for choice in choices if choice.value in chosen)
    return value or "–"


def by_language(part: str, words: Any) -> dict[str, str]:
    """A part's data for such a form; an archive may have brought one text for all languages."""
    return {
        f"{part}_{one}": words.get(one, "") if isinstance(words, Mapping) else str(words or "") for one in languages()
    }


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """The choices of a field from pairs of value and words; WTForms takes no bare pairs from 3.4 on."""
    return [SelectChoice(value, words) for value, words in pairs]


def stripped(value: Any) -> Any:
    """A WTForms filter: text without blanks around it."""
    return value.strip() if isinstance(value, str) else value


def number_or_none(raw: Any) -> int | None:
    """An id or a number as it comes from a form or an address; None for whatever is not one."""
    text = str(raw or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
