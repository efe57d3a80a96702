"""Where a command is running, as far as its surroundings tell, and what can be seen there."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

Shows: TypeAlias = Literal["live", "picture", "text"]


class Host(NamedTuple):
    """A place where notebooks are run.

    Args:
        name: what it is called.
        shows: live; a still picture; or text alone.
        why: in a sentence.
    """

    name: str
    shows: Shows
    why: str


_BY_PACKAGE = "its own manager of widgets runs anywidget"
_BY_MARKS: Mapping[str, Host] = {
    "COLAB_RELEASE_TAG": Host(
        "Google Colab",
        "live",
        "after google.colab.output.enable_custom_widget_manager(); the picture until then",
    ),
    "KAGGLE_KERNEL_RUN_TYPE": Host("Kaggle", "live", _BY_PACKAGE),
    "DATABRICKS_RUNTIME_VERSION": Host("Databricks", "live", _BY_PACKAGE),
    "DEEPNOTE_PROJECT_ID": Host("Deepnote", "live", _BY_PACKAGE),
    "BINDER_SERVICE_HOST": Host("Binder", "live", "it runs JupyterLab"),
    "VSCODE_PID": Host(
        "VS Code", "live", "its Jupyter extension runs anywidget in notebooks; a terminal: text"
    ),
    "JUPYTERHUB_USER": Host("JupyterHub", "live", "it runs JupyterLab or Notebook 7"),
    "JPY_SESSION_NAME": Host("Jupyter", "live", "a notebook of JupyterLab or Notebook 7"),
    "JPY_PARENT_PID": Host("Jupyter", "live", "a kernel; live where its notebook is on screen"),
}
_LITE = Host("JupyterLite", "live", "Python in the page itself; the widgets come with the site")
_SHELL = Host(
    "a terminal",
    "text",
    "no browser is attached; `microgradwidgets demo` opens one, `to_html` writes a page",
)


def host(environment: Mapping[str, str], platform: str = sys.platform) -> Host:
    """The first host whose marks are found.

    >>> host({"COLAB_RELEASE_TAG": "release"}, "linux").name
    'Google Colab'
    >>> host({}, "linux").shows
    'text'
    """
    if platform == "emscripten":
        return _LITE
    return next((found for mark, found in _BY_MARKS.items() if environment.get(mark)), _SHELL)
