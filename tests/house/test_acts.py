"""Every act that the audit log records, and every kind of thing it is done to, has a name that readers understand."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from forum.web.admin.acts import ACTS, KINDS

FORUM = Path("forum")
_Function = ast.FunctionDef


def _functions(tree: ast.Module) -> Iterator[_Function]:
    yield from (node for node in ast.walk(tree) if isinstance(node, _Function))


def _calls(function: _Function) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(function) if isinstance(node, ast.Call))


class Module:
    """What the calls of `audit.record` in one module say, whichever way the words get there: as they stand, by a
    constant of the module, by a parameter of the function around them, put together."""

    def __init__(self, source: str) -> None:
        tree = ast.parse(source)
        self.functions = list(_functions(tree))
        self.constants: Mapping[str, ast.expr] = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def recorded(self) -> Iterator[tuple[str, str]]:
        """Each act with a kind of thing it is done to."""
        for function in self.functions:
            for call in _calls(function):
                if ast.unparse(call.func) == "audit.record":
                    yield from product(self._words(call.args[1], function), self._kinds(call.args[2], function))

    def _kinds(self, target: ast.expr, function: _Function) -> Sequence[str]:
        if isinstance(target, ast.Tuple):
            return self._words(target.elts[0], function)
        return [kind for found in self._behind(target, function) for kind in self._kinds(*found)]

    def _words(self, said: ast.expr, function: _Function) -> Sequence[str]:
        if isinstance(said, ast.Constant):
            return [str(said.value)]
        if isinstance(said, ast.IfExp):
            return [*self._words(said.body, function), *self._words(said.orelse, function)]
        if isinstance(said, ast.FormattedValue):
            return self._words(said.value, function)
        if isinstance(said, ast.JoinedStr):
            return ["".join(parts) for parts in product(*(self._words(part, function) for part in said.values))]
        return [word for found in self._behind(said, function) for word in self._words(*found)]

    def _behind(self, said: ast.expr, function: _Function) -> Iterator[tuple[ast.expr, _Function]]:
        """What a name stands for, with the function in which that is said."""
        assert isinstance(said, ast.Name), f"{function.name}: {ast.unparse(said)} can't be read from the code"
        if said.id in self.constants:
            yield self.constants[said.id], function
            return
        place = [one.arg for one in function.args.args].index(said.id)
        for caller in self.functions:
            for call in _calls(caller):
                if ast.unparse(call.func) == function.name:
                    yield call.args[place], caller


def _recorded() -> set[tuple[str, str]]:
    return {one for path in sorted(FORUM.rglob("*.py")) for one in Module(path.read_text()).recorded()}


def test_each_act_that_is_recorded_has_words_and_no_word_is_left_over() -> None:
    assert {act for act, _kind in _recorded()} == set(ACTS)


def test_each_kind_of_target_has_words_and_no_word_is_left_over() -> None:
    assert {kind for _act, kind in _recorded()} == set(KINDS)


def test_acts_are_found_however_they_are_put_together() -> None:
    source = """
TARGET = ("house", None)

def _note(actor, act, what):
    audit.record(actor, f"{what}.{act}", (what, 1))

def add(actor, is_new):
    _note(actor, "add" if is_new else "keep", "door")
    audit.record(actor, "house.paint", TARGET)
"""
    found = set(Module(source).recorded())
    assert found == {("door.add", "door"), ("door.keep", "door"), ("house.paint", "house")}
