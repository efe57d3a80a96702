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


class Quiet(SimpleHTTPRequestHandler):
    """The tests speak for themselves."""

    def log_message(self, *words: object) -> None: ...


class BelowAPath(Quiet):
    """What stands outside of the path is not there."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(f"{PREFIX}/")
        return super().translate_path(path.removeprefix(PREFIX) if inside else "/nothing/here")


@contextmanager
def static_server(
    folder: Path, kind: type[Quiet] = BelowAPath, prefix: str = PREFIX
) -> Iterator[Server]:
    with ThreadingHTTPServer((HOST, 0), partial(kind, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Server(f"http://{HOST}:{server.server_port}{prefix}", folder)
        server.shutdown()
        thread.join()
