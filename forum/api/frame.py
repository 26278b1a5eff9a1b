"""What all answers to programs share: the blueprint, JSON with an ETag."""

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, request

bp = Blueprint("api", __name__, url_prefix="/api/v1")


def answer(body: Any) -> Response:
    """The body as JSON; an empty 304 for whoever has it already."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    etag = hashlib.sha256(content).hexdigest()[:32]
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = Response(content, mimetype="application/json")
    response.set_etag(etag, weak=True)  # packed or not, it is the same but for its bytes
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    return response
