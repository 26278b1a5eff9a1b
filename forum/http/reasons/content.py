"""What is refused about what is written: threads, ideas, pictures, exports, and what programs ask for."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

SENTENCES: Mapping[str, Any] = {
    # conversations
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
}
