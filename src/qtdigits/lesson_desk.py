"""Joins the lesson dialog with the lesson session, the store and the people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal, Slot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.lesson import LessonDrawing
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.lesson_events import LessonFinished
from qtdigits.core.lesson_stock import LessonStock, stock_of
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.store.people import Person
from qtdigits.core.store.store import Store
from qtdigits.core.verdict import UNREAD
from qtdigits.core.wording import as_sentence
from qtdigits.history_desk import HistoryDesk
from qtdigits.lesson_offer import LessonOffer
from qtdigits.lesson_session import LessonSession, LessonState
from qtdigits.people_desk import PeopleDesk
from qtdigits.ui.dialogs.lesson_dialog import LessonDialog
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.lesson_process import LessonProcess
from qtdigits.ui.workers.store_thread import StoreThread


class LessonDesk(QObject):
    """Owns the lesson session; opens the dialog once at a time, and sees that everybody is read
    with their own lessons.

    Signals:
        chosen(LibraryEntry): this network is to read from now on
    """

    chosen = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        library: ModelLibrary,
        store: StoreThread,
        history: HistoryDesk,
        people: PeopleDesk,
        themes: ThemeKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library = library
        self._store = store
        self._history = history
        self._people = people
        self._themes = themes
        self._book = LessonBook(library)
        self._drawings: tuple[LessonDrawing, ...] = ()
        self._present: set[int] = set()
        self.session = LessonSession(library, self._book, LessonProcess(), self)
        self._offer = LessonOffer(window, store, history, self._book, self._is_open, self)
        window.action("Learn").triggered.connect(self.open_stock)
        window.action("LearnHandwriting").triggered.connect(self.open_sheet)
        window.notice.accepted.connect(self.open_stock)
        people.arrived.connect(self._on_arrived)
        people.changed.connect(self._on_people_changed)
        session = self.session
        session.chosen.connect(self.chosen)
        session.changed.connect(self._show_lessons)
        session.finished.connect(self._on_finished)

    @Slot()
    def open_stock(self) -> None:
        """Show what there is to learn from."""
        dialog = self._opened()
        if dialog is not None and self.session.state in (LessonState.IDLE, LessonState.WAITING):
            dialog.open_stock()

    @Slot()
    def open_sheet(self) -> None:
        """Ask for each digit twice."""
        dialog = self._opened()
        if dialog is not None and self.session.state in (LessonState.IDLE, LessonState.WAITING):
            dialog.open_sheet()

    def note_choice(self, entry: LibraryEntry) -> None:
        """A network was chosen in the library, or trained: it reads for this person."""
        person = self._history.person
        if person is not None:
            try:
                self._book.note_choice(entry.id, person.id)
            except ValueError as error:
                self._window.tell(as_sentence(str(error)))
            self._show_lessons()

    def shutdown(self) -> None:
        """End what goes on; no child process is left when this returns."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.reject()
        self.session.shutdown()

    def _opened(self) -> LessonDialog | None:
        """The dialog, on the screen; None before it is known who is at the desk."""
        person = self._history.person
        if person is None:
            return None
        dialog = self._dialog()
        if dialog is not None:
            dialog.raise_()
            dialog.activateWindow()
            return dialog
        dialog = LessonDialog(self._themes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        session = self.session
        dialog.learn_requested.connect(self._on_learn_requested)
        dialog.written.connect(self._on_written)
        dialog.use_requested.connect(self._on_use_requested)
        dialog.discard_requested.connect(self._on_discard_requested)
        dialog.left.connect(self._on_left)
        dialog.read_requested.connect(self._on_read_requested)
        dialog.take_back_requested.connect(self._on_take_back_requested)
        session.failed.connect(dialog.show_failed)
        session.refused.connect(dialog.show_refused)
        self._show_lessons(dialog)
        # The child loads its network while the person reads or writes.
        session.prepare(person)
        self._read_stock()
        dialog.show()
        return dialog

    def _is_open(self) -> bool:
        return self._dialog() is not None

    def _dialog(self) -> LessonDialog | None:
        """The dialog that is open, if one is; one that was closed lives on for a moment."""
        for dialog in self._window.findChildren(LessonDialog):
            if dialog.isVisible():
                found: LessonDialog = dialog
                return found
        return None

    @Slot()
    def _show_lessons(self, dialog: LessonDialog | None = None) -> None:
        dialog, person = dialog or self._dialog(), self._history.person
        if dialog is not None and person is not None:
            dialog.set_lessons(self._book.lessons(person.id), self._library.entry(SHIPPED))

    def _read_stock(self) -> None:
        person = self._history.person
        if person is not None:
            self._store.read(lambda store: stock_of(store, person.id), self._on_stock)

    def _on_stock(self, stock: LessonStock) -> None:
        dialog, person = self._dialog(), self._history.person
        if dialog is not None and person is not None:
            self._drawings = stock.drawings
            name = person.name if len(self._people.people) > 1 else ""
            dialog.show_stock(stock, name)

    @Slot()
    def _on_learn_requested(self) -> None:
        self._learn(self._drawings)

    @Slot(object)
    def _on_written(self, drawings: Sequence[LessonDrawing]) -> None:
        """Keep what was written among the person's drawings, and learn from all of them."""
        person = self._history.person
        dialog = self._dialog()
        if person is None or dialog is None:
            return
        now = datetime.now().astimezone()
        entries = [HistoryEntry(0, one.ink, UNREAD, now, one.label) for one in drawings]
        dialog.show_learning()

        def save(store: Store) -> LessonStock:
            store.drawings.add(entries, person.id)
            return stock_of(store, person.id)

        self._store.change(save, self._on_written_saved, dialog.show_failed)

    def _on_written_saved(self, stock: LessonStock) -> None:
        self._history.reload()
        self._on_stock(stock)
        dialog = self._dialog()
        if stock.problem and dialog is not None:
            dialog.open_stock()
            return
        self._learn(stock.drawings)

    def _learn(self, drawings: tuple[LessonDrawing, ...]) -> None:
        dialog, person = self._dialog(), self._history.person
        if dialog is None or person is None or not drawings:
            return
        if self.session.state is LessonState.IDLE:
            self.session.prepare(person)  # the lesson before this one is over
        self._drawings = drawings
        dialog.show_learning()
        self.session.learn(drawings)
        self._offer.note_lesson(person.id)

    @Slot(object)
    def _on_finished(self, result: LessonFinished) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_finished(result, self._drawings)

    @Slot()
    def _on_use_requested(self) -> None:
        self.session.use()
        dialog = self._dialog()
        if dialog is not None and self.session.state is LessonState.IDLE:
            dialog.accept()

    @Slot()
    def _on_discard_requested(self) -> None:
        self.session.discard()
        dialog = self._dialog()
        if dialog is not None:
            dialog.reject()

    @Slot()
    def _on_left(self) -> None:
        self._drawings = ()
        self.session.cancel()
        self.session.discard()

    @Slot(str)
    def _on_read_requested(self, entry_id: str) -> None:
        if self._history.person is not None:
            self.session.read_with(entry_id, self._history.person)

    @Slot(str)
    def _on_take_back_requested(self, entry_id: str) -> None:
        if self._history.person is not None:
            self.session.take_back(entry_id, self._history.person)

    @Slot(object)
    def _on_arrived(self, person: Person) -> None:
        """Read with the network that this person used last."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.reject()
        wanted = self._book.network_for(person.id)
        if not wanted.is_current:
            self.session.read_with(wanted.id, person)

    @Slot(object, object)
    def _on_people_changed(self, people: tuple[Person, ...], current: Person) -> None:
        """Lessons of somebody who is deleted go with the drawings.

        Only of those who were seen to go: a store that cannot be read knows nobody.
        """
        present = {person.id for person in people}
        for gone in self._present - present:
            try:
                self._book.forget_person(gone)
            except ValueError as error:
                self._window.tell(as_sentence(str(error)))
        self._present = present
