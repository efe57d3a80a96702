"""Content security policies: what works under each, in a real JupyterLab and on pages of ours.

The policies that the documentation asks for are held to be enough, and to have no word too many.
"""

from __future__ import annotations

import pytest

from microgradwidgets import Dashboard, Value, embed, page
from tests.browser.exported import watched
from tests.browser.hosts import KINDS, LIVE
from tests.browser.jupyter import READY, Notebook, write_notebook
from tests.browser.pages import until
from tests.browser.policies import (
    FOR_JUPYTERLAB,
    FOR_PAGES,
    address,
    jupyter_with_policy,
    server_with_policy,
    spelled,
)
from tests.browser.policytable import (
    ALL,
    IN_FRAMES,
    IN_JUPYTERLAB,
    NOTHING,
    ON_PAGES,
    ON_SMALL_PAGES,
    TABLE,
    Row,
    is_seen,
    refused,
    row_of,
)
from tests.browser.test_hosts import OURS


def test_the_table_names_these_policies_and_no_others():
    assert [*TABLE.read()] == [*ALL]


@pytest.mark.parametrize("policy", [FOR_JUPYTERLAB, FOR_PAGES], ids=["JupyterLab", "pages"])
def test_the_policies_can_be_copied(policy):
    assert f"\n{spelled(policy)}\n".replace("; ", ";\n") in TABLE.page.read_text("utf-8")


def test_each_word_of_them_is_needed():
    """By what the tests below have found."""
    rows = TABLE.read()
    for whole, start in (
        ("JupyterLab, the one below", "that"),
        ("a page, the one below", "a page, that"),
    ):
        less = [row for name, row in rows.items() if name.startswith(f"{start} without")]
        assert len(less) > 5
        assert [row.policy for row in less if row[1:] == rows[whole][1:]] == []


# In JupyterLab


@pytest.fixture(scope="module")
def with_policy(tmp_path_factory):
    with jupyter_with_policy(tmp_path_factory.mktemp("policies")) as jupyter:
        write_notebook(jupyter.server.folder / "policies.ipynb", *OURS)
        yield jupyter


# JupyterLab gives up where it may not do one of these.
ITS_OWN = {"scripts", "`eval`", "connections", "inline styles", "style sheets"}
# Tells whether it is ready without waiting for what may never come.
SOON = f"""() => {{
  const soon = new Promise((r) => requestAnimationFrame(() => setTimeout(() => r(false))));
  window.isReady ??= ({READY});
  return Promise.race([window.isReady().catch(() => false), soon]);
}}"""


@pytest.mark.parametrize("name", IN_JUPYTERLAB)
def test_in_jupyterlab(name, browser, with_policy):
    with_policy.send(IN_JUPYTERLAB[name])
    link = with_policy.server.link("lab/tree/policies.ipynb", reset="")
    with watched(browser, with_policy.server) as seen:
        seen.page.goto(link, wait_until="commit")
        until(seen.page, lambda: gives_up(seen) or seen.page.evaluate(SOON), "JupyterLab", 120)
        if lost := gives_up(seen):
            said = "JupyterLab itself does not start"
            TABLE.expect(Row(name, NOTHING, NOTHING, NOTHING, sorted(lost)[0], said))
            return
        Notebook(seen).run_all()
        runs = "blob:" in scripts(name)
        if not runs:
            until(seen.page, lambda: "scripts from `blob:`" in refused(seen), "a refusal", 60)
            still = "A still picture. Run this cell to make it live."
            until(seen.page, lambda: is_seen(seen.page, still), "the picture", 60)
        TABLE.expect(row_of(name, seen, seen.page, runs=runs))


def gives_up(visit):
    return ITS_OWN & {*refused(visit)}


def scripts(name):
    """What the policy says of scripts; all is allowed where it says nothing."""
    said = [part for part in IN_JUPYTERLAB[name].split("; ") if part.startswith("script-src")]
    return said[0] if said else "blob:"


# On pages of ours


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    x, y = Value(2.0, label="x"), Value(-3.0, label="y")
    both = (x * y + x).with_label("o"), Dashboard(hidden=[4])
    page(both, folder / "page.html")
    page(both, folder / "small.html", engine=False)
    frames = f"<!doctype html><title>A book</title>{''.join(map(embed, both))}"
    (folder / "frames.html").write_text(frames, "utf-8")
    with server_with_policy(folder) as server:
        yield server


FILES = {
    **{name: ("page.html", policy) for name, policy in ON_PAGES.items()},
    **{name: ("small.html", policy) for name, policy in ON_SMALL_PAGES.items()},
}


@pytest.mark.parametrize("name", FILES)
def test_on_a_page(name, browser, pages):
    with watched(browser, pages) as seen:
        seen.page.goto(address(pages, *FILES[name]), wait_until="load")
        TABLE.expect(row_of(name, seen, seen.page, runs=settled(seen, seen.page)))


@pytest.mark.parametrize("name", IN_FRAMES)
def test_in_a_frame(name, browser, pages):
    with watched(browser, pages) as seen:
        seen.page.goto(address(pages, "frames.html", IN_FRAMES[name]), wait_until="load")
        frames = []
        for frame in seen.page.locator("iframe").all():
            frame.scroll_into_view_if_needed()  # it is loaded then
            frames.append(frame.element_handle().content_frame())
        runs = [settled(seen, frame) for frame in frames]
        TABLE.expect(row_of(name, seen, *frames, runs=all(runs)))


# These keep the script of a page from running at all.
NO_SCRIPT = {"inline scripts", "all scripts"}


def settled(visit, root):
    """Whether figures live, once that is known: they do, or something says that they will not."""
    alive = [root.locator(LIVE[kind]).first for kind in KINDS]
    until(
        visit.page,
        lambda: (
            NO_SCRIPT & {*refused(visit)}
            or is_seen(root, "What is seen instead")
            or any(figure.is_visible() for figure in alive)
        ),
        "a figure or a reason",
        60,
    )
    return any(figure.is_visible() for figure in alive)
