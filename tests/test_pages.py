"""A page holds all it needs, says nothing as code, and is written whole or not at all."""

import gzip
import json
import lzma
import os
import re
import sys
from base64 import b64decode, b85decode
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.dom import minidom

import numpy as np
import pytest

from microgradwidgets import MLP, Dashboard, Value, embed, misconceptions, page, show, to_html
from microgradwidgets.views.stored import _packed_text
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron, readme_expression

x, y = Value(2.0, label="x"), Value(-3.0, label="y")
PRODUCT = x * y + x


class Elements(HTMLParser):
    """Every element that a browser would make of a page, with its attributes and its text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])

    def handle_data(self, data):
        if self.found:
            self.found[-1][2] += data


def elements(text, tag):
    found = Elements(text).found
    return [(attributes, said.strip()) for name, attributes, said in found if name == tag]


def block(text, name):
    return next(said for a, said in elements(text, "script") if a.get("data-mgw") == name)


def stored(text):
    return json.loads(block(text, "widgets"))


# -- what is in it --------------------------------------------------------------------------------


def test_a_page_has_the_widget_as_it_is_now():
    diagram = show(PRODUCT, overlay="value")
    diagram.selected = x
    (widget,) = stored(to_html(diagram))
    assert widget["overlay"] == "value"
    assert widget["selected"] == 0
    assert b64decode(widget["tape"]["$bytes"]) == diagram.recorded.to_bytes()


def test_a_value_is_shown_with_the_names_of_the_calling_place():
    inner = Value(1.0) * 2
    (widget,) = stored(to_html(inner))
    (shown,) = stored(to_html(show(inner)))
    assert widget["tape"] == shown["tape"]
    assert elements(to_html(inner), "title")[0][1] == "Expression graph: inner = 2.0000, 3 values"


def test_nothing_of_the_notebook_goes_into_a_page():
    (widget,) = stored(to_html(PRODUCT))
    foreign = {"_esm", "_anywidget_id", "_model_module", "_engine_key", "layout", "_css"}
    assert not foreign & set(widget)


def test_widgets_of_a_page_share_one_engine():
    text = page([PRODUCT, "Then a *training*.", Dashboard(hidden=[4]), misconceptions()])
    assert [w["_figure"] for w in stored(text)] == [
        *("diagram", "dashboard", "misconceptions"),
    ]
    for name in ("widgets", "figures", "graphviz"):
        assert text.count(f'data-mgw="{name}"') == 1
    places = [a["data-mgw-widget"] for a, _ in elements(text, "div") if "data-mgw-widget" in a]
    assert places == ["0", "1", "2"]
    assert "<em>training</em>" in text


def test_a_widget_writes_itself(tmp_path):
    diagram = show(PRODUCT)
    path = diagram.to_html(tmp_path / "product.html", title="A product", overwrite=True)
    assert path.read_text() == to_html(diagram, title="A product")


def test_bytes_deep_inside_a_trait_are_kept():
    (widget,) = stored(to_html(Dashboard(hidden=[2], variants=[{"hidden": [1]}])))
    networks = [b64decode(one["network"]["$bytes"]) for one in widget["variants"]]
    assert [network[:4] for network in networks] == [b"MGWN", b"MGWN"]


def test_a_page_of_texts_alone_has_no_engine():
    text = page("Only *words*")
    assert "<em>words</em>" in text
    assert [a for a, _ in elements(text, "script")] == [{}]


@pytest.mark.parametrize(
    "value",
    [
        *(PRODUCT, lecture_neuron(), readme_expression()),
        *(MLP(2, hidden)([1.0, -2.0]) for hidden in ([4, 4, 1], [16, 16, 1])),
    ],
    ids=["product", "neuron", "readme", "score", "score of the README"],
)
def test_sizes(value):
    assert len(to_html(value).encode()) < 1_000_000
    assert len(to_html(value, engine=False).encode()) < 150_000


def test_sizes_with_a_dashboard():
    assert len(page([PRODUCT, Dashboard()]).encode()) < 1_300_000


def test_a_small_page_holds_the_same_figures_packed_more_tightly():
    packed = unpacked_text(block(to_html(PRODUCT, engine=False), "figures"))
    assert packed.startswith(b"LZMA")
    form = {"id": lzma.FILTER_LZMA1, "lc": 3, "lp": 0, "pb": 0}
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[form])
    module = unpacker.decompress(packed[8:], int.from_bytes(packed[4:8], "big"))
    assert module == gzip.decompress(unpacked_text(block(to_html(PRODUCT), "figures")))


def test_where_python_has_no_lzma_a_page_is_larger_and_as_good(monkeypatch):
    whole = block(to_html(PRODUCT), "figures")
    _packed_text.cache_clear()
    monkeypatch.setitem(sys.modules, "lzma", None)
    assert block(to_html(PRODUCT, engine=False), "figures") == whole
    _packed_text.cache_clear()


def unpacked_text(text):
    return b85decode(text.translate(str.maketrans(".:,", "<>&")))


def test_the_same_widget_gives_the_same_page():
    diagram = show(PRODUCT)
    assert to_html(diagram) == to_html(diagram)


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_theme_is_of_the_page_and_of_widgets_that_have_none(theme):
    text = page([show(PRODUCT), show(PRODUCT, theme="light")], theme=theme)
    assert elements(text, "html")[0][0]["data-theme"] == theme
    assert [w["theme"] for w in stored(text)] == [theme, "light"]


def test_presenter_mode_is_asked_of_every_widget():
    text = page([PRODUCT, misconceptions()], presenter=True)
    assert [w["presenter"] for w in stored(text)] == [True, True]


def test_a_title_is_the_window_and_a_heading():
    text = to_html(PRODUCT, title="A <b>product</b>")
    assert elements(text, "title")[0][1] == "A <b>product</b>"
    assert elements(text, "h1")[0][1] == "A <b>product</b>"


# -- what it may do -------------------------------------------------------------------------------


def test_the_policy_lets_a_page_run_its_own_script_alone():
    text = page([PRODUCT, "[a link](https://example.org)"])
    policies = [a["content"] for a, _ in elements(text, "meta") if "Policy" in str(a)]
    (policy,) = policies
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]+' blob: 'wasm-unsafe-eval'", rules["script-src"])
    assert "http" not in policy
    running = [said for a, said in elements(text, "script") if "type" not in a]
    assert len(running) == 1


@pytest.mark.parametrize("row", rows("label"), ids=lambda row: row["id"])
def test_no_label_becomes_markup(row):
    label = label_of(row)
    plain, hostile = (
        Elements(to_html(Value(1.0, label=name) * 2, title=name, engine=False)).found
        for name in ("a", label)
    )
    still = {"img", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi"}
    kinds = [[tag for tag, _, _ in found if tag not in still] for found in (plain, hostile)]
    expected = [tag for tag in kinds[0] if label.strip() or tag != "h1"]
    assert kinds[1] == expected


def test_html_in_a_text_is_text():
    text = page("<script>alert(1)</script> [x](javascript:alert(1)) ![](https://example.org/a.png)")
    assert not [said for _, said in elements(text, "script") if "alert" in said]
    assert not [a for a, _ in elements(text, "a") if str(a.get("href")).startswith("javascript")]


def test_a_text_that_no_file_may_hold_is_written_all_the_same(tmp_path):
    path = page("half a pair: \ud83d", tmp_path / "half.html")
    assert "half a pair: \ufffd" in path.read_text("utf-8")


@pytest.mark.parametrize("row", rows("label"), ids=lambda row: row["id"])
def test_a_picture_in_its_address_is_the_picture(row):
    diagram = show(Value(1.0, label=label_of(row)) * 2)
    base64 = re.search(r"base64,([^\"]+)", diagram.still_html())
    if base64 is None:
        pytest.skip("no Graphviz here")
    (inside,) = (a["src"] for a, _ in elements(to_html(diagram, engine=False), "img"))
    kind, svg = inside.split(",", 1)
    assert kind == "data:image/svg+xml"
    assert not re.search(r'[#"\n]', svg)
    ours, wanted = unquote(svg), b64decode(base64[1]).decode("utf-8")
    canonical = [minidom.parseString(text).toxml().split() for text in (ours, wanted)]
    assert canonical[0] == canonical[1]


def test_a_frame_has_a_name_a_size_and_no_rights():
    ((attributes, _),) = elements(embed(PRODUCT, width=800, height="70vh", title='"x"'), "iframe")
    assert attributes["title"] == '"x"'
    assert attributes["loading"] == "lazy"
    assert attributes["sandbox"] == "allow-scripts allow-downloads"
    assert attributes["style"] == "width: 800px; height: 70vh; border: 0"
    assert stored(unescape(attributes["srcdoc"]))[0]["_figure"] == "diagram"


@pytest.mark.parametrize(
    "height",
    [
        0,
        -5,
        True,
        float("nan"),
        float("inf"),
        10**400,
        "1px; background: red",
        "tall",
        '"',
        "",
        "-3px",
    ],
)
def test_a_size_is_a_length(height):
    with pytest.raises(
        ValueError,
        match="expected pixels above 0, up to 1,000,000, or a length such as '70vh', got: ",
    ):
        embed(PRODUCT, height=height)


@pytest.mark.parametrize("make", [to_html, embed, lambda what, title: page([what], title=title)])
def test_a_title_is_text_and_one_that_says_nothing_is_none(make):
    with pytest.raises(TypeError, match="expected title to be a text or None, got: int 5"):
        make(PRODUCT, title=5)
    assert make(PRODUCT, title="  ") == make(PRODUCT, title=None)


@pytest.mark.parametrize("contents", [None, 5])
def test_what_is_no_contents_is_refused(contents):
    with pytest.raises(TypeError, match=f"expected widgets, values and texts, got: .*{contents}"):
        page(contents)


@pytest.mark.parametrize("wrong", [3.0, None, [1.0], Value])
def test_only_widgets_and_values_go_into_a_page(wrong):
    with pytest.raises(
        TypeError, match=r"^expected a widget of microgradwidgets or a Value, got: "
    ):
        to_html(wrong)


def test_a_theme_that_is_none():
    with pytest.raises(ValueError, match="expected theme to be auto, light or dark, got: "):
        to_html(PRODUCT, theme='"><script>')
    with pytest.raises(ValueError, match="be auto, light or dark, got: ndarray"):
        to_html(PRODUCT, theme=np.array(["light", "dark"]))


# -- writing it -----------------------------------------------------------------------------------


def test_a045_only_the_resolved_path_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = to_html(PRODUCT, "sub/../y.html")
    assert written == tmp_path / "y.html"
    assert os.listdir(tmp_path) == ["y.html"]


def test_a046_a_file_that_is_there_stays(tmp_path):
    path = tmp_path / "there.html"
    path.write_text("old")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        to_html(PRODUCT, path)
    assert path.read_text() == "old"
    to_html(PRODUCT, path, overwrite=True)
    assert "<!doctype html>" in path.read_text()


@pytest.mark.parametrize("path", ["", ".", "..", "/"])
def test_a047_a_path_names_a_file(path):
    with pytest.raises(ValueError, match="expected path to name a file, got: "):
        to_html(PRODUCT, path)


@pytest.mark.parametrize(
    "path, error, words",
    [
        ("\ud800.html", ValueError, r"name a file, got: str '\\ud800\.html'$"),
        ("a\0.html", ValueError, r"name a file, got: str 'a\\x00\.html'$"),
        (5, TypeError, "be a text or a Path, got: int 5$"),
        (b"x.html", TypeError, "be a text or a Path, got: bytes b'x.html'$"),
    ],
)
def test_a_path_is_a_text_that_a_system_takes(path, error, words):
    with pytest.raises(error, match=f"^expected path to {words}"):
        to_html(PRODUCT, path)


def test_a048_no_file_is_written_below_a_file(tmp_path):
    (tmp_path / "file").write_text("old")
    with pytest.raises(NotADirectoryError):
        to_html(PRODUCT, tmp_path / "file" / "y.html")


@pytest.mark.parametrize("overwrite", [False, True])
def test_a049_where_there_is_no_room_no_part_is_left(tmp_path, monkeypatch, overwrite):
    path = tmp_path / "y.html"
    if overwrite:
        path.write_text("old")

    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        to_html(PRODUCT, path, overwrite=overwrite)
    assert os.listdir(tmp_path) == (["y.html"] if overwrite else [])
    assert not overwrite or path.read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a050_a_link_is_replaced_and_never_followed(tmp_path):
    target, link = tmp_path / "target.html", tmp_path / "link.html"
    target.write_text("old")
    link.symlink_to(target)
    with pytest.raises(FileExistsError, match="overwrite=True"):
        to_html(PRODUCT, link)
    to_html(PRODUCT, link, overwrite=True)
    assert target.read_text() == "old"
    assert not link.is_symlink()
