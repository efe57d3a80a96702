"""The exporters that nbconvert finds under ``microgradslides`` and ``microgradhtml``."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from traitlets import Bool, Enum, Unicode, default
from traitlets.config import Config

from ...text import visible_text
from ..front_end import framed
from ..stored import data_block, data_html
from .mathematics import MathRenderer
from .outputs import WIDGETS

_TEMPLATES = str(Path(__file__).with_name("templates"))


def _tags(what: str) -> set[str]:
    """By which tags a part of a cell is left out."""
    return {f"{verb}{dash}{what}" for verb in ("remove", "hide") for dash in "-_"}


def _is_for_the_speaker(cell: Any) -> bool:
    return bool(cell.metadata.get("slideshow", {}).get("slide_type") == "notes")


class Offline(HTMLExporter):
    """What both have in common: nbconvert makes the cells, and the page around them is ours."""

    theme = Enum(["auto", "light", "dark"], "auto", help="Of the page and its figures.").tag(
        config=True
    )
    title = Unicode(help="Of the window; else that of the notebook, or its first heading.").tag(
        config=True
    )
    presenter = Bool(False, help="Large type; PageDown and PageUp walk the steps.").tag(config=True)
    frame: str

    @default("extra_template_basedirs")
    def _our_templates(self) -> list[str]:
        return [_TEMPLATES]

    @property
    def default_config(self) -> Config:
        """Settings of nbconvert that begin differently here."""
        config = Config(
            {
                "TemplateExporter": {"exclude_input_prompt": True, "exclude_output_prompt": True},
                "HTMLExporter": {"embed_images": True, "exclude_anchor_links": True},
                "TagRemovePreprocessor": {
                    "enabled": True,
                    "remove_cell_tags": _tags("cell"),
                    "remove_input_tags": _tags("input"),
                    "remove_all_outputs_tags": _tags("output"),
                },
            }
        )
        config.merge(super().default_config)
        return config

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as nbconvert makes it, with formulas that need no script."""
        renderer = MathRenderer(
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            embed_images=self.embed_images,
            path=context.get("resources", {}).get("metadata", {}).get("path", ""),
            anchor_link_text=self.anchor_link_text,
            exclude_anchor_links=self.exclude_anchor_links,
            **self.lexer_options,
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def from_notebook_node(  # type: ignore[override]  # as in nbconvert's own
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The whole file of a notebook, and what nbconvert knows of it."""
        contents, found = super().from_notebook_node(nb, resources, **kw)
        widgets = [self._dressed(widget) for widget in found.pop(WIDGETS)]
        text = framed(
            self.frame,
            language=self.language_code,
            theme=self.theme,
            title=escape(visible_text(self._title(nb, found))),
            contents=contents,
            data="\n".join(filter(None, [data_html(widgets), self._settings()])),
        )
        return text, found

    def _dressed(self, widget: Any) -> Any:
        if self.theme != "auto" and widget.traits.get("theme", "auto") == "auto":
            widget = widget.changed(theme=self.theme)
        return widget.changed(presenter=True) if self.presenter else widget

    def _title(self, nb: Any, resources: dict[str, Any]) -> str:
        headings = (
            re.search(r"^#\s+(.+?)\s*#*$", cell.source, re.MULTILINE)
            for cell in nb.cells
            if cell.cell_type == "markdown"
        )
        first = next((heading[1] for heading in headings if heading), "")
        name = resources.get("metadata", {}).get("name", "")
        return self.title or str(nb.metadata.get("title", "")) or first or name or "Notebook"

    def _settings(self) -> str:
        return ""


class MicrogradHtml(Offline):
    """A notebook as one page with live figures, which needs no network.

    ``jupyter nbconvert --to microgradhtml lecture.ipynb``
    """

    export_from_notebook = "Page that needs no network (.html)"
    frame = "notebook.html"

    def from_notebook_node(  # type: ignore[override]  # as above
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The same; what is for the speaker alone is not handed out."""
        handed_out = deepcopy(nb)
        handed_out.cells = [cell for cell in handed_out.cells if not _is_for_the_speaker(cell)]
        return super().from_notebook_node(handed_out, resources, **kw)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "microgradhtml"


class MicrogradSlides(Offline, SlidesExporter):
    """A notebook as slides with live figures, in one file that needs no network.

    ``jupyter nbconvert --to microgradslides lecture.ipynb``
    """

    export_from_notebook = "Slides that need no network (.html)"
    frame = "deck.html"

    @default("theme")
    def _light(self) -> str:
        return "light"

    @default("presenter")
    def _for_a_hall(self) -> bool:
        return True

    @default("template_name")
    def _template_name_default(self) -> str:
        return "microgradslides"

    @default("reveal_number")
    def _slide_of_all(self) -> str:
        return "c/t"

    def _settings(self) -> str:
        settings = {
            "transition": self.reveal_transition,
            "slideNumber": self.reveal_number or False,
            "width": int(self.reveal_width or 1280),
            "height": int(self.reveal_height or 720),
        }
        return data_block("deck", "application/json", json.dumps(settings).replace("<", r"\u003c"))
