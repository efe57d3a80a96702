"""Files written whole or not at all, and never in place of another by accident."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from ..arithmetic import described

PathLike: TypeAlias = str | os.PathLike[str]


def text_or_file(text: str, path: PathLike | None, overwrite: bool) -> str | None:
    """The text itself where no path is given; else it is written there, and None comes back."""
    if path is None:
        return text
    write_file(path, text, overwrite=overwrite)
    return None


def write_file(path: PathLike, content: str | bytes, *, overwrite: bool = False) -> Path:
    """Write a file; readers see it with all its content or not at all.

    Args:
        path: where. Links on the way to it are followed; one that stands there itself is not.
        content: text, written as UTF-8 with its line ends as they are, or bytes.
        overwrite: whether what is there already may be replaced; of a link it is the link, never
            what it leads to.

    Returns:
        The file, by its full path.

    Raises:
        ValueError: where the path names no file.
        FileExistsError: where something stands already that may not be replaced; a device, a pipe
            or a folder never may.
        FileNotFoundError: where the folder is not there.
        NotADirectoryError: where what should be the folder is none.
        OSError: where nothing can be written, as on a full disk; what was there stays as it was,
            and no part of a file is left behind.
    """
    target = expect_free(path, overwrite=overwrite)
    data = content.encode("utf-8") if isinstance(content, str) else content
    draft = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with _told_of(target, len(data)):
            _write_new(draft, data)
            if overwrite:
                draft.replace(target)  # a link that came meanwhile is replaced, not followed
            else:
                _publish(draft, target, data)
    finally:
        try:
            _remove(draft)
        finally:
            _remove(draft)  # also where Ctrl-C came in between
    return target


@contextmanager
def _told_of(target: Path, size: int) -> Iterator[None]:
    """Say of the system's refusal which file it is about: nobody knows of a draft."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        words = f"expected to write {size:,} bytes, got: {reason}; nothing was written or changed"
        raise OSError(error.errno, words, str(target)) from None


def path_text(path: object, argument: str = "path") -> str:
    """A path as a text that the system can be asked for."""
    text = os.fspath(path) if isinstance(path, (str, os.PathLike)) else None
    if not isinstance(text, str):
        raise TypeError(f"expected {argument} to be a text or a Path, got: {described(path)}")
    try:
        if b"\0" not in os.fsencode(text):
            return text
    except UnicodeEncodeError:  # half of a pair of surrogates
        pass
    raise ValueError(f"expected {argument} to name a file, got: {described(text)}")


def expect_free(path: PathLike, *, overwrite: bool = False) -> Path:
    """The file that may be written at ``path``, by its full path; errors as for a file written."""
    target = _target(path)
    if not target.parent.is_dir():
        missing = NotADirectoryError if target.parent.exists() else FileNotFoundError
        raise missing(f"expected a folder to write into, got: {str(target.parent)!r}")
    if not os.path.lexists(target):
        return target
    if not target.is_symlink() and not target.is_file():
        what = "a folder" if target.is_dir() else "no ordinary file"
        raise FileExistsError(f"expected path to name a file, got: {str(target)!r}, {what}")
    if not overwrite:
        raise FileExistsError(f"{_refusal(target)}; overwrite=True replaces it")
    return target


def _target(path: PathLike) -> Path:
    """The file that a path names, without ``..`` and links on the way to it."""
    named = Path(path_text(path))
    if not named.name or named.name == "..":
        raise ValueError(f"expected path to name a file, got: {os.fspath(path)!r}")
    return named.parent.resolve() / named.name


def _publish(draft: Path, target: Path, data: bytes) -> None:
    """Give the draft its name, unless something else has it by now."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise FileExistsError(f"{_refusal(target)}; overwrite=True replaces it") from None
    except OSError:  # no hard links here
        _write_new(target, data)


def _write_new(path: Path, data: bytes) -> None:
    """Create a file that was not there before, links included."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o666), "wb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            _remove(path)
            raise


def _remove(path: Path) -> None:
    with suppress(OSError):  # its folder may be gone, too
        path.unlink()


def _refusal(target: Path) -> str:
    return f"expected path to be free, got: {str(target)!r}, which is there already"
