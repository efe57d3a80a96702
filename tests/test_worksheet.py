"""A sheet on paper: blanks that hide, a key that is right, the same again from the same seed."""

import base64
import re
from html import unescape
from html.parser import HTMLParser
from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import MLP, Value, backward, max_margin, moons, nodes, to_dot, worksheet
from microgradwidgets.formula_text import formula_text, plain_name
from microgradwidgets.graph import nearest
from microgradwidgets.text import short_number
from microgradwidgets.views import still
from microgradwidgets.views.sheet_picture import blanks
from tests.graphs import build, ordinary_leaves, steps
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron, readme_expression

ALL_LABELS = [label_of(row) for row in rows("label")]


def everything(html):
    """All that a copy says: its text, its attributes, and the text of its pictures."""
    pictures = re.findall(r'base64,([^"]+)"', html)
    drawn = [base64.b64decode(picture).decode() for picture in pictures]
    bare = re.sub(r"<style>.*?</style>", "", re.sub(r'base64,[^"]+"', '"', html), flags=re.DOTALL)
    return unescape(bare), [unescape(picture) for picture in drawn]


def odd():
    x, w, c = Value(1.25, label="x"), Value(0.375, label="w"), Value(-1.75, label="c")
    n = (x * w).with_label("n")
    return ((n * c).with_label("m").tanh(label="t") * n).exp(label="o")


@pytest.mark.parametrize("seed", range(8))
def test_a_student_copy_says_no_number_that_is_asked_for(seed):
    options = {"seed": seed, "n": 12, "new_numbers": False, "kinds": ["value", "gradient"]}
    sheet = worksheet(odd(), key=False, **options)
    page, (picture,) = everything(sheet.to_html())
    cell, (shown,) = everything(sheet._repr_html_())
    key, (_, solved) = everything(worksheet(odd(), **options).to_html())
    asked = [q for q in sheet.questions if q.answer_text != "1"]
    assert len(asked) > 5
    for question in asked:
        for text in (page, picture, cell, shown):
            assert question.answer_text not in text
        assert question.answer_text in solved
        assert question.worked[0] in key


@pytest.mark.parametrize("seed", range(8))
def test_what_an_arrow_carries_is_left_out_with_it(seed):
    # The local derivative of a factor is the other one, and a dashed arrow tells its sign.
    sheet = worksheet(lecture_neuron(), seed=seed, key=False)
    drawn = nearest(sheet.value, sheet.paper.limit)
    dot = to_dot(sheet.value, unknown=blanks(sheet.questions.questions, drawn))
    arrows = [line for line in dot.splitlines() if "->" in line]
    assert len(arrows) == 9
    assert all('[label=""]' in line for line in arrows)


@settings(deadline=None, max_examples=60)
@given(ordinary_leaves, steps, st.integers(0, 10**6))
def test_every_blank_is_in_the_drawing_and_every_answer_is_what_both_passes_give(
    leaves, made, seed
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(still, "drawn", lambda dot, form: None)  # a table: no Graphviz each time
        sheet = worksheet(build(leaves, made), seed=seed, n=20, names=False)
        student = worksheet(build(leaves, made), seed=seed, n=20, names=False, key=False)
        page, _ = everything(student.to_html())
    gradients = backward(sheet.value)
    drawn = {v.id for v in nearest(sheet.value, sheet.paper.limit)}
    names = {row["id"]: row["label"] for row in nodes(sheet.value)}
    for place, question in enumerate(sheet.questions, start=1):
        node = question.node
        assert node.id in drawn
        assert names[f"v{node.id}"] == question.name
        if question.kind == "value":
            assert question.answer_text == short_number(node.data)
        elif question.kind == "gradient":
            assert question.answer_text == short_number(gradients[node])
        if question.kind != "changes":
            assert page.count(f"({place}) ____") == 1
        assert question.check(question.answer).correct
        assert set(question.options) <= {*names.values(), "positive", "negative", "zero"}
    assert repr(student.questions) == repr(sheet.questions)


def test_a_seed_gives_the_same_sheet_again_and_another_seed_another():
    first, again = (worksheet(lecture_neuron(), seed=5).to_html() for _ in range(2))
    assert first == again
    leaves = {
        tuple(node.data for node in worksheet(lecture_neuron(), seed=s).value.graph.values()
              if node.op == "leaf")
        for s in range(5)
    }  # fmt: skip
    assert len(leaves) == 5
    assert worksheet(lecture_neuron(), seed=(1, 2, 3)).to_html().count("Sheet 1-2-3") == 1


def test_a_sheet_by_chance_says_what_makes_it_again():
    sheet = worksheet(lecture_neuron(), seed=None)
    assert isinstance(sheet.seed, int)
    assert worksheet(lecture_neuron(), seed=sheet.seed).to_html() == sheet.to_html()


def test_all_numbers_of_a_sheet_are_finite_and_its_constants_stay():
    sheet = worksheet(readme_expression(), seed=3)
    assert all(isfinite(node.data) for node in sheet.value.graph.values())
    assert all(isfinite(g) for g in backward(sheet.value).values())
    assert [n.data for n in sheet.value.graph.values() if n.op == ("pow", 3.0)]
    own = worksheet(readme_expression(), seed=3, new_numbers=False)
    assert own.value.data == readme_expression().data


def test_values_are_called_as_variables_are():
    alpha, beta = Value(2.0), Value(3.0)
    sheet = worksheet(alpha * beta, n=3)
    page, _ = everything(sheet.to_html())
    assert "alpha · beta" in page
    assert "alpha" not in everything(worksheet(alpha * beta, names=False).to_html())[0]
    assert "weight · beta" in everything(
        worksheet(alpha * beta, names={"weight": alpha, "beta": beta}).to_html()
    )[0]  # fmt: skip


def test_the_page_holds_no_script_asks_for_nothing_and_has_a_structure():
    html = worksheet(lecture_neuron(), seed=7, title="Chain <rule>").to_html()
    policy = re.search('Content-Security-Policy" content="([^"]+)"', html)[1]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    reader = Reader(html)
    tags = [tag for tag, *_ in reader.elements]
    assert not {"script", "iframe", "link", "object", "form", "input"} & set(tags)
    assert ("html", ("lang", "en")) in reader.elements
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert tags.count("h2") == tags.count("figure") == tags.count("table") == 2
    scopes = [a for tag, *attributes in reader.elements if tag == "th" for a in attributes]
    assert set(scopes) == {("scope", "col"), ("scope", "row")}
    assert "Chain &lt;rule&gt;, sheet 7</title>" in html
    for tag, *attributes in reader.elements:
        named = dict(attributes)
        assert not any(name.startswith("on") or name in ("href", "style") for name in named)
        if tag == "img":
            assert named["src"].startswith("data:image/svg+xml;base64,")
            assert "o = tanh(v8)" in named["alt"]


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.elements, self.codes, self.is_code = [], [], False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, *attributes))
        self.is_code = self.is_code or tag == "code"
        if tag == "code":
            self.codes.append("")

    def handle_endtag(self, tag):
        self.is_code = self.is_code and tag != "code"

    def handle_data(self, data):
        if self.is_code:
            self.codes[-1] += data

    def handle_comment(self, data):
        self.elements.append(("comment", data))

    handle_pi = unknown_decl = handle_comment


