"""A folder served as any plain web server would: below a path, with no header of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.browser.servers import HOST, Server

PREFIX = "/course"


class BelowAPath(SimpleHTTPRequestHandler):
    """What stands outside of the path is not there."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(f"{PREFIX}/")
        return super().translate_path(path.removeprefix(PREFIX) if inside else "/nothing/here")

    def log_message(self, *words: object) -> None:
        """The tests speak for themselves."""


@contextmanager
def static_server(folder: Path) -> Iterator[Server]:
    handler = partial(BelowAPath, directory=str(folder))
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Server(f"http://{HOST}:{server.server_port}{PREFIX}", folder)
        server.shutdown()
        thread.join()
