"""What the house forbids in a Python file. Each rule takes a file's path and syntax tree and yields what is wrong."""

import ast
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

Finding = tuple[int, str]
Rule = Callable[[PurePosixPath, ast.AST], Iterator[Finding]]

DATABASE = PurePosixPath("forum/core/database.py")
MIGRATE = PurePosixPath("forum/core/migrate.py")
WHOOSH = PurePosixPath("forum/search/engines/whoosh.py")
CLOCK = PurePosixPath("forum/core/clock.py")
FRAGMENTS = PurePosixPath("forum/web/fragments")
TEXT = PurePosixPath("forum/text")
MEMBERS = PurePosixPath("forum/members")
ACTOR = PurePosixPath("forum/core/actor.py")


def _is_under(path: PurePosixPath, folder: PurePosixPath) -> bool:
    return path == folder.with_suffix(".py") or folder in path.parents


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the last part of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def commits_in_one_place(path: PurePosixPath, tree: ast.AST) -> Iterator[Finding]:
    """`transaction()` is the only one that begins and commits; migrations, which change tables, have their own way, and
    so has the index of Whoosh, which is no database."""
    if path in {DATABASE, MIGRATE, WHOOSH}:
        return
    for call, name in _calls(tree):
        if isinstance(call.func, ast.Attribute) and name in {"commit", "begin"}:
            yield call.lineno, f".{name}() outside forum.core.database: use transaction(actor)"


def markup_in_two_places(path: PurePosixPath, tree: ast.AST) -> Iterator[Finding]:
    """Only the text pipeline and the fragments say that a string is safe HTML."""
    if _is_under(path, FRAGMENTS) or _is_under(path, TEXT):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "Markup" for alias in node.names):
            yield node.lineno, "Markup outside forum.text and forum.web.fragments"
        if isinstance(node, ast.Attribute) and node.attr == "Markup":
            yield node.lineno, "Markup outside forum.text and forum.web.fragments"


def roles_in_policies(path: PurePosixPath, tree: ast.AST) -> Iterator[Finding]:
    """What a role may do is said in policies; everybody else asks the gate."""
    if path.name == "policy.py" or "policy" in path.parts or path == ACTOR or _is_under(path, MEMBERS):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.Attribute) and side.attr in {"role", "roles"}:
                    yield node.lineno, "a role is compared outside a policy: ask access.may"
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.BitAnd)
            and any(isinstance(side, ast.Attribute) and side.attr == "roles" for side in (node.left, node.right))
        ):
            yield node.lineno, "roles are compared outside a policy: ask access.may"
    for call, name in _calls(tree):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if name == "has_role" or (isinstance(owner, ast.Attribute) and owner.attr == "roles"):
            yield call.lineno, "a role is asked for outside a policy: ask access.may"


def times_are_aware(path: PurePosixPath, tree: ast.AST) -> Iterator[Finding]:
    """The time of day comes from the clock, which tests can set, and always has a zone."""
    if path == CLOCK:
        return
    for call, name in _calls(tree):
        if not isinstance(call.func, ast.Attribute):
            continue
        owner = ast.unparse(call.func.value).rsplit(".", 1)[-1]
        if name in {"utcnow", "utcfromtimestamp"} or (owner in {"datetime", "date"} and name in {"now", "today"}):
            yield call.lineno, f"{owner}.{name}() outside forum.core.clock"
        if owner == "datetime" and name == "fromtimestamp" and len(call.args) + len(call.keywords) < 2:
            yield call.lineno, "a time without a zone"


def relations_refuse_lazy_loading(_path: PurePosixPath, tree: ast.AST) -> Iterator[Finding]:
    """A template can't cause a query."""
    for call, name in _calls(tree):
        if name == "relationship":
            lazy = [keyword.value for keyword in call.keywords if keyword.arg == "lazy"]
            if not lazy or not isinstance(lazy[0], ast.Constant) or lazy[0].value != "raise":
                yield call.lineno, 'relationship() without lazy="raise"'
        if name == "backref":
            yield call.lineno, "backref() hides a relation from its reader: write both sides"


RULES: tuple[Rule, ...] = (
    commits_in_one_place,
    markup_in_two_places,
    roles_in_policies,
    times_are_aware,
    relations_refuse_lazy_loading,
)
