"""What is refused about the community itself, its rules and its desk, and what is refused everywhere."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

SENTENCES: Mapping[str, Any] = {
    # the community
    "legal-text-demanded": _l("The law demands this text. It can be changed, but not withdrawn."),
    "domains-required": _l("Please name at least one domain: else nobody could join."),
    "domain-unreadable": _l("“%(domain)s” isn't a domain. It is what stands behind the @, such as example.com."),
    "too-many-domains": _l("At most %(limit)s domains fit in."),
    "colour-unreadable": _l("This isn't a colour. It is written as # and six signs, such as #0a5c7a."),
    "style-unreadable": _l("Line %(line)s can't be read. Is a bracket missing there, or one too many?"),
    "style-rule-refused": _l("%(rule)s in line %(line)s isn't possible here. Please put the rules themselves in."),
    "language-not-offered": _l("The default language must be one of those offered."),
    "category-holds-threads": _l("The category still holds threads. Only an empty one can be deleted."),
    "category-holds-areas": _l(
        "The category still holds product areas of the ideas board. Only an empty one can be deleted."
    ),
    # rules
    "accept-rules": _l("To join, please accept the rules."),
    "accept-rules-box": _l("Please tick the box if you accept the rules."),
    "rules-changed": _l("The rules have changed while this page was open. Please read them once more."),
    "rules-published-meanwhile": _l("Somebody else has just published a version. Please read it first."),
    "rules-none": _l("There must be at least one rule."),
    "rules-too-many": _l("At most %(limit)s rules fit into one version."),
    "rules-twice": _l("Two rules have the same number."),
    "rule-number": _l("Each rule needs a number from 1 to 999."),
    "rule-severity": _l("The severity of a rule is 1, 2 or 3."),
    "rule-words": _l("A rule's title and text are texts, or one text for each language."),
    "rules-date": _l("This isn't a date and time that can be understood."),
    "rules-before-earlier": _l("A version can't come into force before an earlier one."),
    "rules-material": _l("Please say whether members must accept this version (material is true or false)."),
    "rules-unreadable": _l("This can't be read: %(reason)s"),
    # the desk
    "way-in-unconfirmed": _l("Please confirm your e-mail address first. Then you can add ways to sign in."),
    "report-unconfirmed": _l("Please confirm your e-mail address first. Then you can report."),
    "report-waiting": _l("The team is still looking at your request to join. Then you can report."),
    "report-yourself": _l("You can't report yourself. You can edit or take back what you wrote."),
    "report-text-required": _l("Please say in a sentence what is wrong."),
    "reported-already": _l("You have reported this already. The team is looking at it."),
    "reports-too-many": _l("You have reported %(limit)s times within a day. Please try again tomorrow."),
    "rule-required": _l("Please choose the rule that this is about."),
    "rule-unknown": _l("This rule isn't in force any more. Please choose another."),
    "case-changing": _l("This case is being changed at the moment. Please try once more."),
    "case-claimed": _l("%(name)s is working on this case."),
    "case-decided": _l("This case has been decided already."),
    "case-not-yours": _l("Somebody else has this case; a manager can give it back."),
    "case-own-report": _l("You have reported this yourself, so somebody else decides it."),
    "suspend-yourself": _l("Nobody suspends or bans themselves."),
    "suspend-staff": _l("Somebody of the team is suspended or banned by administrators only."),
    "suspended-already": _l("This member is suspended or banned already."),
    "case-about-staff": _l("This case is about somebody of the team, so an administrator decides it."),
    "decision-of-others": _l("Somebody else has decided this. The team can undo it."),
    "act-unknown": _l("Please choose one of the decisions offered."),
    "pictures-required": _l("Please choose what is to go."),
    "pictures-gone": _l("The profile shows none of this any more. Please look at the case again."),
    "act-nobody": _l("There is nobody any more whom this decision could concern."),
    "reason-required": _l("Please give the reason: it is sent to those concerned."),
    "days-range": _l("Please enter a number of days from 1 to %(limit)s."),
    "decision-reversed": _l("This decision has been undone already."),
    "idea-settled": _l("Voting on this idea has ended: it is shipped or declined."),
    "area-has-ideas": _l("Ideas stand in this area, so its category stays. Make a new area, or move them first."),
    "status-has-ideas": _l("Ideas have or had this status, so it stays. You can rename it."),
    "last-status-of-stage": _l("This is the last status with this meaning, and each meaning keeps one."),
    "choose-area": _l("Please choose what the idea is about."),
    "choose-idea": _l("Please choose an idea, or name one."),
    "idea-unknown": _l("There is no idea of this number or address that you can see."),
    # the first run
    "setup-elsewhere": _l(
        "Another browser goes on with the set-up. “forum setup-link” prints a link that brings it here."
    ),
    # everywhere
    "choose-kind": _l("Please choose first what kind of thing it is."),
    "no-such-target": _l("There is nothing of this name or number. Of what has no name, please give the number."),
    "unknown-choice": _l("Please choose one of the values offered."),
    "not-found": _l("There is nothing at this address, or it isn't visible to you."),
    "page": _l("This page of the list doesn't exist."),
    "cursor": _l("This part of the list doesn't exist."),
    "too-many": _l("That was a little too often. Please try again in %(seconds)s seconds."),
    "required": _l("Please fill this in."),
    "too-long": _l("This is too long: at most %(limit)s characters."),
    "too-short": _l("This is too short: at least %(limit)s characters."),
    "address-refused": _l("Please give an address that begins with https://, or with / for a page of this community."),
    "too-many-links": _l("At most %(limit)s links."),
    "changed-meanwhile": _l("Somebody has changed this meanwhile. Compare both versions before you save."),
    "foreign-origin": _l("This was sent from another website, so nothing was done. Please do it here."),
    "csrf": _l("This form had expired. Nothing is lost: please send it once more."),
}
