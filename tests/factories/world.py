"""A small community with one of everything, and one member of each kind that the house tells apart."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from PIL import Image

from forum.community import actions as community_actions
from forum.community import queries as community_queries
from forum.community.legal import written
from forum.community.marks import mark_of
from forum.core import clock, events, jobs, queue
from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.jobs import JOBS
from forum.http import assets
from forum.ideas import actions as idea_actions
from forum.ideas import queries as idea_queries
from forum.media import actions as media
from forum.media import pictures
from forum.media.store import store
from forum.members import actions as member_actions
from forum.members import queries as members
from forum.members import tokens
from forum.members.actions import InvitationDraft
from forum.members.models import API_TOKENS, INVITATIONS, MEMBERS, EmailChange
from forum.members.queries.emails import purpose_of
from forum.moderation import queries as moderation
from forum.notifications.models import NOTIFICATIONS
from forum.oidc import actions as oidc_actions
from forum.oidc.actions import ProviderDraft
from forum.rules import queries as rules
from forum.threads import actions, queries
from forum.threads.actions import CategoryDraft
from tests.factories import exports, ideas
from tests.factories.members import a_field, a_group, a_member, fill, make_owner, shows
from tests.factories.moderation import a_decision, a_report
from tests.factories.passkeys import a_passkey
from tests.factories.provider import link as link_identity
from tests.factories.rules import a_rulebook
from tests.factories.threads import OPEN, category, on_post, on_thread, reply, thread
from tests.factories.two_factor import switched_on

SECRET_TITLE = "Quarzpreise im Einkauf"
SECRET_TEXT = "Der Rabatt auf Zinnober bleibt unter uns."
SECRET_CATEGORY = "Fachhandelskontor"
SECRETS = ("Quarzpreise", "quarzpreise", "Zinnober", "Fachhandelskontor", "fachhandelskontor", "Kontorgruppe")
"""Words that stand in the private category only."""

IMPRINT = {"de": "Wir selbst.", "en": "We ourselves."}
TERMS = {"de": "Freundlich sein.", "en": "Be kind."}, {"de": "Freundlich sein.", "en": "Be kind to everybody."}
"""First and second version."""
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""One red pixel."""


@dataclass
class World:
    """Who is there, and the values that stand in addresses by name."""

    members: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    """What programs send, by whose it is."""

    def address(self, template: str) -> str:
        """An address with this world's ids, such as `/t/{thread}/{slug}`."""
        return template.format(**self.places)


def deliver() -> None:
    """Does what the worker would, until nothing is due."""
    while events.work("tests") + jobs.work("tests"):
        pass


def _people(world: World) -> None:
    partners, testers = a_group("Kontorgruppe"), a_group("Testers", "request", description="Try what isn't out yet.")
    with transaction(SYSTEM) as system:
        token = member_actions.invite(system, InvitationDraft(5, 30, testers, "Trade fair"))
    world.places |= {"partners": partners, "testers": testers, "riders": a_group("Winter riders", "open")}
    world.places |= {"invitation": token, "invitation_id": db.session.scalar(sa.select(INVITATIONS.c.id))}
    world.places["keepers"] = a_group("Keepers")
    world.members |= {
        "unconfirmed": a_member("unconfirmed", is_confirmed=False),
        "waiting": a_member("waiting", is_waiting=True),
        "new": a_member("newcomer"),
        "other": a_member("tester", groups=(testers,)),
        "partner": a_member("partner", groups=(partners,)),
        "author": a_member("author", display_name="Anna Autorin"),
        "helper": a_member("helper", display_name="Hans Helfer"),
        "silenced": a_member("silenced", silenced_days=7),
        "banned": a_member("banned", is_banned=True),
        "owing": a_member("owing", accepted=0),
        "moderator": a_member("moderator", roles=("moderator",)),
        "product": a_member("product", roles=("product",)),
        "manager": a_member("manager", roles=("manager",)),
        "admin": a_member("admin", roles=("admin",)),
        "keeper": a_member("keeper", groups=(world.places["keepers"],)),
    }
    _owing_step(world)
    world.members["other"] = make_owner(testers, world.members["other"])
    world.places["circle"] = a_group("Sirkel")
    with transaction(world.members["admin"]) as admin:
        circle, author = members.get_group(admin, world.places["circle"]), world.members["author"]
        member_actions.invite_to_group(admin, circle, members.get_member(admin, author.member_id))
    site, bike = a_field("Site", "link"), a_field("Bike", "choice", "members", {"en": "Cargo\nTrekking"})
    fill(world.members["helper"], {site: "https://example.org/helper", bike: "2"})
    world.places["bike_field"] = bike
    world.places["contract_field"] = a_field("Contract", "choice", "staff", is_by_team=True)
    shows(world.members["new"], "members")
    shows(world.members["other"], "staff")
    with transaction(world.members["helper"]) as helper:
        member_actions.ask_to_join(helper, members.get_group(helper, testers), "I ride in all weathers.")
    world.places["group_request"] = (
        members.group_page(world.members["other"], members.get_group(SYSTEM, testers)).requests[0].id
    )


