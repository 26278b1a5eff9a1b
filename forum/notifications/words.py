"""What a notification says, made anew from its kind and data for each reader, in their language as the community speaks
it (`core.locale` calls that a tongue).

Page and mail say the same; the statement of reasons is the same before it is sent (on the desk) and after.
"""

from datetime import datetime

from forum.core.formats import written
from forum.core.locale import isolated, language_of, text_in, translations
from forum.moderation.queries import Statement
from forum.notifications.queries import NotificationRow


def day(moment: datetime, tongue: str, zone: str) -> str:
    """The date as the language writes it, with the month in words."""
    return written(moment, "date", language_of(tongue), zone)


def _time(moment: datetime, tongue: str, zone: str) -> str:
    return written(moment, "long", language_of(tongue), zone)


def sentence(row: NotificationRow, tongue: str, zone: str) -> str:
    """One line that says what happened."""
    if row.kind == "decision":
        return _decision(row, tongue, zone)
    if row.kind in {"report_outcome", "reversal"}:
        return _outcome(row, tongue)
    if row.kind.startswith("idea_"):
        return _about_idea(row, tongue)
    if row.kind.startswith("group_"):
        return _about_group(row, tongue)
    return _about_post(row, tongue)


def _about_idea(row: NotificationRow, tongue: str) -> str:
    _, data = translations(tongue).gettext, row.data
    values = {"title": isolated(row.title)}
    if row.kind == "idea_made":
        values["from"] = isolated(data.get("from_title", ""))
        return _("Your post in “%(from)s” was made an idea: “%(title)s”") % values
    if row.kind == "idea_merged":
        values["source"] = isolated(data.get("source_title", ""))
        if data.get("is_own"):
            return _("Your idea “%(source)s” was merged into “%(title)s”") % values
        return _("“%(source)s”, which you support, was merged into “%(title)s”") % values
    if data.get("is_new_status"):
        values["status"] = text_in(data.get("status"), language_of(tongue))
        return _("“%(title)s” has a new status: %(status)s") % values
    return _("There is an official answer to “%(title)s”") % values


def _about_group(row: NotificationRow, tongue: str) -> str:
    _ = translations(tongue).gettext
    values = {"group": isolated(row.title), "name": isolated(_name(row, tongue))}
    if row.kind == "group_request":
        return _("%(name)s would like to join the group “%(group)s”") % values
    if row.kind == "group_invited":
        return _("%(name)s invites you to the group “%(group)s”") % values
    if row.kind == "group_invite_answer" and row.data.get("is_accepted"):
        return _("%(name)s has accepted your invitation to the group “%(group)s”") % values
    if row.kind == "group_invite_answer":
        return _("%(name)s has declined your invitation to the group “%(group)s”") % values
    if row.data.get("is_accepted"):
        return _("You belong to the group “%(group)s” now") % values
    return _("Your request to join the group “%(group)s” was declined") % values


def _name(row: NotificationRow, tongue: str) -> str:
    """Whose act it tells of."""
    return row.actor.display_name if row.actor is not None else translations(tongue).gettext("Somebody")


def _about_post(row: NotificationRow, tongue: str) -> str:
    catalogue = translations(tongue)
    _, ngettext = catalogue.gettext, catalogue.ngettext
    others = max(0, row.reaction_count - 1)
    sentences = {
        "mention": _("%(name)s mentioned you in “%(title)s”"),
        "quote": _("%(name)s answered your post in “%(title)s”"),
        "reply": _("%(name)s commented on “%(title)s”") if row.is_about_idea else _("%(name)s replied in “%(title)s”"),
        "thread": _("%(name)s proposed “%(title)s”") if row.is_about_idea else _("%(name)s started “%(title)s”"),
        "solution": _("Your post was marked as the solution in “%(title)s”"),
        "reaction": _("%(name)s reacted to your post in “%(title)s”"),
    }
    said = sentences[row.kind]
    if row.kind == "mention" and row.data.get("group"):
        said = _("%(name)s mentioned %(group)s in “%(title)s”")
    if row.kind == "reaction" and others:
        said = ngettext(
            "%(name)s reacted to your post in “%(title)s”, and there is %(num)s more reaction",
            "%(name)s reacted to your post in “%(title)s”, and there are %(num)s more reactions",
            others,
        )
    values = {"name": isolated(_name(row, tongue)), "title": isolated(row.title), "num": others}
    return said % {**values, "group": isolated(str(row.data.get("group", "")))}


