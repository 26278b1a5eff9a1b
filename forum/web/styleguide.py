"""The style guide: the design tokens, and each component once, with its states, in light and in dark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may
from forum.community import tokens
from forum.community.contrast import PAIRS, contrasts
from forum.core import clock
from forum.core.errors import NotFound
from forum.http.render import page
from forum.http.viewer import actor, community
from forum.web.forms.styleguide import SampleForm

bp = Blueprint("styleguide", __name__)

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Component:
    """One component. Its styles, where it has some, are static/css/components/<name>.css; `call` asks for it,
    from templates/components/<file>.html; its sample is the macro `<name>_` of templates/styleguide/_samples.html."""

    name: str
    file: str
    call: str
    says: object

    @property
    def written(self) -> str:
        """The call as a template holds it."""
        return self.call if self.call.startswith("{%") else f"{{{{ {self.call} }}}}"


COMPONENTS: Mapping[str, Sequence[Component]] = {
    "acts": (
        Component(
            "button", "buttons", "button(_('Save'), 'main')", _l("What one presses. One main act on each screen.")
        ),
        Component(
            "link", "buttons", "link(_('To the rules'), '/rules')", _l("Inside of text that doesn't say so already.")
        ),
        Component(
            "menu",
            "buttons",
            "{% call menu(_('More')) %}…{% endcall %}",
            _l("Further acts; on a phone where the thumb is."),
        ),
        Component(
            "tooltip", "buttons", "tooltip(_('Trending'), says)", _l("More about a word, by pointer, finger or key.")
        ),
    ),
    "forms": (
        Component("form", "forms", "form_errors(form)", _l("Reasons first, one column, the main act first below.")),
        Component(
            "field",
            "forms",
            "field(form.title, hint=…, counter=120)",
            _l("Label, hint, reason, counter. The reason stands beside."),
        ),
        Component("select", "forms", "field(form.area)", _l("One of several; up to five are better shown as a group.")),
        Component("checkbox", "forms", "checkbox(form.accept)", _l("One yes, or a group of choices.")),
        Component("switch", "forms", "switch(form.wants_mail)", _l("Something that is on or off.")),
        Component("composer", "composer", "composer(form.body, _('Send'))", _l("The box one writes in.")),
    ),
    "ways": (
        Component(
            "tabs",
            "navigation",
            "tabs(_('View'), items)",
            _l("Views of one thing; the lower row leads through a room."),
        ),
        Component("breadcrumbs", "navigation", "breadcrumbs(items)", _l("The way from the front page to here.")),
        Component("pagination", "navigation", "pagination(page, pages, url)", _l("Numbered, or older and newer.")),
    ),
    "signs": (
        Component("icon", "icon", "icon('bell')", _l("One family; never alone without a name.")),
        Component("avatar", "avatar", "member_link(person)", _l("A picture, or initials on the member's own colour.")),
        Component(
            "chip", "chips", "chip(_('Solved'), 'good', 'circle-check')", _l("What something is: state, category, tag.")
        ),
        Component("badge", "chips", "badge(3, _('unread'))", _l("How many wait, cut at 99.")),
        Component(
            "time", "time", "row.created_at|when", _l("The exact moment is its tooltip where it says “5 minutes ago”.")
        ),
    ),
    "lists": (
        Component(
            "row",
            "lists",
            "{% call list_row(title, href) %}…{% endcall %}",
            _l("Rows of lists lead as a whole where their title leads."),
        ),
        Component(
            "table",
            "figures",
            "{% call table(caption, heads) %}…{% endcall %}",
            _l("On a phone each row is a block of its own."),
        ),
        Component("facts", "figures", "facts(rows)", _l("Name on the left, value on the right.")),
        Component("figures", "figures", "figures(rows)", _l("Few numbers that are worth a big size.")),
        Component(
            "timeline",
            "lists",
            "{% call timeline() %}{{ step(what, note) }}{% endcall %}",
            _l("What became of one thing, newest first."),
        ),
        Component(
            "progress", "figures", "progress(64, _('Progress'))", _l("How far something is that takes its time.")
        ),
        Component(
            "chart",
            "figures",
            "{% call chart(id, title, says, picture, heads) %}…{% endcall %}",
            _l("A sentence that says what it shows, the picture, and always the table behind it."),
        ),
    ),
    "frames": (
        Component(
            "card",
            "boxes",
            "{% call card('accent') %}…{% endcall %}",
            _l("What somebody said or gets, set apart from the page."),
        ),
        Component("fold", "boxes", "{% call fold(_('Show more')) %}…{% endcall %}", _l("What is shown on asking.")),
        Component(
            "dialog",
            "boxes",
            "{% call dialog('ask', _('Really?')) %}…{% endcall %}",
            _l("One question above the page; works without a script."),
        ),
        Component(
            "drawer",
            "boxes",
            "{% call drawer('places', _('Places')) %}…{% endcall %}",
            _l("A sheet from the side, such as the places on a phone."),
        ),
        Component("diff", "diff", "diff(rows, label)", _l("What changed between two texts.")),
    ),
    "words": (
        Component("banner", "feedback", "banner(text, 'warn')", _l("A word to the reader above what it is about.")),
        Component("toast", "boxes", "toast()", _l("A word that passes, at the foot of the window.")),
        Component("empty", "feedback", "empty(title, text)", _l("An empty place invites.")),
        Component("skeleton", "feedback", "skeleton()", _l("The place of what is fetched after the page.")),
    ),
}
"""Each component once, by the group it stands in."""


@bp.get("/styleguide")
def show() -> AnyResponse:
    """For the team, and for everybody where the installation is a demo, which is what one develops with."""
    if not (may(actor(), "styleguide.see") or community().is_demo):
        raise NotFound
    shades = tokens.colours(community().look.brand_colour)
    titles = {
        "acts": _("Acts"),
        "forms": _("Forms"),
        "ways": _("Ways"),
        "signs": _("Signs"),
        "lists": _("Lists and numbers"),
        "frames": _("Frames and layers"),
        "words": _("What the page says"),
    }
    return page(
        "styleguide/show.html",
        groups=[(name, titles[name], parts) for name, parts in COMPONENTS.items()],
        jumps=[("#tokens", _("Tokens"), False), *((f"#{name}", title, False) for name, title in titles.items())],
        forms={theme: SampleForm.drawn(theme) for theme in THEMES},
        shades=shades,
        pairs=[(pair, *contrasts(pair, shades)) for pair in PAIRS],
        measures=tokens.measures(),
        now=clock.now(),
    )