def _owing_step(world: World) -> None:
    """Administrators sign in in two steps; one of them has yet to set that up."""
    switched_on(world.members["admin"])
    world.members["owing_step"] = a_member("owing-step", roles=("admin",))
    world.tokens["owing step"] = _token(world.members["owing_step"])
    with transaction():
        community_actions.set_up(two_factor_roles=["admin"])


def _conversations(world: World) -> None:
    author, helper, partner = (world.members[name] for name in ("author", "helper", "partner"))
    open_id, news_id = category("Help", OPEN | {("moderate", world.places["keepers"])}), category("News")
    only = frozenset((verb, world.places["partners"]) for verb in ("see", "start", "reply"))
    with transaction(SYSTEM) as system:
        names = {"de": SECRET_CATEGORY, "en": SECRET_CATEGORY}
        private_id = actions.create_category(system, CategoryDraft(names, grants=only))
    question = thread(author, open_id, "How far does a charge last?", "In the hills.", kind="question", tags="range")
    answer = reply(helper, question.thread_id, "About **sixty** kilometres.")
    own = reply(author, question.thread_id, "Thank you, that helps.")
    taken_back = reply(author, question.thread_id, "Never mind.")
    rude = reply(author, question.thread_id, "You have no idea.")
    on_post(actions.delete_post, author, taken_back.post_id)
    on_post(actions.react, author, answer.post_id, "like", True)
    closed = thread(author, open_id, "This one is closed")
    on_thread(actions.close, SYSTEM, closed.thread_id)
    secret = thread(partner, private_id, SECRET_TITLE, SECRET_TEXT, tags="zinnober")
    secret_reply = reply(partner, secret.thread_id, "Zinnober wird knapp.")
    with transaction(author) as fresh:
        draft_id = actions.save_draft(fresh, f"thread:{closed.thread_id}", body="What I wanted to say")
    world.places |= {
        "category": queries.get_category(SYSTEM, open_id).slug,
        "category_id": open_id,
        "news_id": news_id,
        "private": queries.get_category(SYSTEM, private_id).slug,
        "private_id": private_id,
        "thread": question.thread_id,
        "slug": question.slug,
        "post": answer.post_id,
        "own": own.post_id,
        "first": question.post_id,
        "taken_back": taken_back.post_id,
        "rude": rude.post_id,
        "closed": closed.thread_id,
        "closed_slug": closed.slug,
        "secret": secret.thread_id,
        "secret_slug": secret.slug,
        "secret_post": secret.post_id,
        "secret_reply": secret_reply.post_id,
        "draft": draft_id,
    }


def _desk(world: World) -> None:
    helper, author, moderator = (world.members[name] for name in ("helper", "author", "moderator"))
    decided = a_report(helper, world.places["rude"])
    decision = a_decision(moderator, decided)
    world.places |= {
        "decided": decided,
        "decision": decision,
        "case": a_report(helper, world.places["own"], "This is rude as well."),
        "secret_case": a_report(moderator, world.places["secret_reply"], "Should this be told?"),
    }
    deliver()
    world.places["report"] = moderation.my_reports(helper)[0].id
    told = db.session.execute(sa.select(NOTIFICATIONS.c.id).where(NOTIFICATIONS.c.member_id == author.id)).scalars()
    world.places["notification"] = next(told)