def _outcome(row: NotificationRow, tongue: str) -> str:
    _ = translations(tongue).gettext
    if row.kind == "reversal" and not row.data.get("report_id"):
        return _("A decision about you was undone")
    if row.kind == "reversal":
        said = _("The decision on your report %(number)s was undone")
    elif row.data.get("act") == "no_action":
        said = _("Your report %(number)s was looked at: we found no violation of the rules")
    else:
        said = _("Your report %(number)s was looked at: you were right, and we have acted on it")
    return said % {"number": row.data.get("number", "")}


def _decision(row: NotificationRow, tongue: str, zone: str) -> str:
    _ = translations(tongue).gettext
    act, title = row.data.get("act"), isolated(row.data.get("title", ""))
    if act == "silence" and row.data.get("until"):
        until = datetime.fromisoformat(row.data["until"])
        return _("You can't write until %(until)s") % {"until": _time(until, tongue, zone)}
    if act == "suspend" and row.data.get("until"):
        until = datetime.fromisoformat(row.data["until"])
        return _("Your account is suspended until %(until)s") % {"until": _time(until, tongue, zone)}
    if act == "ban":
        return _("Your account was banned permanently")
    if act == "remove_warn":
        if not row.data.get("is_about_post"):
            return _("You were warned")
        return _("Your post in “%(title)s” was removed, and you were warned") % {"title": title}
    if not row.data.get("is_about_post"):
        return _("A picture of your profile was removed")
    return _("Your post in “%(title)s” was removed") % {"title": title}


def excerpt(row: NotificationRow, tongue: str) -> str:
    """The line below: what was written, or why it was decided so."""
    if row.kind == "reversal":
        return str(row.data.get("reversal_reason", ""))
    if row.kind in {"report_outcome", "idea_merged", "group_answer", "group_invited", "group_invite_answer"}:
        return ""
    if row.kind == "group_request":
        return str(row.data.get("words", ""))
    if row.kind == "idea_status":
        return str(row.data.get("answer", ""))
    if row.kind != "decision":
        return row.excerpt
    rule, reason = row.data.get("rule"), str(row.data.get("reason", ""))
    return f"{rule['number']}. {text_in(rule['title'], language_of(tongue))} – {reason}" if rule else reason


_TO_WHAT = {
    **dict.fromkeys(("mention", "quote", "reply", "thread"), "post"),
    **dict.fromkeys(("reaction", "solution"), "own-post"),
    **dict.fromkeys(("idea_status", "idea_merged", "idea_made"), "idea"),
    "group_request": "group-request",
    "group_answer": "group",
    "group_invited": "invitation",
    "group_invite_answer": "invited-group",
    "decision": "decision",
    "report_outcome": "report",
}


def _what(row: NotificationRow) -> str:
    """What a notification leads to."""
    if row.kind == "reversal":
        return "report" if row.data.get("report_id") else "decision"
    return _TO_WHAT[row.kind]


def action(row: NotificationRow, tongue: str) -> str:
    """The words of the one button of its mail."""
    _ = translations(tongue).gettext
    return {
        "post": _("Read it and answer"),
        "own-post": _("Go to your post"),
        "idea": _("Go to the idea"),
        "group-request": _("Answer the request"),
        "group": _("Go to the group"),
        "invitation": _("See the invitation"),
        "invited-group": _("Go to the group"),
        "decision": _("Read the decision"),
        "report": _("See your report"),
    }[_what(row)]


def why(row: NotificationRow, tongue: str) -> str:
    """Why just this member gets its mail."""
    _ = translations(tongue).gettext
    if row.kind == "mention" and row.data.get("group"):
        group = isolated(str(row.data["group"]))
        return _("You get this e-mail because somebody mentioned %(group)s, to which you belong.") % {"group": group}
    if row.kind == "mention":
        return _("You get this e-mail because somebody mentioned you.")
    if row.kind == "reply":
        return _("You get this e-mail because you follow this conversation.")
    if row.kind == "thread":
        return _("You get this e-mail because you follow %(name)s.") % {"name": isolated(_name(row, tongue))}
    return {
        "post": _("You get this e-mail because somebody answered you."),
        "own-post": _("You get this e-mail because it is about your post."),
        "idea": _("You get this e-mail because you proposed, support or follow this idea."),
        "group-request": _("You get this e-mail because you look after this group."),
        "group": _("You get this e-mail because you asked to join this group."),
        "invitation": _("You get this e-mail because somebody invited you to this group."),
        "invited-group": _("You get this e-mail because you invited somebody to this group."),
        "decision": _("You get this e-mail because the decision is about you."),
        "report": _("You get this e-mail because you made a report."),
    }[_what(row)]