TAGS = re.compile(
    "html|head|meta|title|style|body|main|section|header|h[12]|p|b|span|figure|img|"
    "table|thead|tbody|tr|th|td|div|code|bdi"
)
ATTRIBUTES = re.compile("lang|charset|http-equiv|content|name|class|src|alt|scope")


@pytest.mark.parametrize("first", range(0, len(ALL_LABELS), 9))
def test_labels_are_text_on_the_sheet_and_nothing_else(first):
    labels = ALL_LABELS[first : first + 9]
    named = [Value(2.0, label=label) for label in labels]
    sheet = worksheet(Value.sum(named).tanh(label=labels[0]), n=20, title=labels[-1], names=False)
    html = sheet.to_html()
    reader = Reader(html)
    for tag, *attributes in reader.elements:
        assert TAGS.fullmatch(tag)
        assert all(ATTRIBUTES.fullmatch(name) for name, _ in attributes)
    shown = " ".join([*reader.codes, *(dict(a)["alt"] for t, *a in reader.elements if t == "img")])
    for value in nearest(sheet.value, sheet.paper.limit):
        if value.label is not None:
            assert formula_text(plain_name(value.label)) in shown
    html.encode("utf-8")


def test_boxes_are_white_and_numbers_as_short_as_they_can_be():
    picture = everything(worksheet(odd(), seed=1, new_numbers=False, key=False).to_html())[1][0]
    assert set(re.findall('<g fill="([^"]+)"', picture)) == {"#fff"}
    assert ">data=1.25<" in picture
    assert ">data=−1.75<" in picture


def test_without_graphviz_there_is_a_table_with_the_same_blanks(monkeypatch):
    monkeypatch.setattr(still, "drawn", lambda dot, form: None)
    html = worksheet(lecture_neuron(), seed=7, key=False).to_html()
    assert "<img" not in html
    assert "<caption><bdi>The graph, 10 values</bdi></caption>" in html
    assert html.count(") _________</td>") == 6
    assert "<td>−2.5</td>" in html
    assert "; v8 = v6 + b; o = tanh(v8)</bdi></code></figcaption>" in html


def test_a_whole_loss_is_drawn_from_its_end():
    data, model = moons(100), MLP(2, [16, 16, 1])
    sheet = worksheet(max_margin(model, data.xs, data.ys).total_loss, seed=2)
    page, (picture, _) = everything(sheet.to_html())
    assert f"65,818 values in all, the last {sheet.paper.limit} drawn" in picture
    assert f"the last {sheet.paper.limit} of 65,818 values" in page
    assert len(sheet.questions) == 8


def test_one_leaf_has_a_sheet_of_one_question_that_says_so():
    sheet = worksheet(Value(2.0, label="x"), n=3)
    assert repr(sheet) == "Worksheet(x, seed 1337, 1 question, with key)"
    assert "3 questions were asked for; the expression offers 1." in sheet.to_html()


def test_a_sheet_is_written_whole_and_over_nothing(tmp_path):
    sheet = worksheet(lecture_neuron(), seed=7)
    path = sheet.to_html(tmp_path / "sheet.html")
    assert path.read_text("utf-8") == sheet.to_html()
    with pytest.raises(FileExistsError, match="expected path to be free"):
        sheet.to_html(path)
    assert sheet.to_html(path, overwrite=True) == path


def test_wrong_arguments_are_named():
    x = Value(1.0)
    with pytest.raises(TypeError, match=r"expected value to be a Value, got: float 1\.0"):
        worksheet(1.0)
    with pytest.raises(ValueError, match="expected n to be at most 20, got: 21"):
        worksheet(x, n=21)
    with pytest.raises(ValueError, match="expected direction to be 'LR' or 'TB', got: str 'up'"):
        worksheet(x, direction="up")
    with pytest.raises(ValueError, match="expected direction to be 'LR' or 'TB', got: ndarray"):
        worksheet(Value(1.0), direction=np.array(["LR", "TB"]))
    with pytest.raises(ValueError, match="expected kinds to be some of"):
        worksheet(x, kinds=[])
    with pytest.raises(TypeError, match="expected seed to be an int"):
        worksheet(x, seed="seven")
