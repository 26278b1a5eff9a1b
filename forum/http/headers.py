"""Headers of every answer: what the browser may do with it, and how long it may be kept."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
_FIXED = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def init_app(app: Flask, *, is_https: bool) -> None:
    fixed = _FIXED + ((("Strict-Transport-Security", "max-age=31536000"),) if is_https else ())

    def add(response: Response) -> Response:
        headers = response.headers
        present = {name.lower() for name, _value in headers}  # a view may be stricter
        headers.extend([(name, value) for name, value in fixed if name.lower() not in present])
        if "cache-control" not in present:
            headers.add("Cache-Control", "no-store" if request.method == "POST" else "private, no-cache")
        if response.mimetype == "text/html":
            headers["Vary"] = "Cookie, Accept-Language"
        return response

    app.after_request(add)
