"""Every public name says what it is, and shows it by an example, which runs as a doctest."""

from __future__ import annotations

import doctest
from functools import cached_property
from importlib import import_module

import pytest

from tests.processes import ROOT
from tests.public_names import PACKAGE, public

PUBLIC = public()

examples_of = doctest.DocTestParser().get_examples


@pytest.mark.parametrize("name", PUBLIC)
def test_it_says_what_it_is_and_shows_an_example(name):
    thing = PUBLIC[name]
    words = getattr(thing, "__doc__", None)
    assert words, f"{name} has no docstring"
    assert words.strip().partition("\n")[0], f"{name} does not begin with what it is"
    assert examples_of(words), f"the docstring of {name} has no example"


def test_every_example_runs():
    """pytest runs what doctest finds in the modules of the package; all of these are among it."""
    assert PACKAGE in pytest_paths()
    assert not [name for name, thing in PUBLIC.items() if not is_found(thing)]


def test_no_example_is_skipped():
    skipped = [
        name
        for name, thing in PUBLIC.items()
        for example in examples_of(getattr(thing, "__doc__", None) or "")
        if doctest.SKIP in example.options
    ]
    assert skipped == []


def pytest_paths() -> list[str]:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    line = next(line for line in settings.splitlines() if line.startswith("testpaths"))
    assert '"--doctest-modules"' in settings
    return [path.strip(' "') for path in line.partition("[")[2].rstrip("]").split(",")]


def is_found(thing: object) -> bool:
    """Whether doctest meets it where it was written, under its own name."""
    module = import_module(thing.__module__)
    home = module
    for part in thing.__qualname__.split("."):
        home = vars(home)[part]
        home = getattr(home, "__func__", home)
    home = home.fget if isinstance(home, property) else home
    home = home.func if isinstance(home, cached_property) else home
    return home is thing
