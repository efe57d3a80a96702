"""``Lesson``: scenes as Python checks them, and as they cross to the browser."""

import numpy as np
import pytest
import traitlets
from ipywidgets.widgets import widget as registry

from microgradwidgets import Ask, Dashboard, Lesson, Scene, Value, show, to_html
from microgradwidgets.views.live import Live
from microgradwidgets.views.scene_text import read_number, read_text, spoken_text, text_html
from tests.test_pages import stored

a, b = Value(2.0, label="a"), Value(-3.0, label="b")
c = a * b
OUTPUT = c + a


@pytest.fixture(autouse=True)
def _closed():
    """No widget outlives its test."""
    yield
    for widget in [w for w in registry._instances.values() if isinstance(w, Live)]:
        widget.close()


def settings(lesson):
    return [written["setting"] for written in lesson._scenes]


def runs(text, names=("a", "b")):
    (paragraph,) = read_text(text, lambda name: names.index(name) if name in names else None)
    return [tuple(run.values()) for run in paragraph["runs"]]


# -- texts ----------------------------------------------------------------------------------------


def test_a_text_is_a_little_of_markdown():
    assert runs("**two** *one* `x*y` \\*no\\*") == [
        ("strong", "two"),
        ("plain", " "),
        ("em", "one"),
        ("plain", " "),
        ("code", "x*y"),
        ("plain", " *no*"),
    ]


@pytest.mark.parametrize("text", ["2 * 3 * 4", "a*b*c", "**", "x ** 2 ** 3", "[b]", "<b>bold</b>"])
def test_all_else_is_what_it_says(text):
    assert runs(text) == [("plain", text)]


def test_names_are_values_and_quotes_are_numbers():
    assert runs("{a}[it](b){b.grad}{ a.data }") == [
        ("node", "a", 0),
        ("node", "it", 1),
        ("number", "b", 1, "grad"),
        ("number", "a", 0, "data"),
    ]


def test_a_name_with_a_dot_in_it_is_a_name():
    assert runs("{a.grad}", ("a", "a.grad")) == [("node", "a.grad", 1)]
    assert runs("{a.b.grad}", ("a", "a.b")) == [("number", "a.b", 1, "grad")]
    assert read_number("a.b.grad", {"a.b": 1}.get) == {"node": 1, "of": "grad"}


def test_a_name_of_no_value_is_refused_as_it_was_written():
    for text, name in (("{a.b}", "a.b"), ("{c.grad}", "c"), ("{c}", "c"), ("[it](c)", "c")):
        with pytest.raises(ValueError, match=rf"or a bracket as \\\{{, got: str '{name}'$"):
            runs(text)


@pytest.mark.parametrize("name", ["a", "a.b", ".", 5, None])
def test_what_quotes_no_number_is_refused_as_it_was_given(name):
    with pytest.raises(ValueError, match=f"^expected the answer to .*, got: .*{name}'?$"):
        read_number(name, {"a": 0}.get)


def test_what_a_page_is_told_of_a_text():
    assert read_text("it is {a.grad} `x` [here](b){b}", {"a": 0, "b": 1}.get) == [
        {
            "item": False,
            "runs": [
                {"kind": "plain", "text": "it is "},
                {"kind": "number", "text": "a", "node": 0, "of": "grad"},
                {"kind": "plain", "text": " "},
                {"kind": "code", "text": "x"},
                {"kind": "plain", "text": " "},
                {"kind": "node", "text": "here", "node": 1},
                {"kind": "node", "text": "b", "node": 1},
            ],
        }
    ]


def test_paragraphs_stand_between_empty_lines_and_items_begin_with_a_dash():
    text = """
        One
        and one.

        - two
        - three
    """
    found = [(p["item"], p["runs"][0]["text"]) for p in read_text(text, {}.get)]
    assert found == [(False, "One and one."), (True, "two"), (True, "three")]


def test_a_text_as_html_has_no_element_of_its_own():
    written = read_text("<img src=x onerror=alert(1)> **<b>** {a.grad}", {"a": 0}.get)
    assert text_html(written, lambda node, of: f"<{node}{of}>") == (
        "<p>&lt;img src=x onerror=alert(1)&gt; <strong>&lt;b&gt;</strong> &lt;0grad&gt;</p>"
    )
    assert spoken_text(written) == "<img src=x onerror=alert(1)> <b> a"
    several = read_text("of {a}\n\n- one\n- two", {"a": 0}.get)
    assert text_html(several, str) == "<p>of <b>a</b></p><p>• one</p><p>• two</p>"
    assert spoken_text(several) == "of a one two"


# -- what scenes ask for --------------------------------------------------------------------------


