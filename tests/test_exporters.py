"""A notebook as slides and as a page: all is in the file, and nothing comes from elsewhere."""

import base64
import hashlib
import json
import re
from copy import deepcopy

import nbformat
import pytest

pytest.importorskip("nbconvert")
pytest.importorskip("latex2mathml")

from nbconvert import get_exporter

from tests.lecture import code, lecture, notebook, run, text
from tests.test_pages import Elements, elements, stored


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    return run(lecture(), tmp_path_factory.mktemp("lecture"))


def exported(nb, kind="microgradslides", **settings):
    exporter = get_exporter(kind)(**settings)
    return exporter.from_notebook_node(deepcopy(nb))[0]


@pytest.fixture(scope="module")
def deck(executed):
    return exported(executed)


@pytest.fixture(scope="module")
def plain(executed):
    return exported(executed, "microgradhtml")


@pytest.fixture(params=["microgradslides", "microgradhtml"])
def whole(request, deck, plain):
    """Either of both files."""
    return deck if request.param == "microgradslides" else plain


def seen(whole):
    """What a browser shows: the body without what is data or runs."""
    (body,) = re.findall(r"<body>(.*)</body>", whole, re.DOTALL)
    return re.sub(r"<script.*?</script>", "", body, flags=re.DOTALL)


# -- what is in it --------------------------------------------------------------------------------


def test_slides_are_cut_as_the_notebook_says(deck):
    found = Elements(deck).found
    assert [tag for tag, _, _ in found].count("section") == 4 + 6  # with the stacks they stand in
    (fragment,) = [said for tag, a, said in found if a.get("class") == "fragment"]
    assert "One more thing" in deck
    assert fragment.strip() == ""


def test_notes_are_kept_out_of_sight_of_the_audience(deck):
    (notes,) = re.findall(r'<aside class="notes">(.*?)</aside>', deck, re.DOTALL)
    assert "<em>Smile.</em>" in notes


def test_notes_are_not_handed_out_with_a_page(plain):
    assert "Smile." not in plain
    assert "Never seen" in plain


def test_what_is_skipped_is_not_in_the_file(deck):
    assert "Never seen" not in deck


@pytest.mark.parametrize("tag", ["remove_cell", "remove-cell", "hide-cell"])
def test_tagged_cells_are_left_out(tag):
    shown, hidden = code("shown = 1", "slide"), code("secret = 1", tags=[tag])
    assert "secret" not in exported(notebook(shown, hidden))


@pytest.mark.parametrize("tag", ["remove_input", "hide-input"])
def test_code_of_tagged_cells_is_left_out(tag):
    cell = code("secret = 1", "slide", tags=[tag])
    cell.outputs = [nbformat.v4.new_output("stream", text="printed")]
    result = exported(notebook(cell))
    assert "secret" not in result
    assert "printed" in result


def test_without_input_no_code_is_shown(executed):
    result = exported(executed, exclude_input=True)
    assert "ipywidgets" not in result
    assert len(stored(result)) == 2


def test_each_widget_is_there_once_and_shown_where_it_was(whole):
    places = [a["data-mgw-widget"] for a, _ in elements(whole, "div") if "data-mgw-widget" in a]
    assert places == ["0", "0", "1"]
    assert [w["_figure"] for w in stored(whole)] == ["diagram", "dashboard"]
    assert not {"_esm", "_model_module", "layout"} & set(stored(whole)[0])


def test_a_widget_is_what_it_was_in_the_notebook(whole, executed):
    (tape,) = {
        buffer["data"].strip()
        for model in executed.metadata["widgets"][STATE]["state"].values()
        for buffer in model.get("buffers", [])
        if buffer["path"] == ["tape"]
    }
    assert stored(whole)[0]["tape"]["$bytes"] == tape


STATE = "application/vnd.jupyter.widget-state+json"


def test_the_picture_stands_in_the_place_of_its_figure_and_nowhere_else(whole):
    pictures = [a for a, _ in elements(whole, "img")]
    assert [a["alt"][:19] for a in pictures] == [
        *("Expression graph: o", "Expression graph: o", "Decision boundary, "),
    ]
    assert "Run this cell" not in whole


def test_presenter_mode_is_for_decks(deck, plain):
    assert [w["presenter"] for w in stored(deck)] == [True, True]
    assert [w.get("presenter", False) for w in stored(plain)] == [False, False]


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_theme_is_of_the_page_and_of_its_figures(executed, theme):
    result = exported(executed, theme=theme)
    assert elements(result, "html")[0][0]["data-theme"] == theme
    assert {w["theme"] for w in stored(result)} == {theme}


def test_formulas_are_set_without_a_script(whole):
    assert whole.count("<math ") == 3
    assert "$" not in seen(whole).replace("$x^2$'", "")  # which is code


def test_a_formula_that_cannot_be_read_is_left_as_it_was():
    assert r"<code>\frac{</code>" in exported(notebook(text(r"A half: $\frac{$", "slide")))


