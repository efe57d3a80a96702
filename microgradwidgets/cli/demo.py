"""``microgradwidgets demo`` opens the course.

The notebooks travel inside the package. The command copies them to a folder of the learner's
own, where they may be changed at will, and starts JupyterLab there.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .errors import CommandError, quoted
from .writing import put, telling

FIRST_NOTEBOOK = "00_quick_start.ipynb"
FIRST_PORT = 8888


def add_to(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "demo",
        help="open the course in JupyterLab",
        description=(
            "Copy the notebooks of the course to a folder of your own and open the first one in "
            "JupyterLab. A notebook that is already there is never written over."
        ),
        epilog=(
            "examples:\n  microgradwidgets demo\n"
            "  microgradwidgets demo --dir my-course --port 9000 -- --ip=0.0.0.0"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--dir",
        type=Path,
        default=Path("microgradwidgets-notebooks"),
        metavar="FOLDER",
        help="where your notebooks live (default: ./%(default)s)",
    )
    command.add_argument(
        "--port",
        type=port_number,
        help=f"port of JupyterLab (default: the first free one from {FIRST_PORT} on)",
    )
    command.add_argument(
        "--no-browser", action="store_true", help="print the link and open nothing"
    )
    command.add_argument(
        "jupyter_arguments",
        nargs="*",
        metavar="-- ARGUMENT",
        help="arguments for JupyterLab itself, such as --ip=0.0.0.0",
    )
    command.set_defaults(run=demo)


def port_number(text: str) -> int:
    """Read a port for argparse.

    >>> port_number("8890")
    8890
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, got: {text}")
    return int(text)


def demo(options: argparse.Namespace) -> int:
    """Copy the notebooks and stay until JupyterLab ends."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise CommandError(
            "expected JupyterLab beside microgradwidgets, got: none. Install it with\n"
            f"    {quoted(sys.executable)} -m pip install jupyterlab"
        )
    source, folder = notebooks_folder(), options.dir.resolve()
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"expected --dir to name a folder, got a file: {folder}")
    with telling():
        kept = copy_notebooks(source, folder)
    print(f"Your notebooks are in {folder}", flush=True)
    if kept:
        print(f"Kept as you left them: {', '.join(kept)}")
        print("(To have an original back, rename or delete yours and start again.)")
    return run_jupyterlab(folder, options)


def notebooks_folder() -> Path:
    """Find the course: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if (folder / FIRST_NOTEBOOK).is_file():
            return folder
    raise CommandError(
        f"expected notebooks in {package / 'notebooks'}, got: none. Install the package again."
    )


def copy_notebooks(source: Path, folder: Path) -> list[str]:
    """Copy what is not there yet; name the files that are there and differ."""
    kept = []
    for original in course_files(source):
        name = original.relative_to(source)
        copy = folder / name
        if not copy.exists():
            put(copy, original.read_bytes())  # a part of a file would be kept as if it were theirs
        elif copy.read_bytes() != original.read_bytes():
            kept.append(name.as_posix())
    return kept


def course_files(source: Path) -> Iterator[Path]:
    """Walk over every file of the course, leaving out caches and checkpoints."""
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if path.is_file() and not any(part[0] in "._" for part in parts):
            yield path


def run_jupyterlab(folder: Path, options: argparse.Namespace) -> int:
    """Start JupyterLab, print the link as soon as it answers, and wait for its end."""
    port = options.port or free_port()
    if answers(port):
        raise CommandError(f"expected a free port, got: {port}, where something listens already")
    token = secrets.token_hex(24)
    command = [
        *(sys.executable, "-m", "jupyterlab", str(folder / FIRST_NOTEBOOK)),
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.base_url=/",
        "--ServerApp.log_level=WARN",  # so that the link is what is seen
        *(["--no-browser"] if options.no_browser or not has_screen() else []),
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        *options.jupyter_arguments,
    ]
    # The token goes by the environment, where other users of the machine cannot read it.
    environment = {**os.environ, "JUPYTER_TOKEN": token, "PATH": own_commands_first()}
    server = subprocess.Popen(command, env=environment)
    # Ctrl-C reaches JupyterLab by itself, which asks and then closes its kernels; being told to
    # end, we pass it on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    if wait_for(server, port):
        link = f"http://localhost:{port}/lab/tree/{FIRST_NOTEBOOK}?token={token}"
        print(f"\n    The course is open at\n\n    {link}\n", flush=True)
    return server.wait()


def own_commands_first() -> str:
    """The search path for ``!`` in a notebook: what is installed beside us is found by name."""
    ours, usual = str(Path(sys.executable).parent), os.environ.get("PATH", "")
    return usual if ours in usual.split(os.pathsep) else os.pathsep.join([ours, usual])


def free_port() -> int:
    """First port from ``FIRST_PORT`` on that nothing listens to."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if not answers(port):
            return port
    raise CommandError(f"expected a free port from {FIRST_PORT} on, got: none. Give one by --port")


def wait_for(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server listens; false when it ended before it did."""
    while server.poll() is None:
        if answers(port):
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    """Tell whether anything listens at a port of this machine."""
    try:
        socket.create_connection(("localhost", port), timeout=0.5).close()
    except OSError:
        return False
    return True


def has_screen() -> bool:
    """Tell whether a browser could show anything; a container or a remote shell has no screen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
