"""What goes wrong becomes a page that says what happened and what to do, or a problem document (RFC 9457)."""

import json
from typing import Any

import structlog
from flask import Flask, Response, current_app, make_response, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from forum.core.errors import Moved, Refused, TooMany
from forum.core.locale import SOURCE, languages
from forum.core.logging import request_id, security
from forum.http import language, render, suspicion, viewer
from forum.http.limits import network
from forum.http.reasons import sentence
from forum.http.request_log import place

log = structlog.get_logger(__name__)

# status: (title, what happened, what to do)
PAGES: dict[int, tuple[Any, Any, Any]] = {
    400: (
        _l("That request didn't fit"),
        _l("We couldn't understand what was sent."),
        _l("Go back, check what you entered and send it again."),
    ),
    401: (
        _l("Please say who you are"),
        _l("This is open to programs with a valid personal token."),
        _l("Make one in the settings and send it with each request."),
    ),
    403: (
        _l("That isn't open to you"),
        _l("You aren't allowed to do this."),
        _l("If you think that is wrong, please write to the team."),
    ),
    404: (
        _l("There is nothing here"),
        _l("There is nothing at this address, or it isn't visible to you."),
        _l("Check the address, or start from the front page."),
    ),
    409: (
        _l("Something has changed meanwhile"),
        _l("What you wanted to change is no longer as you saw it."),
        _l("Look at its present state and decide anew. What you typed is not lost: go back and it is still there."),
    ),
    410: (
        _l("This has been removed"),
        _l("What was here has been removed and won't come back at this address."),
        _l("The front page shows what people are talking about now."),
    ),
    413: (
        _l("That was too large"),
        _l("What you sent is larger than we can take."),
        _l("Go back and send less: a shorter text, or a smaller picture."),
    ),
    429: (
        _l("A little too often"),
        _l("You did this many times in a short while."),
        _l("Take a short break and try again. What you typed is not lost: go back and it is still there."),
    ),
    500: (
        _l("Something broke on our side"),
        _l("An error happened while we answered. It has been recorded."),
        _l("Try again in a moment. If it keeps happening, tell the team and name the reference below."),
    ),
    503: (
        _l("Not open at the moment"),
        _l("This can't be reached at the moment."),
        _l("Please come back a little later."),
    ),
}


def answer(status: int, what: str | None = None, *, code: str = "", retry_after: int | None = None) -> Response:
    """The page or problem document of an error; `what` replaces the general sentence of the status."""
    if status >= 500:
        language.settle(_plain_language())
    known = status if status in PAGES else (500 if status >= 500 else 400)
    title, general, todo = (str(part) for part in PAGES[known])
    what = what or general
    if render.wants_json():
        problem = {"type": "about:blank", "title": title, "status": status, "detail": what, "instance": request.path}
        if code:
            problem["code"] = code
        response = make_response(json.dumps(problem, ensure_ascii=False), status)
        response.mimetype = "application/problem+json"
    else:
        values = {
            "status": status,
            "title": title,
            "what": what,
            "todo": todo,
            "reference": "",
            "kept": _typed(),
            "back": page_of_form(),
        }
        if status >= 500:
            values["reference"] = request_id()
        response = _page(status, values)
    response.headers["Cache-Control"] = "no-store"
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _typed() -> str:
    """What the reader had typed into the form that failed, so that it can be saved from the page of the error."""
    if request.method != "POST" or request.content_length is None or request.content_length > 600_000:
        return ""
    try:
        return "\n\n".join(
            filter(None, (request.form.get(name, "") for name in ("title", "body", "text", "about", "reason")))
        )
    except HTTPException:
        return ""


def page_of_form() -> str:
    """The address of this site's page whose form was refused; empty where the browser names none to return to."""
    host, _slash, rest = (request.referrer or "").partition("://")[2].partition("/")
    routes = current_app.create_url_adapter(request)
    if request.method != "POST" or host != request.host or routes is None:
        return ""
    address = "/" + rest.lstrip("/\\")  # two slashes would name another site
    return address if routes.test(address.partition("?")[0], "GET") else ""


def _page(status: int, values: dict[str, Any]) -> Response:
    if status < 500:
        try:
            return render.page("errors/error.html", status, **values)
        except Exception:
            log.exception("error page failed")
    language.speak(language.tongue_of_answer())
    template = current_app.jinja_env.get_template("errors/error_plain.html")
    html = template.render(language=language.of_answer(), **values)
    return make_response(html, status)


def _plain_language() -> str:
    return viewer.preferred(request.headers.get("Accept-Language", ""), languages(), SOURCE)


def _moved(error: Moved) -> Response:
    """Who reads goes on at the other address. Who sent something is told that nothing was done, and led there."""
    if request.method in {"GET", "HEAD"}:
        return make_response(redirect(error.address, 302))
    if render.wants_json():
        return answer(409, sentence(error), code=error.code)
    render.flash(sentence(error), "warn")
    return make_response(redirect(error.address, 303))


def _refused(error: Refused) -> Response:
    if isinstance(error, Moved):
        return _moved(error)
    suspicion.note(error)
    if error.code == "owes-second-step" and request.method in {"GET", "HEAD"} and not render.wants_json():
        return make_response(redirect(url_for("settings_two_factor.show", next=viewer.here()), 303))
    seconds = int(error.parameters["seconds"]) if isinstance(error, TooMany) else None
    return answer(error.status, sentence(error), code=error.code, retry_after=seconds)


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400 and error.response is not None:
        return make_response(error.response)
    response = answer(error.code or 500)
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def fields_of_request() -> list[tuple[str, str]]:
    """What the form of this request holds, for a page that sends it again: all but its token, passwords and proofs."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name and not name.startswith("proof_")
    ]


def form_again(status: int, *, is_signed_out: bool) -> Response:
    """The form of this request with everything that was typed and a fresh token: one press sends it again.

    `is_signed_out` asks the reader to sign in first, in another tab.
    """
    path, fields = request.full_path.rstrip("?"), fields_of_request()
    response = render.page("errors/csrf.html", status, fields=fields, path=path, is_signed_out=is_signed_out)
    response.headers["Cache-Control"] = "no-store"
    return response


def _csrf(_error: CSRFError) -> Response:
    security("forged-form", viewer.actor().id, network(), what="token", path=place())
    if render.wants_json():
        return answer(400, sentence(Refused("csrf")), code="csrf")
    return form_again(400, is_signed_out=viewer.actor().is_guest and viewer.is_for_members())


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", path=place(), method=request.method, exc_info=error)
    return answer(500)


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
