"""Every event has its line in the wiring, be it an empty one."""

import importlib
import inspect
from pathlib import Path

from forum.wiring import REACTIONS

ROOT = Path(__file__).resolve().parent.parent.parent


def declared_events() -> set[type]:
    found: set[type] = set()
    for path in sorted((ROOT / "forum").glob("*/events.py")):
        if path.parent.name == "core":
            continue  # what an event is, not one
        module = importlib.import_module(f"forum.{path.parent.name}.events")
        found |= {
            thing
            for name, thing in inspect.getmembers(module, inspect.isclass)
            if thing.__module__ == module.__name__ and not name.startswith("_")
        }
    return found


def test_every_event_is_wired() -> None:
    declared = declared_events()
    assert declared
    assert {event.__qualname__ for event in declared - set(REACTIONS)} == set()


def test_nothing_is_wired_that_no_feature_declares() -> None:
    assert {event.__qualname__ for event in set(REACTIONS) - declared_events()} == set()