def _ideas(world: World) -> None:
    """An open idea with a vote, one that was merged into it, a shipped one, and one in the private category."""
    author, helper, partner, product = (world.members[name] for name in ("author", "helper", "partner", "product"))
    area_id = ideas.area(world.places["category_id"], "Range")
    secret_area_id = ideas.area(world.places["private_id"], SECRET_CATEGORY)
    idea = ideas.idea(author, area_id, "A longer range in winter", "The cold eats *half* of it.", tags="range")
    ideas.vote(helper, idea.thread_id, importance="important", reason="I ride all year.")
    same = ideas.idea(helper, area_id, "A heated battery for the winter", "So that it lasts.")
    done = ideas.idea(helper, area_id, "Show the range in kilometres", "Not in bars.")
    secret = ideas.idea(partner, secret_area_id, f"{SECRET_TITLE} senken", SECRET_TEXT)
    with transaction(product) as member:
        idea_actions.merge(member, same.thread_id, idea.thread_id)
    ideas.set_status(product, done.thread_id, "shipped", "It is in version 3.")
    [secret_area] = (one.slug for one in idea_queries.areas(partner) if one.id == secret_area_id)
    world.places |= {
        "secret_area": secret_area,
        "idea": idea.thread_id,
        "idea_slug": idea.slug,
        "idea_change": ideas.now(idea.thread_id).status_change_id,
        "merged_idea": same.thread_id,
        "shipped_idea": done.thread_id,
        "secret_idea": secret.thread_id,
        "secret_idea_slug": secret.slug,
        "area": "range",
        "area_id": area_id,
        "status_id": ideas.now(idea.thread_id).status.id,
    }


def _former(world: World) -> None:
    """Somebody who was in the private category's group and has left it: what they followed, wrote, liked, supported,
    reported and were told there is still in the tables, and so is what they had begun to write."""
    partner, partners = world.members["partner"], world.places["partners"]
    former = world.members["former"] = a_member("former", groups=(partners,))
    secret, idea = world.places["secret"], world.places["secret_idea"]
    on_thread(actions.follow, former, secret, "watching")
    own = reply(former, secret, "Das wusste ich nicht.")
    on_post(actions.react, former, world.places["secret_post"], "like", True)
    ideas.vote(former, idea)
    with transaction(former) as fresh:
        for place in (f"thread:{secret}", f"edit:{own.post_id}", f"thread:{idea}"):
            actions.save_draft(fresh, place, body="What I wanted to say there")
    picture = _picture(world, "partner", _another_picture())
    shown = reply(partner, secret, f"@former: Zinnober, siehe ![Bild](/media/{picture}).")
    on_post(actions.react, partner, own.post_id, "thanks", True)
    a_report(former, world.places["secret_reply"])
    deliver()
    told = sa.select(NOTIFICATIONS.c.id).where(NOTIFICATIONS.c.member_id == former.id)
    world.places |= {
        "secret_own": own.post_id,
        "secret_picture": picture,
        "secret_shown": shown.post_id,
        "secret_notification": next(db.session.execute(told).scalars()),
        "secret_report": moderation.my_reports(former)[0].id,
        "secret_draft": queries.drafts(former)[0].id,
    }
    with transaction(world.members["manager"]) as manager:
        group, member = members.get_group(manager, partners), members.get_member(manager, former.member_id)
        member_actions.remove_from_group(manager, group, member)
    deliver()


def _another_picture() -> bytes:
    """One pixel that isn't red."""
    written = BytesIO()
    Image.new("RGB", (1, 1), "blue").save(written, "PNG")
    return written.getvalue()


def _picture(world: World, name: str, content: bytes) -> str:
    """A picture that a member has uploaded; returns its name."""
    picture = pictures.picture(content)
    store().put(picture.name, picture.content)
    with transaction(world.members[name]) as member:
        return media.keep(member, picture)


def _dead(table: sa.Table, name: str, **payload: Any) -> int:
    """An event or job that failed for good."""
    row = {"name": name, "payload": payload, "state": queue.DEAD, "attempts": queue.MAX_ATTEMPTS}
    with transaction():
        made = sa.insert(table).values(**row, created_at=clock.now(), due_at=clock.now(), error="no route to host")
        return int(db.session.execute(made.returning(table.c.id)).scalar_one())


