"""What the interchange format doesn't carry of the groups: what they are for, how one gets in, who looks after them."""

from dataclasses import dataclass

from sqlalchemy import select

from forum.core.database import db, transaction
from forum.members import actions
from forum.members.actions import GroupDraft
from forum.members.models import Group
from forum.members.queries import actor_of, find_account


@dataclass(frozen=True, slots=True)
class _Group:
    """A group as it was imported, what becomes of it, and who owns it."""

    imported: str
    draft: GroupDraft
    owner: str = ""


_GROUPS = (
    _Group("staff", GroupDraft("Velomark-Team", "staff", "everybody", "Wir arbeiten bei Velomark.")),
    _Group("customers", GroupDraft("Kunden", "staff", "members")),
    _Group("partners", GroupDraft("Partner", "staff", "members", "Fachhändler und Werkstätten.")),
    _Group(
        "ambassadors",
        GroupDraft("Ambassadors", "staff", "everybody", "Sie kennen sich aus, und sie helfen gern. Danke!"),
    ),
    _Group(
        "beta-testers",
        GroupDraft(
            "Beta-Tester",
            "request",
            "everybody",
            "Neue Versionen von App und Display fahren, bevor alle sie bekommen.\n\n"
            "Wer mitmacht, meldet in zwei Wochen, was gut ist und was nicht.",
        ),
        owner="customer",
    ),
)
_WINTER = GroupDraft("Winterfahrer", "open", "everybody", "Spikes, Handschuhe, Reichweite: Tipps für kalte Tage.")
_ASKS = ("petra.k", "Ich schraube viel und schreibe gern auf, was klemmt.")


def set_up_groups() -> None:
    """Gives the groups their words and owners, makes one that everybody may join, and lets a request wait."""
    with transaction() as system:
        for one in _GROUPS:
            group = db.session.scalars(select(Group).where(Group.name == one.imported)).one()
            actions.change_group(system, group, one.draft)
            owner = find_account(one.owner) if one.owner else None
            if owner is not None:
                actions.add_to_group(system, group, owner)
                actions.set_owner(system, group, owner, is_owner=True)
        actions.change_group(system, actions.create_group(system, _WINTER.name), _WINTER)
    _ask(*_ASKS)


def _ask(username: str, words: str) -> None:
    member = find_account(username)
    if member is None:
        return
    with transaction(actor_of(member.id)) as asking:
        group = db.session.scalars(select(Group).where(Group.name == "Beta-Tester")).one()
        actions.ask_to_join(asking, group, words)
