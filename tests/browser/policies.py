"""Content security policies, and servers that send one of them with all that they serve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from tests.browser.servers import Server, jupyter_server
from tests.browser.site_server import Quiet, static_server

Policy = Mapping[str, str]

# What is enough, for an administrator to copy; that no word of it may go is tried, too.
FOR_JUPYTERLAB: Policy = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "worker-src": "blob:",
}
FOR_PAGES: Policy = {
    "default-src": "'none'",
    "script-src": "'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "worker-src": "blob:",
}


def spelled(policy: Policy) -> str:
    """As it stands in a header.

    >>> spelled({"default-src": "'none'", "img-src": "data:"})
    "default-src 'none'; img-src data:"
    """
    return "; ".join(f"{name} {words}".strip() for name, words in policy.items())


def without_one_word(policy: Policy) -> dict[str, str]:
    """The policies that allow one thing less, by what they lack.

    >>> without_one_word({"default-src": "'none'", "img-src": "'self' data:"})[
    ...     "`data:` in `img-src`"
    ... ]
    "default-src 'none'; img-src 'self'"
    """
    less = {}
    for name, words in policy.items():
        for word in words.split():
            left = " ".join(one for one in words.split() if one != word) or "'none'"
            if word != "'none'":
                less[f"`{word}` in `{name}`"] = spelled({**policy, name: left})
    return less


SETTINGS = """
from collections.abc import Mapping
from pathlib import Path


class Headers(Mapping):
    def now(self):
        policy = Path({path!r}).read_text()
        return {{"Content-Security-Policy": policy}} if policy else {{}}

    def __getitem__(self, name):
        return self.now()[name]

    def __iter__(self):
        return iter(self.now())

    def __len__(self):
        return len(self.now())


c.ServerApp.tornado_settings = {{"headers": Headers()}}
"""


class Jupyter:
    """A real JupyterLab that sends the policy of the moment."""

    def __init__(self, server: Server, path: Path) -> None:
        self.server = server
        self._path = path

    def send(self, policy: str) -> None:
        """From the next page on."""
        self._path.write_text(policy)


@contextmanager
def jupyter_with_policy(folder: Path) -> Iterator[Jupyter]:
    policy, config = folder / "policy", folder / "with_policy.py"
    policy.write_text("")
    config.write_text(SETTINGS.format(path=str(policy)))
    with jupyter_server(folder / "server", config) as server:
        yield Jupyter(server, policy)


class WithPolicy(Quiet):
    """Sends the policy that the address asks for."""

    def end_headers(self) -> None:
        for policy in parse_qs(urlsplit(self.path).query).get("policy", ()):
            self.send_header("Content-Security-Policy", policy)
        super().end_headers()


server_with_policy = partial(static_server, kind=WithPolicy, prefix="")


def address(server: Server, name: str, policy: str) -> str:
    return server.link(name, **({"policy": quote(policy)} if policy else {}))
