"""The HTML of a mail as a page of its own, for a frame inside one of ours."""

from flask import Response

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A mail has its styles inside, runs nothing and fetches nothing; a link opens a page of its own."""


def as_document(html: str) -> Response:
    """An answer with the mail alone, kept apart from the site around it."""
    response = Response(html.replace("<head>", '<head><base target="_blank">', 1), mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
