"""Keeps what is on the paper, and brings it back after an end that was none of the person's."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from qtdigits.core.history import HistoryEntry
from qtdigits.core.kept_ink import KeptInk
from qtdigits.core.store.people import Person
from qtdigits.core.store.query import HistoryQuery
from qtdigits.core.store.store import Store
from qtdigits.core.verdict import UNREAD
from qtdigits.people_desk import PeopleDesk
from qtdigits.session import Session
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.ink_keeper import InkKeeper
from qtdigits.ui.workers.store_thread import StoreThread

_log = logging.getLogger(__name__)
_BACK: Final = "qtdigits did not end well last time. Your drawing is back."
_IN_HISTORY: Final = (
    "qtdigits did not end well last time. What was on the paper then lies in the history."
)
_NOT_STORED: Final = -1
_LATEST: Final = 20
"""Among so many drawings of the history those on the paper are looked for."""


class RecoveryDesk(QObject):
    """Owns the keeper of the drawing on the paper; looks once for one of the run before.

    Signals:
        added(): a drawing was put into the history
    """

    added = Signal()

    def __init__(
        self,
        window: MainWindow,
        canvas: InkCanvas,
        session: Session,
        store: StoreThread,
        people: PeopleDesk,
        undo_stack: QUndoStack,
        kept: KeptInk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._canvas = canvas
        self._session = session
        self._store = store
        self._people = people
        self._undo_stack = undo_stack
        self._keeper = InkKeeper(kept, self)
        # Read before anything can be written in its place.
        self._found, self._problem = kept.recover()
        canvas.drawing_changed.connect(self._keeper.note)
        people.arrived.connect(self._on_arrived)

    @Slot()
    def shutdown(self) -> None:
        """A good end: the drawing on the paper lies in the history."""
        self._keeper.shutdown()

    @Slot(object)
    def _on_arrived(self, person: Person) -> None:
        """It is known who draws: what lies in their history need not be kept twice."""
        self._people.arrived.disconnect(self._on_arrived)
        if self._problem:
            self._tell(self._problem)
        if self._found is None:
            return
        query = HistoryQuery(person.id, limit=_LATEST)

        def latest(store: Store) -> Sequence[HistoryEntry]:
            return store.drawings.entries(store.drawings.ids(query))

        self._store.read(latest, self._recover, self._recover_alone)

    def _recover_alone(self, _why: str) -> None:
        self._recover(())

    def _recover(self, history: Sequence[HistoryEntry]) -> None:
        drawing, self._found = self._found, None
        if drawing is None:
            return
        ink = drawing.ink
        _log.warning("an earlier run came to no good end; the drawing on its paper is back")
        if not self._canvas.ink().is_empty:  # somebody began to write within the blink of an eye
            if all(entry.ink != ink for entry in history):
                entry = HistoryEntry(_NOT_STORED, ink, UNREAD, datetime.now().astimezone())
                self._store.save(entry, None, self._on_saved)
            self._tell(_IN_HISTORY)
            return
        for entry in reversed(history):  # its digits may lie there already, and are the same ones
            self._session.remember(entry)
        self._canvas.set_drawing(drawing)
        self._undo_stack.clear()
        self._tell(_BACK)

    def _on_saved(self, _saved: tuple[int, HistoryEntry]) -> None:
        self.added.emit()

    def _tell(self, sentence: str) -> None:
        """Beside what is being told already, about the file of the drawings for one."""
        self._window.tell(f"{self._window.notice.text()} {sentence}".strip())
