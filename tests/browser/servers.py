"""The notebook servers that the browser visits, each in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import microgradwidgets

PACKAGE_PARENT = Path(microgradwidgets.__file__).resolve().parent.parent
PATIENCE = 60.0

# A fresh JupyterLab asks the internet for news and for a newer version of itself.
NO_NEWS = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and the folder whose files it serves."""

    url: str
    folder: Path
    token: str = ""

    def link(self, path: str, **query: str) -> str:
        words = [f"{key}={value}" if value else key for key, value in query.items()]
        if self.token:
            words.append(f"token={self.token}")
        return f"{self.url}/{path}" + ("?" + "&".join(words) if words else "")


@contextmanager
def jupyter_server(folder: Path, config: Path | None = None) -> Iterator[Server]:
    """JupyterLab; where the notebook package is installed, it serves Notebook 7 as well."""
    notebooks, settings = folder / "notebooks", folder / "settings"
    notebooks.mkdir(parents=True)
    notification = settings / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    notification.parent.mkdir(parents=True)
    notification.write_text(json.dumps(NO_NEWS))
    port, token = free_port(), "browser-tests"
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser"),
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={notebooks}",
        f"--IdentityProvider.token={token}",
        f"--LabApp.user_settings_dir={settings}",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *([f"--config={config}"] if config else []),
    ]
    server = Server(f"http://{HOST}:{port}", notebooks, token)
    with running(command, folder, server.link("api/status")):
        yield server


@contextmanager
def marimo_server(folder: Path, notebook: Path, command: str = "run") -> Iterator[Server]:
    """One marimo notebook, ``run`` as an app or open to ``edit``."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    words = [
        *(sys.executable, "-m", "marimo", "--quiet", "--yes", command, str(notebook)),
        *("--headless", "--no-token", "--host", HOST, "--port", str(port)),
        *(["--skip-update-check"] if command == "edit" else []),
    ]
    server = Server(f"http://{HOST}:{port}", notebook.parent)
    with running(words, folder, server.link("health")):
        yield server


@contextmanager
def voila_server(folder: Path, notebook: Path) -> Iterator[Server]:
    """One notebook as a page of its results."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    words = [
        *(sys.executable, "-m", "voila", str(notebook), "--no-browser"),
        *(f"--Voila.ip={HOST}", f"--port={port}"),
        "--Voila.log_level=WARN",
    ]
    server = Server(f"http://{HOST}:{port}", notebook.parent)
    # Each visit starts a kernel; this one answers as soon as the server stands.
    with running(words, folder, server.link("voila/static/voila.js")):
        yield server


@contextmanager
def file_server(folder: Path) -> Iterator[Server]:
    """The plainest web server there is."""
    port = free_port()
    words = [*(sys.executable, "-m", "http.server", str(port)), *("--bind", HOST)]
    server = Server(f"http://{HOST}:{port}", folder)
    with running(words, folder, server.link("")):
        yield server


HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], folder: Path, health: str) -> Iterator[None]:
    """A server from the moment it answers until the end, with all that it started."""
    path = os.pathsep.join(filter(None, [str(PACKAGE_PARENT), os.environ.get("PYTHONPATH")]))
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until_it_answers(server, health, log)
        yield
    finally:
        stop(server)


def until_it_answers(server: subprocess.Popen[bytes], health: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(health, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"expected a server at {health}, got:\n{log.read_text(errors='replace')}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Politely first, so that it ends its kernels; they would otherwise outlive it."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(server.pid, signal.SIGKILL)
        else:
            server.kill()
        server.wait()