def test_what_a_scene_does_not_speak_of_stays():
    lesson = Lesson(
        [
            Scene("one", show=OUTPUT, step=0, select="a"),
            Scene("two", step=2),
            Scene("three", select=None, settings={"edits": {"b": 4.0}}),
        ]
    )
    asked = [(one["step"], one["selected"], one["edits"]) for one in settings(lesson)]
    assert asked == [(0, 0, []), (2, 0, []), (2, None, [[1, 4.0]])]


def test_scenes_of_one_value_share_its_figure_and_take_up_where_they_left():
    lesson = Lesson(
        [
            Scene("one", show=OUTPUT, step=3),
            Scene("two", show=c),
            Scene("three", show=OUTPUT, select=c),
        ]
    )
    assert [one["figure"] for one in lesson._scenes] == [0, 1, 0]
    assert [one["step"] for one in settings(lesson)] == [3, None, 3]
    assert len(lesson.figures) == 2


def test_a_figure_that_was_given_stays_as_it_is():
    diagram = show(OUTPUT, overlay="value")
    lesson = Lesson([Scene("one", show=diagram, step=1, settings={"edits": {"a": 9.0}})])
    assert lesson.figures == (diagram,)
    assert diagram.step is None
    assert diagram.edits == {}
    assert settings(lesson)[0]["overlay"] == "value"


@pytest.mark.parametrize("lock, editable", [(True, []), (False, None), ("b", [0]), (["a", b], [])])
def test_leaves_are_locked(lock, editable):
    (setting,) = settings(Lesson([Scene("one", show=OUTPUT, lock=lock)]))
    assert setting["editable"] == editable


def test_values_are_called_what_the_caller_calls_them():
    inner = Value(1.0)
    outer = inner * 2
    lesson = Lesson([Scene("{inner} makes {outer}", show=outer)])
    assert lesson.title == "Lesson: inner makes outer"


def test_a_dashboard_is_brought_to_a_step_and_locked():
    lesson = Lesson(
        [
            Scene("one", show=Dashboard(hidden=[2]), step=0, lock=["learning_rate"]),
            Scene("two", step=5, select=3, settings={"learning_rate": 0.1}),
        ]
    )
    first, second = settings(lesson)
    assert (first["locked"], first["step"]) == (["learning_rate"], 0)
    assert (second["step"], second["selected_point"], second["learning_rate"]) == (5, 3, 0.1)


