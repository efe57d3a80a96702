"""What every test stands on: settings of its own, never those of the person who runs it."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# Benchmarks print a table (`make bench`); they pass or fail nothing.
collect_ignore = ["benchmarks"]


def isolate() -> None:
    """Give Jupyter, IPython and matplotlib empty folders, here and in every child process."""
    home = Path(tempfile.mkdtemp(prefix="microgradwidgets-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_CONFIG_PATH": "config-path",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "lab/settings",
        "JUPYTERLAB_WORKSPACES_DIR": "lab/workspaces",
        "IPYTHONDIR": "ipython",
    }
    for name, folder in folders.items():
        (home / folder).mkdir(parents=True)
        os.environ[name] = str(home / folder)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    os.environ["MPLBACKEND"] = "Agg"
    for name in ("JUPYTER_PATH", "JUPYTER_TOKEN", "ANYWIDGET_HMR"):
        os.environ.pop(name, None)


# Now, not in a fixture: Jupyter reads these when it is first imported.
isolate()

# Two shared cores have slow moments; a slow example is no failure.
settings.register_profile("default", deadline=None)
# The examples that decide whether a change is taken are the same every time.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium that browser tests drive."""
    for name in (os.environ.get("MICROGRADWIDGETS_CHROMIUM"), *CHROMIUM_NAMES):
        path = shutil.which(name) if name else None
        if path:
            return path
    return pytest.fail(
        "expected Chromium for the browser tests, got: none. "
        "`make test` installs it where it may; `pytest -m 'not browser'` leaves these tests out",
        pytrace=False,
    )


@pytest.fixture
def _no_widget_left() -> Iterator[None]:
    """No widget outlives its test."""
    from ipywidgets.widgets import widget as registry

    before = {*registry._instances}
    yield
    for key in {*registry._instances} - before:
        if key in registry._instances:  # closing one closes its layout
            registry._instances[key].close()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What widgets tell a page from now on: names of traits, and messages."""
    import ipywidgets

    found: list[Any] = []
    monkeypatch.setattr(ipywidgets.Widget, "send_state", lambda self, key=None: found.append(key))
    monkeypatch.setattr(
        ipywidgets.Widget, "send", lambda self, content, buffers=None: found.append(content)
    )
    return found
