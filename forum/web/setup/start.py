"""The fifth screen: categories to begin with, and a rulebook from a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import Actor
from forum.core.errors import Invalid
from forum.core.locale import SOURCE
from forum.http.reasons import sentence
from forum.ideas import actions as ideas
from forum.rules import actions as rules
from forum.rules import draft
from forum.rules import queries as rulebooks
from forum.rules.draft import RulebookDraft, Words
from forum.setup.starting import AREA, CATEGORIES, RULEBOOK, Offer
from forum.threads import actions, queries
from forum.threads.actions import OPEN_TO_ALL, TEAM_STARTS, CategoryDraft
from forum.web.admin.rules import Row, rows_of, rule_of, typed_rows
from forum.web.forms.setup import StartForm
from forum.web.setup.frame import bp, is_skipped, languages, onwards, passing, screen_page


@dataclass(slots=True)
class Choice:
    """An offered category as the form has it."""

    offer: Offer
    is_chosen: bool
    names: Mapping[str, str]
    error: str = ""

    @property
    def draft(self) -> CategoryDraft:
        offered = {language: _begun(self.offer.name, language) for language in self.names}
        return CategoryDraft(
            name=self.names,
            description={language: self.offer.description.get(language, "") for language in self.names},
            hue=self.offer.hue,
            slug=self.offer.slug if self.names == offered else "",
            grants=TEAM_STARTS if self.offer.is_for_team else OPEN_TO_ALL,
        )


def _begun(words: Words, language: str) -> str:
    """Our words in a language; English ones, to be translated, where the community has none of our languages."""
    ours = words if isinstance(words, dict) else {SOURCE: words}
    return ours.get(language) or ("" if ours.keys() & set(languages()) else ours[SOURCE])


def _offered() -> list[Choice]:
    names = languages()
    return [
        Choice(one, one.is_usual, {language: _begun(one.name, language) for language in names}) for one in CATEGORIES
    ]


def _template() -> list[Row]:
    """The rules of the template as the form has them."""
    rules = draft.read(RULEBOOK.read_text(encoding="utf-8")).rules
    filled = {f"{part}_{language}": (part, language) for part in ("title", "text") for language in languages()}
    return [
        {**row, **{field: _begun(getattr(rule, part), language) for field, (part, language) in filled.items()}}
        for row, rule in zip(rows_of(rules), rules, strict=True)
    ]


def _chosen() -> list[Choice]:
    """The categories as they were sent."""
    wanted = request.form.getlist("categories")
    return [
        Choice(
            one,
            one.slug in wanted,
            {language: request.form.get(f"name-{one.slug}-{language}", "").strip() for language in languages()},
        )
        for one in CATEGORIES
    ]


def _form_page(
    form: StartForm, choices: Sequence[Choice], rows: Sequence[Row], status: int = 200, wrong: str | None = None
) -> Response:
    return screen_page(
        "start",
        status,
        form=form,
        choices=choices,
        rows=rows,
        wrong=wrong,
        book=next(iter(rulebooks.history()), None),
    )


@bp.get("/start")
def start() -> AnyResponse:
    return _form_page(StartForm(formdata=None, data={"publish": True}), _offered(), _template())


def _book(rows: Sequence[Row]) -> RulebookDraft:
    return draft.make([rule_of(row, place) for place, row in enumerate(rows)], is_material=True)


@bp.post("/start")
def make_start() -> AnyResponse:
    if is_skipped("start"):
        return onwards("start")
    form, choices, rows = StartForm(), _chosen(), typed_rows()
    try:
        book = _book(rows) if form.publish.data else None
        with passing("start") as admin:
            if not queries.category_settings(admin):
                _make_categories(admin, choices)
            if book is not None and not rulebooks.history():
                published = rules.publish(admin, book)
                rules.accept(admin, published.id, published.sha256)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, choices, rows, 400, error.field)
    return onwards("start")


def _make_categories(admin: Actor, choices: Sequence[Choice]) -> None:
    for choice in choices:
        if not choice.is_chosen:
            continue
        try:
            category_id = actions.create_category(admin, choice.draft)
        except Invalid as error:
            choice.error = sentence(error)
            raise Invalid(error.code, f"category-{choice.offer.slug}", **error.parameters) from error
        if choice.offer.has_area:
            ideas.create_area(admin, ideas.AreaDraft(AREA, category_id))