@pytest.mark.parametrize(
    "scenes, words",
    [
        ([], "expected 1 to 100 scenes, got: 0"),
        ([Scene("one")], "expected the first scene to show something, got: None"),
        ([Scene("{z}", show=OUTPUT)], "scene 1: expected a text to name values of its figure"),
        ([Scene("x", show=OUTPUT), Scene("y", step=99)], r"scene 2: expected step to be in 0…5"),
        ([Scene("x", show=OUTPUT, select="z")], "scene 1: expected selected to be a value"),
        ([Scene("x", show=OUTPUT, lock="z")], "scene 1: expected a value of this diagram"),
        ([Scene("x", show=OUTPUT, settings={"tape": b""})], "expected a scene to set one of step"),
        (
            [Scene("x", show=OUTPUT, question=Ask("?", np.array([1, 2])))],
            "scene 1: expected the an",
        ),
        ([Scene("x" * 5001, show=OUTPUT)], "expected a text of at most 5,000 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_the_number_of_the_scene(scenes, words):
    with pytest.raises(ValueError, match=words):
        Lesson(scenes)


@pytest.mark.parametrize(
    "scenes",
    [
        *(5, Scene("x"), ["text"], [Scene("x", show=3)], [Scene(3, show=OUTPUT)]),
        [Scene("x", show=OUTPUT, question=np.array([1, 2]))],
    ],
)
def test_what_is_no_scene_is_refused(scenes):
    with pytest.raises(TypeError, match="expected"):
        Lesson(scenes)


@pytest.mark.parametrize(
    "made, words",
    [
        (lambda: Scene("x", lock=None), "lock to be True, False or a list, got: NoneType None"),
        (lambda: Ask("?", "a", choices=None), "choices to be texts, got: NoneType None"),
        (lambda: Ask("?", "a", choices="ab"), "choices to be texts, got: str 'ab'"),
        (lambda: Ask("?", np.array(["a", "b"]), choices=["a"]), "the answer to be one of the cho"),
    ],
)
def test_what_no_scene_can_have_is_named(made, words):
    with pytest.raises((TypeError, ValueError), match=f"^expected {words}"):
        made()


def test_no_scene_is_as_far_as_python_counts():
    lesson = Lesson([Scene("x", show=OUTPUT)])
    with pytest.raises(traitlets.TraitError, match="got: <about 5,000 digits>"):
        lesson.scene = 10**5000


# -- questions ------------------------------------------------------------------------------------


def asked(question, **scene):
    return Lesson([Scene("one", show=OUTPUT, question=question, **scene)])._scenes[0]


def test_a_number_is_asked_for_by_its_place_and_the_number_stays_at_home():
    question = asked(Ask("And {b.grad}?", "c.data"))["question"]
    assert question["answer"] == {"node": 2, "of": "data"}
    assert [run["kind"] for run in question["text"][0]["runs"]] == ["plain", "number", "plain"]


def test_a_choice_is_one_of_some():
    question = asked(Ask("Which?", "that", choices=["this", "that"], because="**So**."))
    assert question["question"]["choices"] == ["this", "that"]
    assert question["question"]["answer"] == 1


def test_a_diagram_asks_by_itself_in_that_scene_alone():
    lesson = Lesson(
        [Scene("one", show=OUTPUT, step=0, question="predict"), Scene("two", step=1), Scene("x")]
    )
    assert [setting["predict"] for setting in settings(lesson)] == [True, False, False]
    assert lesson._scenes[0]["question"] is None


def test_questions_are_read_without_a_browser_and_answers_are_not():
    lesson = Lesson(
        [
            Scene("one", show=OUTPUT, step=0, question=Ask("How much is {c}?", "c.data")),
            Scene("two", question=Ask("Which?", "that", ["this", "that"], "Because.")),
        ]
    )
    still = lesson.still_html()
    assert "<p>How much is <b>c</b>?</p>" in still
    assert "<ul><li>this</li><li>that</li></ul>" in still
    assert "Because" not in still


@pytest.mark.parametrize(
    "question, words",
    [
        (lambda: Ask("?", "d", choices=["a", "b"]), "expected the answer to be one of the ch"),
        (lambda: asked(Ask("?", "c")), "scene 1: expected the answer to be a number such as"),
        (lambda: asked(Ask("?", "z.grad")), "scene 1: expected a text to name values"),
        (lambda: asked("predict", step=5), "scene 1: expected a step with one to come, got: 5"),
    ],
)
def test_questions_without_an_answer_are_refused(question, words):
    with pytest.raises(ValueError, match=words):
        question()


@pytest.mark.parametrize("question", [lambda: Ask("?", "a", choices="ab"), lambda: asked("guess")])
def test_what_is_no_question_is_refused(question):
    with pytest.raises(TypeError, match="expected"):
        question()


# -- the widget -----------------------------------------------------------------------------------


def test_the_scene_is_read_set_and_written_down():
    lesson = Lesson([Scene("one", show=OUTPUT), Scene("two")])
    lesson.scene = 1
    assert lesson.state == "mgw1;scene=1"
    assert repr(lesson) == "Lesson(scene 2 of 2)"
    lesson.restore("mgw1;scene=0")
    assert lesson.scene == 0
    with pytest.raises(traitlets.TraitError, match="expected scene to be 0 to 1, got: 2"):
        lesson.scene = 2


def test_without_a_browser_all_scenes_are_read_with_the_numbers_of_their_step():
    lesson = Lesson(
        [
            Scene("At first {c.data}.", show=OUTPUT, step=0),
            Scene("Then {c.data} and {b.grad}.", step=None),
            Scene("Still."),
        ]
    )
    still = lesson.still_html()
    assert "<p>At first ?.</p>" in still
    assert "<p>Then −6 and 2.</p>" in still
    assert still.count("Expression graph") == 2  # the third looks like the second
    assert not [w for w in registry._instances.values() if isinstance(w, Live)]  # none was shown


def test_a_dashboard_has_one_picture_however_many_scenes_are_about_it():
    still = Lesson([Scene("one", show=Dashboard(hidden=[2]), step=0), Scene("two", step=9)])
    assert still.still_html().count("<img") == 1


def test_a_page_has_the_scenes_and_each_figure_once():
    (widget,) = stored(to_html(Lesson([Scene("one", show=OUTPUT), Scene("two", step=1)])))
    assert widget["_figure"] == "lesson"
    assert [shown["_figure"] for shown in widget["_shown"]] == ["diagram"]
    assert "$bytes" in widget["_shown"][0]["tape"]
    assert [scene["setting"]["step"] for scene in widget["_scenes"]] == [None, 1]


def test_an_item_goes_on_until_the_next_one():
    found = read_text("- one\n  and more\n- two", {}.get)
    assert [p["runs"][0]["text"] for p in found] == ["one and more", "two"]


def test_what_no_text_of_a_scene_can_be():
    assert len(read_text("x" * 5_000, {}.get)) == 1
    with pytest.raises(ValueError, match="at most 5,000 characters, got: 5,001 characters"):
        read_text("x" * 5_001, {}.get)
    with pytest.raises(TypeError) as caught:
        read_text(7, {}.get)
    assert str(caught.value) == "expected the text of a scene to be a str, got: int 7"