def test_lines_of_formulas_stand_below_one_another():
    lines = "\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}"
    result = exported(notebook(text(f"$$\n{lines}\n$$", "slide"), text(lines)))
    assert result.count("<mtr>") == 4
    assert "&amp;" not in result.split("<script")[0]


def test_the_title_is_given_or_that_of_the_notebook_or_its_first_heading(executed):
    named = deepcopy(executed)
    named.metadata["title"] = "In <metadata>"
    assert elements(exported(executed), "title")[0][1] == "One neuron"
    assert elements(exported(named), "title")[0][1] == "In <metadata>"
    assert elements(exported(named, title="Given"), "title")[0][1] == "Given"


def test_pictures_of_the_user_come_along(tmp_path):
    dot = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAA=")
    (tmp_path / "dot.gif").write_bytes(dot)
    nb = notebook(text("![a dot](dot.gif)", "slide"))
    resources = {"metadata": {"path": str(tmp_path), "name": "x"}}
    result, _ = get_exporter("microgradslides")().from_notebook_node(nb, resources)
    assert base64.b64encode(dot).decode() in result


# -- without what it takes ------------------------------------------------------------------------


def test_without_state_the_picture_stays_with_a_sentence(executed):
    bare = deepcopy(executed)
    del bare.metadata["widgets"]
    result = exported(bare)
    assert "data-mgw-widget" not in seen(result)
    assert result.count("Expression graph: o") == 2
    assert result.count("saved without the state of its widgets") == 3
    assert 'data-mgw="figures"' not in result


@pytest.mark.parametrize(
    "state",
    [None, [], {"state": None}, {"state": {"x": None}}, {"state": {"x": {"state": "text"}}}],
)
def test_a_state_that_is_none_breaks_nothing(executed, state):
    broken = deepcopy(executed)
    broken.metadata["widgets"] = {STATE: state}
    assert "data-mgw-widget" not in seen(exported(broken))


@pytest.mark.parametrize(
    "buffer",
    [{}, {"path": []}, {"path": ["tape"]}, {"path": ["a", 0, "b"], "data": "", "encoding": "hex"}],
)
def test_buffers_that_fit_nowhere_leave_the_picture(executed, buffer):
    broken = deepcopy(executed)
    for model in broken.metadata["widgets"][STATE]["state"].values():
        model["buffers"] = [buffer]
    result = exported(broken)
    assert "data-mgw-widget" not in seen(result)
    assert "saved without the state" in result


def test_a_notebook_that_was_not_run_is_a_deck_all_the_same():
    result = exported(lecture())
    assert "microgradwidgets" in result
    assert "data-mgw-widget" not in seen(result)


def test_a_foreign_widget_says_what_it_is(whole):
    assert "A widget that lives in a running notebook only" in whole
    assert "IntSlider(value=7)" in whole


# -- what it may do -------------------------------------------------------------------------------


def test_scripts_run_by_their_hash_alone(whole):
    (policy,) = [a["content"] for a, _ in elements(whole, "meta") if "Policy" in str(a)]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    allowed = set(re.findall(r"sha256-([A-Za-z0-9+/=]+)", rules["script-src"]))
    # As a browser reads it: a script ends with the first end tag.
    running = re.findall(r"<script>(.*?)</script>", whole, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in running}
    assert hashes <= allowed
    assert len(running) == (2 if 'class="reveal"' in whole else 1)
    assert "unsafe-inline" not in rules["script-src"]
    assert rules["default-src"] == "'none'"


def test_nothing_is_asked_for_elsewhere(whole):
    asking = {"src", "href", "srcset", "data", "action", "poster", "xlink:href"}
    for tag, attributes, _ in Elements(whole).found:
        for name in asking & set(attributes):
            assert str(attributes[name]).startswith(("data:", "#")), (tag, attributes[name][:80])
    for style, _ in re.findall(r"<style>(.*?)(</style>)", whole, re.DOTALL):
        assert "@import" not in style
        assert not re.search(r"url\((?!data:)", style)


def test_outputs_open_and_close_nothing_outside_themselves(whole):
    body = seen(whole)
    assert body.count("<section") == body.count("</section>")
    assert body.count("<div") == body.count("</div>")
    assert "<b>open</b>" in body


def test_a_script_among_the_outputs_is_not_run(whole):
    assert len(elements(whole, "script")) == whole.count("</script>")
    assert "document.title = 1" not in seen(whole).replace("'document.title = 1'", "")
    assert "needs a script of its own" in whole


def test_no_name_of_a_value_ends_a_block_of_data(whole):
    (widgets,) = re.findall(r"<script[^>]*widgets[^>]*>(.*?)</script>", whole, re.DOTALL)
    assert len(json.loads(widgets)) == 2


def test_sizes(deck, plain):
    assert len(deck.encode()) < 1_500_000
    assert len(plain.encode()) < 1_300_000
