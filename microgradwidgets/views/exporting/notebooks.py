"""A notebook file as slides or as a page; it is run first where that is needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeAlias

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert.filters.markdown_mistune import InvalidNotebook

from ...teaching.solutions import expect_notebook
from ..files import expect_free, write_file
from .exporters import MicrogradHtml, MicrogradSlides, Offline
from .saved import VIEW, saved_widgets

Kind: TypeAlias = Literal["slides", "html"]

_EXPORTERS: dict[Kind, type[Offline]] = {"slides": MicrogradSlides, "html": MicrogradHtml}
_FIRST_LINE = 60


class ExportError(Exception):
    """Why there is no file, in words for the person who asked for it."""


def export_notebook(
    notebook: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    to: Kind = "slides",
    execute: bool | None = None,
    theme: str | None = None,
    title: str | None = None,
    overwrite: bool = False,
    say: Callable[[str], object] = lambda words: None,
) -> Path:
    """Write a notebook as one file with live figures, which needs no network.

    Args:
        notebook: the file; it stays as it is.
        output: where to; beside the notebook if not given.
        to: slides, or one page.
        execute: whether to run it first; if not given, where cells were not run or the state of
            a widget is missing.
        theme: ``"light"``, ``"dark"`` or ``"auto"``; else that of the exporter.
        title: what the window is called.
        overwrite: whether a file that is there already may be replaced.
        say: told what takes its time.

    Raises:
        ExportError: where there is no notebook, no kernel, no room, or a cell fails; where
            ``output`` is the notebook itself.
    """
    source = Path(notebook)
    nb = _read(source)
    exporter = _EXPORTERS[to](**_given(theme=theme, title=title))
    target = Path(output) if output else source.with_name(source.stem + exporter.file_extension)
    try:
        target = expect_free(target, overwrite=True)  # before it is run, which may take long
        is_source = target.exists() and target.samefile(source)
    except (OSError, ValueError) as error:
        raise ExportError(str(error)) from error
    if is_source:  # by whatever path or link: not even --overwrite may cost somebody the source
        raise ExportError(
            f"expected output to be another file than the notebook, which stays, got: {target}"
        )
    if os.path.lexists(target) and not overwrite:
        raise ExportError(f"expected {target} to be free, got: a file. --overwrite replaces it")
    folder = source.parent.resolve()
    if execute or (execute is None and _lacks_something(nb)):
        say(f"Running {source} ...")
        _run(nb, folder)
    resources = {"metadata": {"name": source.stem, "path": str(folder)}}
    try:
        text, _ = exporter.from_notebook_node(nb, resources)
    except (InvalidNotebook, ValueError) as error:  # such as a deck of cells that are all skipped
        raise ExportError(f"expected a notebook that can be shown, got: {error}") from error
    except nbformat.ValidationError as error:  # such as a cell without outputs that was not run
        raise ExportError(f"expected a notebook that can be shown, got: {error.message}") from error
    try:
        return write_file(target, text, overwrite=overwrite)
    except (OSError, ValueError) as error:
        raise ExportError(f"expected {target} to be written, got: {error}") from error


def _read(path: Path) -> Any:
    try:
        return expect_notebook(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise ExportError(f"expected a notebook, got: no file {path}") from None
    except OSError as error:
        raise ExportError(f"expected a notebook, got: {error}") from error
    except Exception as error:  # not JSON, not of a notebook, of a version that is unknown
        raise ExportError(f"expected a notebook, got: {path}, which is none") from error


def _lacks_something(nb: Any) -> bool:
    """Whether some cell was never run, or a widget left no state."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    views = [
        str(output.data[VIEW].get("model_id"))
        for cell in cells
        for output in cell.get("outputs", ())
        if VIEW in output.get("data", {})
    ]
    return any(cell.get("execution_count") is None for cell in cells) or bool(
        set(views) - set(saved_widgets(nb.metadata)) and _is_ours(cells)
    )


def _is_ours(cells: Any) -> bool:
    return any("mgw-still-" in str(output) for cell in cells for output in cell.get("outputs", ()))


def _run(nb: Any, folder: Path) -> None:
    resources = {"metadata": {"path": str(folder)}}
    try:
        NotebookClient(nb, resources=resources).execute()
    except NoSuchKernel as error:
        raise ExportError(
            f"expected the kernel {error.name!r} to run the notebook with, got: none such. "
            "Install it (that of Python by `pip install ipykernel`), or export what is there "
            "with --no-execute"
        ) from error
    except CellExecutionError as error:
        raise ExportError(f"expected every cell to run, got: {_failed(nb, error)}") from error
    except DeadKernelError as error:
        raise ExportError("expected every cell to run, got: a kernel that died") from error


def _failed(nb: Any, error: CellExecutionError) -> str:
    """Which cell it was, and what it said."""
    for number, cell in enumerate(nb.cells, 1):
        kinds = [output.output_type for output in cell.get("outputs", ())]
        if "error" in kinds:
            first = cell.source.strip().partition("\n")[0]
            short = first if len(first) <= _FIRST_LINE else first[:_FIRST_LINE] + "…"
            return f"cell {number} (`{short}`): {error.ename}: {error.evalue}"
    return f"{error.ename}: {error.evalue}"


def _given(**settings: str | None) -> dict[str, str]:
    return {name: what for name, what in settings.items() if what is not None}