ICONS = {
    "decision": "gavel",
    "reversal": "undo-2",
    "report_outcome": "flag",
    "solution": "circle-check",
    "reaction": "heart",
    "idea_status": "lightbulb",
    "idea_merged": "git-merge",
    "idea_made": "lightbulb",
    "group_answer": "users",
}
"""The sign beside what nobody's face stands beside."""


# ---------------------------------------------------------------- the statement of reasons


def _facts(said: Statement, tongue: str, zone: str) -> str:
    """What has been done, in one or two sentences."""
    _ = translations(tongue).gettext
    title = isolated(said.title)
    parts: list[str] = []
    if said.removed_post and said.is_about_post:
        if said.written_at is not None:
            on_day = day(said.written_at, tongue, zone)
            parts.append(_("We have removed your post of %(day)s in “%(title)s”.") % {"day": on_day, "title": title})
        else:
            parts.append(_("We have removed your post in “%(title)s”.") % {"title": title})
    elif said.is_about_post:
        parts.append(_("This is about your post in “%(title)s”.") % {"title": title})
    elif set(said.removed_pictures) == {"avatar", "banner"}:
        parts.append(_("We have removed the picture and the banner of your profile."))
    elif said.removed_pictures or said.act == "remove":
        parts.append(
            _("We have removed the banner of your profile.")
            if "banner" in said.removed_pictures
            else _("We have removed the picture of your profile.")
        )
    if said.act == "remove_warn":
        parts.append(_("This is a warning."))
    if said.act == "silence" and said.until is not None:
        until = _time(said.until, tongue, zone)
        parts.append(
            _("Until %(until)s you can read but not write. After that you can write again without doing anything.")
            % {"until": until}
        )
    if said.act == "suspend" and said.until is not None:
        until = _time(said.until, tongue, zone)
        parts.append(
            _(
                "Your account is suspended until %(until)s: until then you can sign in and read this decision, but not "
                "take part. After that you can take part again without doing anything."
            )
            % {"until": until}
        )
    if said.act == "ban":
        parts.append(
            _("Your account is banned permanently: you can still sign in and read this decision, but not take part.")
        )
    return " ".join(parts)


def letter(said: Statement, tongue: str, zone: str) -> list[str]:
    """The statement of reasons in paragraphs: facts, rule, reason, how it came about, what can be done."""
    _ = translations(tongue).gettext
    paragraphs = [_facts(said, tongue, zone)]
    if said.rule is not None:
        paragraphs.append(
            _("It goes against rule %(number)s, %(title)s (version %(version)s): “%(text)s”")
            % {
                "number": said.rule.number,
                "title": text_in(said.rule.title, language_of(tongue)),
                "version": said.rule.version,
                "text": text_in(said.rule.text, language_of(tongue)).strip(),
            }
        )
    paragraphs += said.reason.split("\n\n")
    paragraphs.append(
        _("Members reported it. A person made this decision, no machine.")
        if said.was_reported
        else _("Our team noticed it. A person made this decision, no machine.")
    )
    paragraphs.append(
        _(
            "If you see it differently, write to somebody of the team and name the number %(number)s: "
            "a decision can be undone."
        )
        % {"number": said.number}
    )
    return [paragraph for paragraph in paragraphs if paragraph]


def reversal(said: Statement, tongue: str) -> list[str]:
    """What the one concerned is told when a decision was undone."""
    _ = translations(tongue).gettext
    paragraphs = [_("We have looked at this decision again and undone it.")]
    if said.removed_post and said.is_about_post:
        paragraphs.append(_("Your post in “%(title)s” is back.") % {"title": isolated(said.title)})
    if said.removed_pictures:
        paragraphs.append(
            _("What was removed from your profile is back, unless you have another picture there by now.")
        )
    if said.act in {"silence", "suspend", "ban"}:
        paragraphs.append(_("You can take part again as before, unless another decision still holds."))
    if said.act == "remove_warn":
        paragraphs.append(_("The warning no longer counts."))
    paragraphs += said.reversal_reason.split("\n\n")
    return [paragraph for paragraph in paragraphs if paragraph]
