"""Joins the history window with the desk and the store."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QUndoStack

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.people import Person
from qtdigits.core.store.query import HistoryQuery
from qtdigits.core.store.score import Score
from qtdigits.history_desk import HistoryDesk, HistoryStep
from qtdigits.people_desk import PeopleDesk
from qtdigits.ui.dialogs.history_dialog import HistoryDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.store_thread import StoreThread


class HistoryWindow(QObject):
    """Opens the history window once at a time, and owns the model that it shows.

    Signals:
        entry_chosen(HistoryEntry): the person wants this drawing on the paper
    """

    entry_chosen = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: HistoryDesk,
        people: PeopleDesk,
        store: StoreThread,
        themes: ThemeKeeper,
        undo_stack: QUndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._desk = desk
        self._people = people
        self._store = store
        self._themes = themes
        self._undo_stack = undo_stack
        self.model = HistoryModel(self)
        self.model.page_wanted.connect(self._on_page_wanted)
        window.history_requested.connect(self.open)
        desk.saved.connect(self._on_saved)
        desk.labelled.connect(self._on_labelled)
        desk.removed.connect(self._on_removed)
        desk.reloaded.connect(self.refresh)
        people.changed.connect(self._on_people_changed)

    @Slot()
    def open(self) -> None:
        """Show the window, or bring it to the front."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.raise_()
            dialog.activateWindow()
            return
        dialog = HistoryDialog(self.model, self._themes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.query_changed.connect(self.refresh)
        dialog.person_chosen.connect(self._people.use)
        dialog.entry_chosen.connect(self.entry_chosen)
        dialog.label_requested.connect(self._desk.label)
        dialog.agree_requested.connect(self._desk.agree)
        dialog.delete_requested.connect(self._desk.delete)
        dialog.restore_requested.connect(self._desk.restore)
        dialog.forget_requested.connect(self._desk.forget)
        dialog.undo_requested.connect(self._on_undo_requested)
        dialog.finished.connect(self._on_finished)
        self._people.refresh()
        self.refresh()
        dialog.show()

    @Slot()
    def refresh(self) -> None:
        """Ask the store anew for what is to be seen."""
        dialog, person = self._dialog(), self._desk.person
        if dialog is None or person is None:
            return
        query = dialog.query(person.id)
        self._store.read(lambda store: store.drawings.ids(query), self.model.set_ids)
        self._refresh_score()

    def _refresh_score(self) -> None:
        person = self._desk.person
        if person is not None and self._dialog() is not None:
            self._store.read(lambda store: store.drawings.score(person.id), self._on_score)

    def _on_score(self, score: Score) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_score(score)

    def _dialog(self) -> HistoryDialog | None:
        found: HistoryDialog | None = self._window.findChild(HistoryDialog)
        return found

    @Slot(object)
    def _on_page_wanted(self, ids: Sequence[int]) -> None:
        self._store.read(lambda store: store.drawings.entries(ids), self.model.add_page)

    @Slot(object, object)
    def _on_saved(self, former_id: int, entry: HistoryEntry) -> None:
        """A new drawing comes first where that is its place; elsewhere it waits to be asked for."""
        dialog = self._dialog()
        if dialog is None:
            return
        if self.model.row_of(entry.id) is not None:
            self.model.update_entry(entry.id, entry)
        elif former_id < 0 and dialog.query(entry.person) == HistoryQuery(entry.person):
            self.model.add_or_update(entry)
        if entry.label is not None:
            self._refresh_score()

    @Slot(object)
    def _on_labelled(self, labels: dict[int, int | None]) -> None:
        self.model.set_labels(labels)
        count = len(labels)
        self._tell("1 label changed." if count == 1 else f"{count:,} labels changed.")
        self._refresh_score()

    @Slot(object, str)
    def _on_removed(self, ids: Sequence[int], words: str) -> None:
        """Drawings left the list that is shown: deleted, restored, or gone for good."""
        self.model.remove(ids)
        self._tell(words)
        self._refresh_score()

    def _tell(self, words: str) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.tell(words, self._is_undo_ours())

    @Slot()
    def _on_undo_requested(self) -> None:
        """Take back the last change, but no pen stroke in the window behind."""
        dialog = self._dialog()
        if dialog is not None and self._is_undo_ours():
            self._undo_stack.undo()
            dialog.tell("", can_undo=False)

    def _is_undo_ours(self) -> bool:
        at = self._undo_stack.index() - 1
        return at >= 0 and isinstance(self._undo_stack.command(at), HistoryStep)

    @Slot(object, object)
    def _on_people_changed(self, people: tuple[Person, ...], current: Person) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_people(people, current)

    @Slot()
    def _on_finished(self) -> None:
        self.model.clear()
