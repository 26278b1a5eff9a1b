"""The description of the interface for programs (OpenAPI 3.1), put together from the columns of the export."""

from functools import cache
from typing import Any

from flask import Response

from forum import __version__
from forum.api.frame import answer, bp
from forum.api.ideas import SCOPE
from forum.ideas.export.columns import SCHEMA_VERSION, column_schema
from forum.ideas.export.feed import FEED_COLUMNS, MOST_AT_ONCE, USUAL_AT_ONCE

_VERSION = {"const": SCHEMA_VERSION, "description": "Version of the columns; it grows when one is added."}
_PROBLEM = {
    "description": "What went wrong, in words and with a code (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{name}"}


def _idea() -> dict[str, Any]:
    properties = {column.name: column_schema(column) for column in FEED_COLUMNS}
    properties["gone"] = {"const": False}
    properties["merged_into"] = {"type": "null"}
    return {
        "description": "An idea. Expect properties that you don't know: columns are only ever added.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _gone() -> dict[str, Any]:
    properties = {
        "id": {"type": "integer"},
        "gone": {"const": True},
        "merged_into": {"type": ["integer", "null"], "description": "The idea that it was merged into."},
        "updated_at": {"type": "string", "format": "date-time"},
    }
    return {
        "description": "An idea that was merged into another one, deleted or removed.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _page() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "schema_version": _VERSION,
            "ideas": {"type": "array", "maxItems": MOST_AT_ONCE, "items": _entry()},
            "next_cursor": {"type": ["string", "null"], "description": "For the next page; null at the end."},
        },
        "required": ["schema_version", "ideas", "next_cursor"],
    }


def _entry() -> dict[str, Any]:
    return {"oneOf": [_ref("schemas/Idea"), _ref("schemas/GoneIdea")]}


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _names(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "array", "items": {"type": "string"}}
    return _query(name, description, schema) | {"style": "form", "explode": True}


_PARAMETERS = [
    _query(
        "limit",
        "How many ideas.",
        {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE, "default": USUAL_AT_ONCE},
    ),
    _query("cursor", "`next_cursor` of the page before.", {"type": "string"}),
    _query(
        "updated_since",
        "Only what has changed since then, that moment included; with it, also what is gone since.",
        {"type": "string", "format": "date-time"},
    ),
    _names("status", "Only with this status or stage; may be given several times."),
    _names("area", "Only of this product area; may be given several times."),
]


def _responses(schema: dict[str, Any], *statuses: str) -> dict[str, Any]:
    etag = {"ETag": {"description": "Send it as If-None-Match.", "schema": {"type": "string"}}}
    return {
        "200": {"description": "Done.", "headers": etag, "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing has changed since the ETag that was sent.", "headers": etag},
        **{status: _ref(f"responses/{status}") for status in statuses},
    }


def _problem(description: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _ref("schemas/Problem")}}
    return {"description": description, "content": content} | ({"headers": headers} if headers else {})


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tafelrunde",
            "version": __version__,
            "description": "The ideas board for programs. Make a token under /settings/tokens.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {
            "/api/v1/ideas": {
                "get": {
                    "operationId": "ideas",
                    "summary": "Ideas, the longest unchanged first",
                    "parameters": _PARAMETERS,
                    "responses": _responses(_ref("schemas/IdeasPage"), "400", "401", "403", "404", "429"),
                }
            },
            "/api/v1/ideas/{id}": {
                "get": {
                    "operationId": "idea",
                    "summary": "One idea",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
                    ],
                    "responses": _responses(
                        {
                            "allOf": [
                                {"type": "object", "properties": {"schema_version": _VERSION}},
                                _entry(),
                            ]
                        },
                        *("400", "401", "403", "404", "429"),
                    ),
                }
            },
            "/api/v1/openapi.json": {
                "get": {
                    "operationId": "openapi",
                    "summary": "This description",
                    "security": [],
                    "responses": _responses({"type": "object"}),
                }
            },
        },
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"A personal token with the scope `{SCOPE}`. It may do what its member may do now.",
                }
            },
            "schemas": {"Idea": _idea(), "GoneIdea": _gone(), "IdeasPage": _page(), "Problem": _PROBLEM},
            "responses": {
                "400": _problem("A parameter that isn't known or can't be read."),
                "401": _problem(
                    "No token, or one that isn't valid.",
                    {"WWW-Authenticate": _header("How to say who asks.")},
                ),
                "403": _problem("The token's member may not do this, or the token lacks the scope."),
                "404": _problem("There is no such idea, status, area or page, or none that may be known of."),
                "429": _problem("Too often.", {"Retry-After": _header("Seconds to wait.")}),
            },
        },
    }


@bp.get("/openapi.json")
def openapi() -> Response:
    return answer(document())
