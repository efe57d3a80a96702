"""A widget that is on the pages only as long as something shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import traitlets

from .unflooded import Unflooded


class Wakeful(Unflooded):
    """Sleeps until it is shown, and again when the last output that showed it is gone.

    Jupyter keeps every widget that it has heard of, and where it saves the state of widgets, it
    saves that of all: a cell that is run again leaves one more in the file. So the pages hear of
    this one when somebody is about to show it, which is when its model's name is asked for. A page
    that has no view of it any more says so, and how often it was shown so far: if it was not shown
    again since, it is taken off the pages, with its layout. In Python it stays what it was, and
    shown again it has the name it had.

    So ``ipywidgets.embed`` too knows of what was shown, and of nothing else.
    """

    _showings = traitlets.Int(0).tag(sync=True)
    _is_closed = _is_moving = False
    _owns_layout = False

    def __init__(self, **traits: Any) -> None:
        self._owns_layout = "layout" not in traits
        super().__init__(**traits)

    def open(self) -> None:
        """Do nothing yet: waking is left to the one who shows it."""

    @property
    def model_id(self) -> str:
        """The name under which pages know it, for somebody who shows it."""
        if not self._is_moving:  # else it is the widget that asks
            self._showings += 1
            self._wake()
        name: str = super().model_id
        return name

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Get some traits, or all of them for somebody who shows it."""
        if key is None:
            self._wake()
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        return state

    def close(self) -> None:
        """Take the widget off every page for good."""
        self._is_closed = True
        self._leave()

    def _unseen(self, shown: object) -> None:
        """Sleep, if that is so; all that is known stays here."""
        if shown != self._showings or self._is_closed:
            return
        self._leave()
        self.__dict__.pop("_repr_mimebundle_", None)  # which closing has put out of work

    def _wake(self) -> None:
        if self.comm is None and not self._is_closed and not self._is_moving:
            with self._moving():
                self.layout.open()
                super().open()

    def _leave(self) -> None:
        with self._moving():
            super().close()
        if self._owns_layout and "layout" in self._trait_values:
            self.layout.close()

    @contextmanager
    def _moving(self) -> Iterator[None]:
        self._is_moving = True
        try:
            yield
        finally:
            self._is_moving = False
