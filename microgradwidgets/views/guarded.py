"""What a page may set: one thing that is wrong does not disturb the others, and is said."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import ipywidgets
import traitlets

from ..arithmetic import described
from .settings import Text
from .state import MOST_WORDS

_log = logging.getLogger(__name__)


class Guarded(ipywidgets.Widget):  # type: ignore[misc]
    """A widget that looks at all that a page sends before it takes any of it.

    ``complaint`` says what was refused last, and why. A page may empty it.
    """

    complaint = Text("").tag(sync=True)

    _refused: frozenset[str] = frozenset()
    _is_hearing = False
    """What changes now was changed by a page."""

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what a page has changed; what cannot be stays, and the page is told."""
        refused: dict[str, str] = {}
        accepted: dict[str, Any] = {}
        for name, value in sync_data.items():
            try:
                self._admit(name, value, sync_data)
                accepted[name] = value
            except (traitlets.TraitError, ValueError) as error:
                refused[name] = str(error)
        self._is_hearing = True
        try:
            super().set_state(accepted)
        except traitlets.TraitError as error:  # of several that do not go together
            refused |= dict.fromkeys(accepted, str(error))
            accepted = {}
        finally:
            self._is_hearing = False
        self._answer_for(refused, accepted)

    def _admit(self, name: str, value: Any, others: dict[str, Any]) -> None:
        """Raise a ``TraitError`` or ``ValueError`` where a page may not set this to that.

        Args:
            name, value: the trait, and what it is to be.
            others: all that is set with it.
        """
        if not self.has_trait(name) or name not in self.keys:
            raise traitlets.TraitError(f"expected a name known here, got: {described(name)}")
        from_json = self.trait_metadata(name, "from_json", self._trait_from_json)
        self.traits()[name]._validate(self, from_json(value, self))
        if name == "complaint" and value != "":
            raise traitlets.TraitError(f"expected complaint to be emptied, got: {described(value)}")

    def _answer_for(self, refused: dict[str, str], accepted: Iterable[str]) -> None:
        for words in refused.values():
            _log.warning("refused what a page sent: %s", words)
        known = [name for name in refused if name in self.keys]
        if known:
            self.send_state(known)
        if refused:
            self.complaint = [*refused.values()][-1][:MOST_WORDS]
        elif self._refused & {*accepted}:
            self.complaint = ""  # what was wrong is right now
        self._refused = frozenset(refused) | (self._refused - {*accepted})