def _rest(world: World) -> None:
    world.places["picture"] = _picture(world, "author", PICTURE)
    world.places["job"] = _dead(JOBS, "notifications.mail", notification_id=1)
    world.places["event"] = _dead(events.EVENTS, "ProfileChanged", member_id=world.members["new"].id)
    for name, purpose in (
        ("unconfirmed", "confirm"),
        ("helper", "reset"),
        ("helper", "sign-in"),
        ("helper", "unsubscribe"),
    ):
        account = members.get_member(SYSTEM, world.members[name].member_id)
        world.places[f"{purpose}_token"] = tokens.issue(purpose, account)
    with transaction(world.members["helper"]) as helper:
        member_actions.ask_for_email(helper, members.get_member(helper, helper.member_id), "helper2@example.org")
    account = members.get_member(SYSTEM, world.members["helper"].member_id)
    change = db.session.scalars(sa.select(EmailChange)).one()
    world.places |= {
        f"{side}_email_token": tokens.issue(purpose_of(side), account, of=str(change.id)) for side in members.SIDES
    }
    newcomer, manager = world.members["new"], world.members["manager"]
    with transaction(manager) as staff:
        member_actions.write_note(staff, members.account(staff, newcomer.member_id), "Met at the trade fair.")
        member_actions.sign_in(newcomer.member_id, "Firefox · Linux", network="203.0.113.7")
    [note] = members.notes_about(manager, members.account(manager, newcomer.member_id))
    world.places |= {
        "note_id": note.id,
        "note_mark": note.mark,
        "session_id": members.sign_ins_of(newcomer, "")[0].id,
    }
    book = rules.current()
    assert book is not None
    world.places |= {
        "audit_entry": db.session.scalar(sa.select(sa.func.max(AuditEntry.id))),
        "community_mark": community_queries.current().mark,
        "two_factor_mark": mark_of(community_queries.current().two_factor_roles),
        "member_id": world.members["new"].id,
        "unconfirmed_id": world.members["unconfirmed"].id,
        "waiting_id": world.members["waiting"].id,
        "banned_id": world.members["banned"].id,
        "product_id": world.members["product"].id,
        "tester_id": world.members["other"].id,
        "rulebook": book.head.id,
        "sha256": book.head.sha256,
        "rule": book.rules[0].id,
        "style": assets.address("app.css"),
    }


def _programs(world: World) -> None:
    product = world.members["product"]
    world.places["export"] = exports.export(product).id
    with transaction(product) as fresh:
        world.tokens["product"] = member_actions.make_token(fresh, "Nightly report", ["ideas:read"], None)
        member_actions.sign_in(product.member_id, "Firefox · Linux", network="203.0.113.9")
    world.places["passkey"] = a_passkey(product)
    world.places["token"] = members.tokens_of(product)[0].id
    world.places["sign_in"] = members.sign_ins_of(product, "")[0].id
    with transaction() as system:  # one that doesn't answer
        draft = ProviderDraft("company", "Velomark account", "http://127.0.0.1:9", "tafelrunde")
        world.places["provider"] = oidc_actions.add_provider(system, draft)
    world.places["identity"] = link_identity(world.members["helper"], world.places["provider"])


def _tokens(world: World) -> None:
    """Of those who may see the private category and those who may not; of customers who were of the team once; and some
    that are good for nothing."""
    partners = world.places["partners"]
    inside, gone = (partners,), ("customer", "customer inside")
    for name, groups in (("product inside", inside), ("customer", ()), ("customer inside", inside), ("unscoped", ())):
        holder = a_member(name.replace(" ", "-"), roles=("product",), groups=groups)
        world.tokens[name] = _token(holder)
        if name in gone:
            with transaction(SYSTEM) as system:
                member = members.get_member(system, holder.member_id, lock=True)
                member_actions.set_roles(system, member, ())
    world.tokens |= {name: _token(world.members[name]) for name in ("manager", "admin")}
    world.tokens["unknown"] = world.tokens["product"][:-4] + "none"
    with transaction():
        owner = sa.select(MEMBERS.c.id).where(MEMBERS.c.username == "unscoped").scalar_subquery()
        db.session.execute(sa.update(API_TOKENS).where(API_TOKENS.c.member_id == owner).values(scopes=[]))


def _token(holder: Actor) -> str:
    with transaction(holder) as fresh:
        return member_actions.make_token(fresh, "A program", ["ideas:read"], None)


def build() -> World:
    """The community in an empty database."""
    world = World()
    with transaction(SYSTEM) as system:
        community_actions.write_legal_text(system, "imprint", written(IMPRINT), mark_of({}))
        for before, words in (({}, TERMS[0]), TERMS):
            community_actions.write_legal_text(system, "terms", written(words), mark_of(before), "Who is meant")
    a_rulebook(is_material=True)
    a_rulebook(is_material=False, note="Shorter words.", addition=" Always.")
    _people(world)
    _conversations(world)
    _ideas(world)
    _programs(world)
    _desk(world)
    _former(world)
    _tokens(world)
    _rest(world)
    world.members = {name: members.actor_of(actor.member_id) for name, actor in world.members.items()}
    return world
