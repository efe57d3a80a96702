"""A widget that is on the pages only as long as something shows it."""

from __future__ import annotations

from typing import Any

import anywidget


class Wakeful(anywidget.AnyWidget):
    """Sleeps until it is shown, and again when the last output that showed it is gone.

    Jupyter keeps every widget that it has heard of, and where it saves the state of widgets, it
    saves that of all: a cell that is run again leaves one more in the file. So the pages hear of
    this one when somebody is about to show it, which is when its model's name is asked for. A page
    that has no view of it any more says so; it is then taken off the pages, with its layout. In
    Python it stays what it was, and shown again it has the name it had.

    So ``ipywidgets.embed`` too knows of what was shown, and of nothing else.
    """

    _is_closed = _is_waking = False
    _owns_layout = False

    def __init__(self, **traits: Any) -> None:
        self._owns_layout = "layout" not in traits
        super().__init__(**traits)

    def open(self) -> None:
        """Do nothing yet: waking is left to the one who shows it."""

    @property
    def model_id(self) -> str:
        """The name under which pages know it, for which it must be awake."""
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

    def _sleep(self) -> None:
        """Leave the pages; all that is known stays here."""
        self._leave()
        self.__dict__.pop("_repr_mimebundle_", None)  # which closing has put out of work

    def _leave(self) -> None:
        super().close()
        if self._owns_layout and "layout" in self._trait_values:
            self.layout.close()

    def _wake(self) -> None:
        if self.comm is None and not self._is_closed and not self._is_waking:
            self._is_waking = True
            try:
                self.layout.open()
                super().open()
            finally:
                self._is_waking = False
