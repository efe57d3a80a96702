"""The API reference: the docstrings of every public name, as pages that ask for nothing."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pdoc
import pdoc.render
from pygments.formatters import HtmlFormatter

import microgradwidgets

TEMPLATES = Path(__file__).resolve().parent / "templates"
NO_PICTURE = "data:,"  # or browsers ask the server for one
DARK = "@media (prefers-color-scheme: dark) {{\n{rules}\n}}\n"


def write_reference(folder: Path, templates: Path) -> None:
    """Write the reference into `folder`; `templates` is a place for what pdoc is to read."""
    templates.mkdir(parents=True, exist_ok=True)
    for path in TEMPLATES.iterdir():
        (templates / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    colours = HtmlFormatter(style="github-dark").get_style_defs(".pdoc-code")
    with (templates / "custom.css").open("a", encoding="utf-8") as css:
        css.write(DARK.format(rules=colours))
    # Names are offered before they are loaded; pdoc reads what is there.
    for name in microgradwidgets.__all__:
        getattr(microgradwidgets, name)
    pdoc.render.configure(
        docformat="google",
        favicon=NO_PICTURE,
        footer_text=f"microgradwidgets {microgradwidgets.__version__}",
        include_undocumented=False,
        math=False,
        mermaid=False,
        search=False,
        show_source=False,
        template_directory=templates,
    )
    with warnings.catch_warnings():
        # Annotations that only a type checker can read are shown as they are written.
        warnings.filterwarnings("ignore", message="Error parsing type annotation")
        pdoc.pdoc("microgradwidgets", output_directory=folder)
    written = folder / "microgradwidgets.html"
    text = without_dead_links(written.read_text("utf-8"))
    written.unlink()
    (folder / "index.html").write_text(text, encoding="utf-8")


def without_dead_links(text: str) -> str:
    """What was inherited from others has no place on the page, but pdoc links to it."""
    places = {*re.findall(r'\bid="([^"]+)"', text)}

    def kept(link: re.Match[str]) -> str:
        return link[0] if link[1] in places else link[2]

    return re.sub(r'<a href="#([^"]+)">(.*?)</a>', kept, text)
