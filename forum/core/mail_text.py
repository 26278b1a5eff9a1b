"""The words of a mail: a template in `templates/mail/`, in the reader's language as the community speaks it,
outside any request.

The first line of a template is the subject, then a blank line, then the text.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forum.core.locale import translations

FOLDER = Path(__file__).parent.parent.parent / "templates" / "mail"


@cache
def _environment(tongue: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  plain text: escaping would spell out every ampersand
    )
    environment.install_gettext_translations(translations(tongue), newstyle=True)  # type: ignore[attr-defined]
    return environment


def write(template: str, tongue: str, **values: Any) -> tuple[str, str]:
    """Subject and text of the mail `templates/mail/<template>.txt`."""
    written = _environment(tongue).get_template(f"{template}.txt").render(**values)
    subject, _, text = written.partition("\n")
    return subject.strip(), text.strip() + "\n"
