"""The notices of what is inside go wherever it goes: readable, of just that, with the licences."""

import gzip
import re

import pytest

from microgradwidgets import Dashboard, Value, page, to_html
from microgradwidgets.views.front_end import STATIC

X = Value(3.0, label="x")
FIGURES = {"@dagrejs/dagre", "@dagrejs/graphlib", "fflate"}
ENGINE = {"Graphviz", "Expat", "Emscripten", "fzstd", "@hpcc-js/wasm-graphviz"}
DECK = {"reveal.js", "marked"}
# Where a licence asks for its own text to go along, and a sentence of it.
TEXTS = {
    "MIT License": "The above copyright notice and this permission notice shall be included",
    "Apache License 2.0": "You must give any other recipients of the Work or",
}
NOTICE = re.compile(
    r"^(\S+)(?: [\d.]+)?, .+\n(?:Copyright .+|By .+)\n(?:Copyright .+\n)*"
    r"Licensed under the ([^(\n]+?)(?: \(https://\S+\))?\. Source code: (https://\S+)$",
    re.MULTILINE,
)


def notices(text):
    """What is named, by licence; each licence that must be there in full is."""
    found = {name: licence for name, licence, _ in NOTICE.findall(text)}
    for licence, sentence in TEXTS.items():
        assert (sentence in text) == (licence in found.values()), licence
    said = re.findall(r"^Licensed under the ", text, re.MULTILINE)
    assert len(said) == len(NOTICE.findall(text))
    return found


@pytest.mark.parametrize("thing", [X * X, Dashboard(hidden=[2])], ids=["diagram", "dashboard"])
@pytest.mark.parametrize("engine", [True, False])
def test_a_page_has_the_notices_of_what_it_holds(thing, engine):
    text = to_html(thing, engine=engine)
    assert notices(text).keys() == FIGURES | (ENGINE if engine else set())


def test_each_notice_stands_once_in_a_page_of_several():
    text = page([X * X, "And", Dashboard(hidden=[2]), X])
    assert [*notices(text)] == [name for name, _, _ in NOTICE.findall(text)]


def test_graphviz_is_under_its_own_licence_and_says_where_its_source_is():
    text = to_html(X * X)
    assert notices(text)["Graphviz"] == "Eclipse Public License 2.0"
    assert "https://www.eclipse.org/legal/epl-2.0/" in text
    assert "Source code: https://gitlab.com/graphviz/graphviz\n" in text
    assert "without warranties or conditions of any\nkind" in text


def built(name):
    content = (STATIC / name).read_bytes()
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode("ascii")


@pytest.mark.parametrize(
    "name, held",
    [
        ("page.html", FIGURES),
        ("notebook.html", FIGURES),
        ("deck.html", FIGURES | DECK),
        ("graphviz.js.gz", ENGINE),
        ("THIRD_PARTY_NOTICES.txt", FIGURES | DECK | ENGINE),
    ],
)
def test_built_files_have_them(name, held):
    assert notices(built(name)).keys() == held


def test_a_page_that_the_page_saves_has_them_too():
    """It is written by the same frame, which the figures carry."""
    for name in ("figures.js.gz", "diagram.js.gz"):
        assert "Copyright (c) 2012-2014 Chris Pettitt" in built(name)
