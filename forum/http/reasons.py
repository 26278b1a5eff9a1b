"""The sentence for each reason code, in the reader's language. Rooms raise codes; only here do they become words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.core.errors import Refused
from forum.http import render

SENTENCES: Mapping[str, Any] = {
    # the gate
    "sign-in": _l("Please sign in first."),
    "banned": _l("Your account is banned. You can read the decision, but not take part."),
    "silenced": _l("You can't write until %(until)s. Reading is open as before."),
    "unconfirmed": _l("Please confirm your e-mail address first; what you typed is kept as a draft."),
    "waiting": _l("The team is still looking at your request to join; what you typed is kept as a draft."),
    "owes-acceptance": _l(
        "There are rules here that you haven’t accepted yet. Please do so first; what you typed is kept as a draft."
    ),
    "not-allowed": _l("You aren't allowed to do this."),
    "staff-only": _l("This takes a role in the team that you don't have."),
    "members-only": _l("This is for members. It opens as soon as your account is confirmed."),
    "owes-second-step": _l("Your role asks for two-step sign-in. Please set it up under Settings first."),
    # members
    "registration-closed": _l("At present nobody can join here."),
    "registration-by-invitation": _l("One joins here by invitation: please open the link that you were sent."),
    "invitation-used": _l("As many people as it was meant for have joined by this invitation already."),
    "invitation-for-newcomers": _l("You have an account already, and this invitation is for people who have none."),
    "invitation-expired": _l("This invitation has expired."),
    "invitation-revoked": _l("This invitation was withdrawn."),
    "invitation-unknown": _l("This isn't the link of an invitation. Perhaps a part of it is missing."),
    "number-range": _l("Please enter a number from 1 to %(limit)s."),
    "send-again": _l("Please send this once more: programs fill in this form, too. What you typed is still here."),
    "domain-not-taken": _l("Only addresses of certain companies can join here. Please give the one you have at work."),
    "email-disposable": _l(
        "Addresses of this provider are good for a short while only, and no mail would reach you later. Please give "
        "another one."
    ),
    "email-denied": _l("Addresses of this provider can’t be used here. Please give another one."),
    "domain-both": _l("%(domain)s stands under the domains that are taken, too. Please decide for one of both."),
    "request-decided": _l("Somebody of the team has decided this already."),
    "signed-in-already": _l("You are signed in already."),
    "username-taken": _l("This user name is taken, or looks like one that is. Please choose another."),
    "username-same": _l("This is the user name already."),
    "renamed-lately": _l("You can change your user name again from %(begins)s on."),
    "username-letters": _l("A user name has letters and digits, and between them dot, underscore and hyphen."),
    "username-ends": _l("A user name begins with a letter or digit and ends with one."),
    "invisible-signs": _l("This contains invisible characters. Please type it again."),
    "email-invalid": _l("This doesn't look like an e-mail address. Please check it."),
    "email-in-use": _l("Another account has this e-mail address."),
    "email-same": _l("The account has this address already."),
    "own-email": _l("You change your own address in your settings, or ask another administrator."),
    "fields-many": _l("There are %(limit)s fields already. Please remove one first."),
    "field-fills-groups": _l(
        "Groups fill themselves by this field: %(groups)s. If members filled it in, each could let themselves into "
        "these groups. Please take the field out of them first."
    ),
    "field-kind-stays": _l("What a field holds stays as it is. Please make a new one."),
    "field-link": _l("This isn't an address of the web. It begins with https:// and holds no spaces."),
    "options-uneven": _l("Please give as many options in each language: those on the same line belong together."),
    "options-few": _l("Please give at least %(limit)s options, each on a line of its own."),
    "options-many": _l("These are too many: at most %(limit)s options."),
    "options-twice": _l("An option stands here twice."),
    "password-common": _l(
        "Many people have this password, so it is tried first. A few words that don't belong together make a good one."
    ),
    "password-personal": _l(
        "This is easy to guess from your name, your address or the name of this place. Please take words that have "
        "nothing to do with them."
    ),
    "password-pattern": _l(
        "This is too easy to guess: a word with a number behind it, a row of keys and a repetition are tried early. "
        "A few words that don't belong together make a good password."
    ),
    "password-wrong": _l("This isn't your current password."),
    "proof-needed": _l("Please confirm with your password first that it is you."),
    "sign-in-failed": _l(
        "User name and password don't fit together. Please check both. If you haven't confirmed your e-mail address "
        "yet, please sign in with your user name."
    ),
    "second-step-expired": _l("That took a little long. Please sign in once more."),
    "code-wrong": _l(
        "This code doesn't fit. Please wait for the next one. Is the clock of your device set automatically?"
    ),
    "code-digits": _l("Please enter the %(limit)s digits that your app shows now."),
    "code-used": _l("This code was used already. Please wait for the next one: it comes within half a minute."),
    "code-of-slow-clock": _l(
        "The clock of the device with your app is about %(count)s min slow. "
        "Please let it set the time automatically, then take the next code."
    ),
    "code-of-fast-clock": _l(
        "The clock of the device with your app is about %(count)s min fast. "
        "Please let it set the time automatically, then take the next code."
    ),
    "passkey-missing": _l("Passkeys need a browser that runs scripts. Please allow them for this site."),
    "passkey-impossible": _l("There are no passkeys at this address."),
    "passkey-elsewhere": _l(
        "This passkey was asked for at another address. Please open %(address)s yourself and try again there."
    ),
    "passkey-expired": _l("That took too long, or was sent twice. Please try once more."),
    "passkey-unknown": _l("This passkey belongs to no account here, or was removed. Please sign in another way."),
    "passkey-unfit": _l("What your device answered doesn't fit. Please try once more."),
    "passkey-copied": _l(
        "This passkey has counted backwards: there may be a copy of it. Please sign in another way, and remove it."
    ),
    "passkey-known": _l("This passkey is known here already."),
    "passkey-last": _l("This passkey is the only way into your account. Set a password or add another one first."),
    "passkeys-many": _l("You have %(limit)s passkeys, which is the most. Please remove one that you no longer use."),
    "two-factor-changed": _l("Somebody has changed this meanwhile; this is how it is now. Please choose anew."),
    "two-factor-on": _l("Two-step sign-in is switched on already."),
    "link-expired": _l("This link is too old or was used already. You can ask for a new one."),
    "link-early": _l(
        "It was made at a time that is yet to come, by the clock of this server. Please try again in some minutes; if "
        "it stays so, tell the team that the clocks differ."
    ),
    "own-roles": _l("Nobody changes their own roles. Please ask another administrator."),
    "higher-role": _l("Only administrators can do this with the account of an administrator."),
    "last-admin": _l("This is the last administrator. Make somebody else one first."),
    "group-exists": _l("There is a group of this name already."),
    "handle-taken": _l("A member or another group has this name, or had it, or has one that looks alike."),
    "group-too-large-to-call": _l(
        "@%(name)s has more than %(limit)s members, so they can't all be notified. Please write the name without @."
    ),
    "groups-called-often": _l(
        "You have mentioned groups %(limit)s times within a day. "
        "Please write the name without @, or try again tomorrow."
    ),
    "group-builtin": _l("This group is built in: everybody belongs to it, so it stays."),
    "group-unseen": _l("Others can only join a group that everybody who is signed in may see."),
    "group-moderates": _l("This group moderates a category, so nobody may be able to let themselves in."),
    "group-not-open": _l("Nobody can join this group without being asked in."),
    "group-without-requests": _l("This group takes no requests."),
    "group-owners-only": _l("This is for the owners of the group."),
    "group-automatic": _l(
        "You belong to this group because of your e-mail address, your profile or your account elsewhere, so you can't "
        "leave it."
    ),
    "group-automatic-member": _l(
        "This member belongs to the group because of their e-mail address, their profile or their account elsewhere."
    ),
    "domain-invalid": _l("This isn't the domain of an e-mail address: %(domain)s"),
    "domains-many": _l("A group has at most %(limit)s domains."),
    "group-not-member": _l("Only a member of the group can own it."),
    "group-invite-over": _l(
        "This invitation into a group no longer holds. Whoever looks after the group can invite you again."
    ),
    "group-invites-many": _l(
        "At most %(limit)s members can be invited into a group at a time. Withdraw an invitation, or await an answer."
    ),
    "group-owners-many": _l("A group has at most %(limit)s owners."),
    "follow-yourself": _l("That would be yourself."),
    "follow-blocked": _l("You have blocked this member. Please unblock them first."),
    "followed-many": _l("One can follow at most %(limit)s members. Please unfollow somebody first."),
    "block-yourself": _l("That would be yourself."),
    "block-staff": _l("The team can't be blocked: what it writes for the community is meant for everybody."),
    "blocked-many": _l("One can block at most %(limit)s members. Please unblock somebody first."),
    "no-such-member": _l("There is no member of this name."),
    "nothing-to-confirm": _l("There is no address to confirm."),
    "own-two-factor": _l("Your own two-step sign-in is switched off in your settings, with a code."),
    "own-sessions": _l("Your own devices are in your settings."),
    "sessions-of-team": _l("Somebody of the team is signed out by administrators only."),
    "day-unreadable": _l("Please give a day such as 2026-12-31."),
    "notes-about-yourself": _l("What the team notes about you is for the others of the team."),
    "looking-only": _l("You only look at the site as others see it, so nothing was done. End that first."),
    "looking-no-account": _l("You look at the site as somebody who has no account here. End that to see your own."),
    "choose-kind": _l("Please choose first what kind of thing it is."),
    "no-such-target": _l("There is nothing of this name or number. Of what has no name, please give the number."),
    "choose-act": _l("Please choose what is to be done."),
    "choose-group": _l("Please choose a group."),
    "choose-members": _l("Please choose at least one member."),
    "too-many-members": _l("At most %(limit)s members at once, please."),
    "in-group-already": _l("Belongs to the group already."),
    "not-in-group": _l("Doesn't belong to the group."),
    "not-dead": _l("This isn't among the failed ones any more; it is probably being tried already."),
    # OpenID providers
    "provider-silent": _l("%(name)s doesn't answer at present. Please try again in a minute."),
    "provider-answer": _l(
        "What %(name)s has answered can't be trusted, so nobody was signed in. Please try once more; if it stays so, "
        "tell the team."
    ),
    "provider-clock": _l(
        "The clocks of this server and of %(name)s differ by several minutes, so nobody was signed in. "
        "Please tell the team."
    ),
    "provider-setup": _l(
        "%(name)s can't be used for signing in at present: something is set up wrongly. Please tell the team; an "
        "administrator has to look at it."
    ),
    "provider-declined": _l("%(name)s hasn't signed you in."),
    "provider-opens-none": _l(
        "%(name)s opens no accounts here. Whoever has one signs in to it as before, and links both in the settings."
    ),
    "sign-in-lost": _l(
        "That took too long, was begun in another browser, or is over already. Please sign in once more."
    ),
    "sign-in-used": _l("This was used already. Please sign in once more."),
    "identity-has-account": _l(
        "There is an account with this address already. Sign in to it once as before, and link %(name)s in the "
        "settings."
    ),
    "identity-taken": _l("Another account is linked with this one of %(name)s already."),
    "identity-of-another": _l("%(name)s knows you as somebody else than the one who is signed in here."),
    "last-way-in": _l("It is your only way in, so it stays. Set a password first, or link another account."),
    "provider-key": _l(
        "A key has small letters, digits and hyphens, begins with a letter and has at most %(limit)s characters."
    ),
    "provider-key-taken": _l("There is a provider with this key already."),
    "provider-issuer": _l("Please give an address that begins with https://, without anything behind a question mark."),
    "provider-issuer-stays": _l("Members sign in by it, so the issuer stays. Set another provider up beside it."),
    "provider-claim": _l("The name of a claim has letters, digits and signs, and no blanks."),
    "provider-pair": _l("“%(line)s” isn't of the form value = name."),
    "provider-pairs": _l("At most %(limit)s lines fit in."),
    "provider-unknown-name": _l("There is nothing called “%(name)s” here."),
    "too-many-providers": _l("A community has at most %(limit)s providers."),
    "sso-not-tried": _l("To switch it on, sign in by a provider yourself first."),
    "sso-is-on": _l("At present there is no other way in. Let the other ways in first."),
    # the community
    "legal-text-demanded": _l("The law demands this text. It can be changed, but not withdrawn."),
    "domains-required": _l("Please name at least one domain: else nobody could join."),
    "domain-unreadable": _l("“%(domain)s” isn't a domain. It is what stands behind the @, such as example.com."),
    "too-many-domains": _l("At most %(limit)s domains fit in."),
    "colour-unreadable": _l("This isn't a colour. It is written as # and six signs, such as #0a5c7a."),
    "style-unreadable": _l("Line %(line)s can't be read. Is a bracket missing there, or one too many?"),
    "style-rule-refused": _l("%(rule)s in line %(line)s isn't possible here. Please put the rules themselves in."),
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
    # conversations
    "category-holds-threads": _l("The category still holds threads. Only an empty one can be deleted."),
    "category-holds-areas": _l(
        "The category still holds product areas of the ideas board. Only an empty one can be deleted."
    ),
    "category-no-start": _l("In this category only some groups start threads."),
    "category-no-reply": _l("In this category only some groups reply."),
    "moderating-everybody": _l("A group that holds everybody can't moderate. Please choose others."),
    "moderating-open-group": _l(
        "Whoever likes gets into the group %(name)s, so it can't moderate. Please change first how one gets into it."
    ),
    "choose-category": _l("Please choose a category."),
    "thread-closed": _l("This thread is closed: nobody can reply or change anything. Your text is among your drafts."),
    "idea-closed": _l("This idea is closed: nobody can comment or change anything. Your text is among your drafts."),
    "thread-hidden": _l("This thread isn't public at the moment."),
    "thread-removed": _l("This thread was removed by the moderators."),
    "thread-deleted": _l("Whoever started this thread has taken it back."),
    "post-removed": _l("This post was removed by the moderators."),
    "post-deleted": _l("The author has taken this post back."),
    "post-hidden": _l("This post isn't public at the moment."),
    "post-not-deleted": _l("This post isn't taken back."),
    "not-yours": _l("This belongs to somebody else."),
    "own-post": _l("Your own posts are for others to react to."),
    "others-replied": _l("Others have written below it already, so the first post stays. You can edit it."),
    "not-a-question": _l("Only questions have solutions."),
    "not-a-solution": _l("This post can't be the solution."),
    "sent-twice-changed": _l(
        "You have sent this form before, with another text. Is this a new post? Then send it once more."
    ),
    "too-many-tags": _l("At most %(limit)s tags, please."),
    "tag-too-long": _l("A tag has at most %(limit)s characters."),
    "body-too-long": _l("This is too long: at most %(limit)s KB of text."),
    "slug-taken": _l("This address is taken or empty. Please choose another."),
    "idea-changed": _l("Somebody has changed the status or the answer meanwhile. Compare both before you save."),
    "answer-required": _l("Whoever declines an idea says why: please write an official answer."),
    "target-month": _l("Please give the month as year and month, such as 2027-03."),
    "merge-self": _l("An idea can't be merged into itself. Please choose another one."),
    "merge-circle": _l("The other idea was merged into this one, so this one can't be merged into it."),
    "already-merged": _l("This was merged already; it is part of “%(title)s” now."),
    "merge-opens": _l("More people may read the other category. Move the text there on purpose first, or leave it."),
    "merge-outer": _l("“%(title)s” was merged further since. Please undo that merge first."),
    "made-already": _l("An idea was made of this post already."),
    "not-merged": _l("This isn't merged into another one, or no longer."),
    "moved": _l("This was merged into what you see here, so nothing was done. Please do it here."),
    # pictures
    "picture-missing": _l("Please choose a picture."),
    "picture-too-large": _l("This picture is too large: at most %(limit)s MB."),
    "picture-too-many-pixels": _l("This picture has too many pixels: at most %(limit)s million."),
    "picture-kind": _l("This isn't a picture that can be shown. PNG, JPEG, GIF and WebP can."),
    "picture-broken": _l("This picture is damaged, or not all of it arrived. Please save it anew and try again."),
    "picture-hides": _l(
        "There is more in this file than a picture, such as a script or an archive. Please save the picture anew and "
        "try again."
    ),
    "picture-svg": _l("An SVG file can hold scripts, so it isn't taken. Please save the logo as PNG or WebP."),
    "logo-invisible": _l("There is nothing to be seen in this picture: it is transparent all over."),
    "logo-too-small": _l("This picture is too small for a logo: it needs at least %(limit)s pixels each way."),
    "logo-shape": _l(
        "A logo may be at most %(widest)s times as wide as high, and at most %(highest)s times as high as wide."
    ),
    "logos-differ": _l("Of the two logos one is about square and the other isn't. Both need the same form."),
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
    "suspend-yourself": _l("Nobody suspends themselves."),
    "suspend-staff": _l("Somebody of the team is suspended by administrators only."),
    "suspended-already": _l("This member is suspended already."),
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
    # exports and personal tokens
    "no-such-status": _l("There is no status “%(name)s”."),
    "no-such-area": _l("There is no product area “%(name)s”."),
    "no-such-snapshot": _l("There is no snapshot %(number)s, or it isn't visible to you."),
    "as-of-future": _l("This moment is yet to come."),
    "time-unreadable": _l("Please give a time such as 2026-12-31 18:00."),
    "export-top": _l("Please give a number of ideas from 1 to %(limit)s, or leave it empty."),
    "export-not-ready": _l("Snapshot %(number)s is not ready yet."),
    "export-lost": _l("The rows of snapshot %(number)s are no longer in the data directory."),
    "export-not-allowed": _l("Whoever asked for this export may no longer have it."),
    "export-broke": _l("Something went wrong; it is tried again."),
    "export-ended": _l("This export broke off before it was done."),
    "disk-full": _l("The disk is full, so nothing was written. Please make room and try again."),
    "not-writable": _l("The data directory can't be written to. Please tell your administrator."),
    "token-required": _l("Please send a personal token in the header Authorization: Bearer …"),
    "token-unknown": _l("This token isn't valid: it was revoked, has expired, or never was one."),
    "token-scope": _l("This token may not be used for this: it lacks the scope %(scope)s."),
    "token-days": _l("Please give a number of days from 1 to %(limit)s, or leave it empty."),
    "too-many-tokens": _l("You have %(limit)s tokens, which is the most. Please revoke one that you no longer need."),
    "parameter": _l("The parameter %(name)s can't be %(value)s."),
    "parameter-unknown": _l("There is no parameter %(name)s here."),
    # the community
    "language-not-offered": _l("The default language must be one of those offered."),
    # the first run
    "setup-elsewhere": _l(
        "Another browser goes on with the set-up. “forum setup-link” prints a link that brings it here."
    ),
    # everywhere
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


_AMOUNTS = {"limit", "count", "seconds"}
"""Parameters that are written as the reader writes numbers; other numbers are names of things."""


def _spoken(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return render.moment(value)
    return render.number(value) if name in _AMOUNTS else value


def sentence(refused: Refused) -> str:
    """What to tell the reader. Raises LookupError for a code without a sentence; a test looks for those."""
    if refused.code == "too-many" and refused.parameters.get("seconds", 0) > 90:
        minutes = round(refused.parameters["seconds"] / 60)
        return ngettext(
            "That was a little too often. Please try again in %(num)s minute.",
            "That was a little too often. Please try again in %(num)s minutes.",
            minutes,
        )
    text = SENTENCES[refused.code]
    return str(text) % {name: _spoken(name, value) for name, value in refused.parameters.items()}
