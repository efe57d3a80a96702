"""What every test stands on: settings of its own, never those of the person who runs it."""

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.distributions import ROOT, build_sdist, build_wheel

BROWSERS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("WebKitWebDriver",),
}

# Benchmarks print a table (`make bench`) and pass or fail nothing; campaigns need a browser and
# are run by `test_campaigns.py`; mutants have an environment of their own (`make mutants-python`).
collect_ignore = ["benchmarks", "mutation", "nightly"]


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
# Where a test runs for each of a thousand faults; how small a counterexample is, is of no interest.
settings.register_profile(
    "quick",
    deadline=None,
    derandomize=True,
    max_examples=25,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)


def browser_path(name: str) -> str | None:
    """Where a browser is; an environment variable may say so."""
    names = (os.environ.get(f"MICROGRADWIDGETS_{name.upper()}"), *BROWSERS[name])
    return next((path for name in names if name and (path := shutil.which(name))), None)


def required(name: str) -> str:
    return browser_path(name) or pytest.fail(
        f"expected {name.capitalize()} for the browser tests, got: none. "
        "`make test` installs it where it may; `pytest -m 'not browser'` leaves these tests out",
        pytrace=False,
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium that browser tests drive."""
    return required("chromium")


@pytest.fixture(scope="session")
def firefox() -> str:
    """Path of the Firefox that browser tests drive."""
    return required("firefox")


@pytest.fixture(scope="session")
def webkit() -> str:
    """Path of the driver of WebKit; it is not on every machine, and need not be."""
    path = browser_path("webkit")
    if path is None or shutil.which("Xvfb") is None:
        pytest.skip("WebKit is not installed (Debian: apt-get install webkit2gtk-driver xvfb)")
    return path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution of this checkout."""
    return build_sdist(ROOT, tmp_path_factory.mktemp("sdist"))


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


@pytest.fixture
def night() -> bool:
    """Whether this is a night, which wants the full numbers of a promise, not the quick ones."""
    return "MICROGRADWIDGETS_NIGHT" in os.environ


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str, object, str], None]:
    """Prints what was measured beside what is promised; in a night it is kept in the report."""

    def keep(what: str, value: object, promised: str) -> None:
        line = {"what": what, "measured": str(value), "promised": promised}
        request.node.user_properties.append(("measured", line))
        if file := os.environ.get("MICROGRADWIDGETS_NIGHT"):
            with open(file, "a", encoding="utf-8") as kept:
                kept.write(json.dumps(line) + "\n")

    return keep


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was measured, also when all is well."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    lines = [
        line
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, line in report.user_properties
        if name == "measured"
    ]
    if lines:
        terminalreporter.section("measured")
    for line in lines:
        terminalreporter.line("{what}: {measured} (promised: {promised})".format(**line))
