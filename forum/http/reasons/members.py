"""What is refused to somebody as who they are: at the gate, with their account, in groups, at a provider."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

SENTENCES: Mapping[str, Any] = {
    # the gate
    "sign-in": _l("Please sign in first."),
    "banned": _l("Your account is suspended or banned. You can read the decision, but not take part."),
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
}
