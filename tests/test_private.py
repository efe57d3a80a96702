"""What a widget stores, shows and writes down says nothing of the machine it was made on."""

import asyncio
import getpass
import json
import re
import socket
import sys
import tempfile
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from zlib import decompress, error

import pytest

import microgradwidgets
from microgradwidgets import Dashboard, Value, misconceptions, page, show, steps
from microgradwidgets.nn import MLP
from microgradwidgets.views.learners_error import error_words

pytestmark = pytest.mark.usefixtures("_no_widget_left")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder with a name that is easily found, and the working folder inside it."""
    home = tmp_path / "Quilliam Ozzory"
    (home / "course notes").mkdir(parents=True)
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.chdir(home / "course notes")
    return home


def names_of_the_machine():
    here = Path(microgradwidgets.__file__).parents[1]
    words = ["Quilliam", "Ozzory", "course notes", tempfile.gettempdir(), str(here), sys.prefix]
    words += ["ipykernel_", Path(__file__).name]
    # Of a machine called `vm` and a user called `root` one cannot tell.
    return words + [word for word in (socket.gethostname(), getpass.getuser()) if len(word) > 4]


def everything(widget):
    """All that crosses to a page, is shown, or is written into one."""
    state = widget.get_state()
    parts = [repr(widget), widget.title, widget.still_html(), repr(widget.freeze())]
    parts += [str(page(widget, engine=False)), json.dumps(state, default=repr)]
    for packed in (thing for thing in state.values() if isinstance(thing, bytes)):
        parts.append(packed.decode("latin-1"))
        with suppress(error):
            parts.append(decompress(packed).decode("latin-1"))
    pictures = re.findall(r"base64,([A-Za-z0-9+/=]+)", "".join(parts))
    return "\n".join([*parts, *(b64decode(one).decode("latin-1") for one in pictures)])


def found(text):
    return [word for word in names_of_the_machine() if word in text]


def test_what_is_looked_for_would_be_found(home):
    assert found(f"{home} and {Path(__file__).name}") == [
        *("Quilliam", "Ozzory", tempfile.gettempdir(), Path(__file__).name)
    ]


def test_a_diagram_has_lines_of_the_cell_and_no_place_of_it(home):
    a = Value(2.0)
    b = a * 3.0
    diagram = show((b + a).tanh())
    assert diagram.sources, "the lines are there"
    assert found(everything(diagram)) == []
    diagram.close()


def test_misconceptions(home):
    demo = misconceptions()
    assert found(everything(demo)) == []
    demo.close()


def test_a_dashboard_with_points_from_a_file(home):
    path = home / "course notes" / "points of Quilliam.csv"
    path.write_text("x,y,label\n0,0,1\n1,1,-1\n0,1,1\n")
    dashboard = Dashboard(data=path, hidden=[2], steps=5)
    dashboard.seek(2)
    assert dashboard.run is not None
    assert found(everything(dashboard)) == []
    dashboard.close()


def test_a_dashboard_that_tells_what_went_wrong_in_a_loop(home):
    def loop():
        yield from steps(MLP(2, [2, 1]), dashboard.data, steps=2)
        (home / "no such folder" / "log.txt").read_text()

    dashboard = Dashboard(hidden=[2], n_samples=6)

    async def work():
        dashboard.watch(loop())
        while dashboard.watching == "running":
            await asyncio.sleep(0.001)

    asyncio.run(work())
    assert dashboard.watching == "failed"
    text = everything(dashboard)
    assert "No such file" in text
    # The learner's own file is named, as "line 2 of loop.py"; here it is this one.
    assert found(text.replace(Path(__file__).name, "")) == []
    dashboard.close()


@pytest.mark.parametrize("inside", ["", "course notes", "course notes/data of Quilliam.csv"])
def test_words_about_an_error_name_no_folder_of_the_learners(home, inside):
    path = str(home / inside)
    words = error_words(FileNotFoundError(2, "No such file or directory", path))
    assert "No such file or directory" in words
    assert "Ozzory" not in words
    assert "course notes" not in words
