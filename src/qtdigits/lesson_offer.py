"""The quiet offer of a lesson, once there is enough to learn from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Slot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.lesson import FEWEST_DRAWINGS
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.lesson_stock import MOST, is_worth_a_lesson
from qtdigits.core.store.store import Store
from qtdigits.core.wording import as_sentence
from qtdigits.history_desk import HistoryDesk
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.store_thread import StoreThread

_AGAIN: Final = 2
"""The next offer comes when there are so many times as many drawings as at the last one."""


class LessonOffer(QObject):
    """Looks after each label whether a lesson could help, and says so across the window."""

    def __init__(
        self,
        window: MainWindow,
        store: StoreThread,
        history: HistoryDesk,
        book: LessonBook,
        is_learning: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """is_learning: whether the lesson dialog is open, so that there is nothing to offer."""
        super().__init__(parent)
        self._window = window
        self._store = store
        self._history = history
        self._book = book
        self._is_learning = is_learning
        history.labelled.connect(self._on_labelled)
        history.saved.connect(self._on_saved)

    def note_lesson(self, person: int) -> None:
        """This person learns now from what there is, so that it need not be offered."""
        self._store.read(
            lambda store: store.people.get(person).labelled,
            lambda labelled: self._note(person, labelled),
        )

    @Slot(object)
    def _on_labelled(self, labels: dict[int, int | None]) -> None:
        self._offer_if_due()

    @Slot(object, object)
    def _on_saved(self, former_id: int, entry: HistoryEntry) -> None:
        if entry.label is not None:
            self._offer_if_due()

    def _offer_if_due(self) -> None:
        """Ask the store whether there is enough to learn from, and new enough."""
        person = self._history.person
        if person is None or self._is_learning():
            return
        wanted = max(FEWEST_DRAWINGS, _AGAIN * self._book.offered(person.id))

        def due(store: Store) -> int:
            labelled = store.people.get(person.id).labelled
            return labelled if labelled >= wanted and is_worth_a_lesson(store, person.id) else 0

        self._store.read(due, lambda labelled: self._on_due(person.id, labelled))

    def _on_due(self, person: int, labelled: int) -> None:
        if not labelled or self._is_learning():
            return
        self._window.notice.offer(
            f"There are {min(labelled, MOST):,} drawings of yours to learn from.",
            "Learn from them…",
            "See what there is; nothing is changed before you say so",
        )
        self._note(person, labelled)

    def _note(self, person: int, labelled: int) -> None:
        """All that are labelled count, also where a lesson has only the newest of them."""
        try:
            self._book.note_offer(person, labelled)
        except ValueError as error:
            self._window.tell(as_sentence(str(error)))
