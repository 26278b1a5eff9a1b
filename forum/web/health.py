"""What a supervisor asks: is the process alive, and can it do its work?"""

from flask import Blueprint, Response, jsonify, make_response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from forum.core.database import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> Response:
    """200 when the database answers and its tables are there, else 503."""
    try:
        db.session.execute(text("SELECT epoch FROM community WHERE id = 1")).one()
    except SQLAlchemyError:
        return make_response(jsonify(status="the database does not answer"), 503)
    return jsonify(status="ok")
