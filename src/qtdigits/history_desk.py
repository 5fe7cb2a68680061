"""Joins the drawing at hand, the film strip and the store: saves, labels, deletes, takes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.people import Person
from qtdigits.core.store.query import HistoryQuery
from qtdigits.core.store.store import Store
from qtdigits.core.wording import counted_drawings
from qtdigits.session import Session
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.store_thread import StoreThread

STRIP_CAPACITY: Final = 500
"""So many drawings, the newest, lie on the film strip; the history window has all."""


class HistoryStep(QUndoCommand):
    """A change of the history that can be taken back."""

    def __init__(self, text: str, do: Callable[[], None], take_back: Callable[[], None]) -> None:
        super().__init__(text)
        self._do = do
        self._take_back = take_back

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._take_back()


class HistoryDesk(QObject):
    """Follows the session and does what is asked of drawings, for whose hand is at the desk.

    Signals:
        saved(int, HistoryEntry): a drawing is on the disk; the id that it had, and it as it is
        labelled(dict[int, int | None]): these drawings have these labels now
        removed(tuple[int, ...], str): these drawings were deleted, or returned from the deleted
            ones; a sentence about it
        reloaded(): the drawings may be others: somebody else is at the desk, or many were added
    """

    saved = Signal(object, object)
    labelled = Signal(object)
    removed = Signal(object, str)
    reloaded = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        store: StoreThread,
        strip: HistoryModel,
        undo_stack: QUndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._store = store
        self._strip = strip
        self._undo_stack = undo_stack
        self._person: Person | None = None
        self._saving: Counter[int] = Counter()
        self._first_ids: dict[int, int] = {}
        session.settled.connect(self._on_settled)
        session.withdrawn.connect(self._on_withdrawn)
        session.labelled.connect(window.show_label)
        session.labels_changed.connect(window.show_labels)
        session.label_unclear.connect(self._on_label_unclear)
        window.action("Agree").triggered.connect(session.agree)
        for digit in range(10):
            caller = _Caller(session.label, digit, self)
            window.action(f"Label{digit}").triggered.connect(caller.call)
        view = window.history_panel.view
        view.label_requested.connect(self.label)
        view.agree_requested.connect(self.agree)
        view.delete_requested.connect(self.delete)
        strip.page_wanted.connect(self._on_page_wanted)

    @property
    def person(self) -> Person | None:
        """Whose hand is at the desk; None before the store has said so."""
        return self._person

    def set_person(self, person: Person) -> None:
        """This person's drawings are shown, and new ones are theirs."""
        self._person = person
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what the store has now."""
        if self._person is None:
            return
        query = HistoryQuery(self._person.id, limit=STRIP_CAPACITY)
        self._store.read(lambda store: store.drawings.ids(query), self._on_strip_ids)
        self.reloaded.emit()

    @Slot(int)
    def _on_label_unclear(self, digit: int) -> None:
        self._window.tell_on_paper(
            f"You said {digit}, but several digits were read. Choose it, and press {digit} again."
        )

    @Slot(object, object)
    def label(self, ids: Sequence[int], label: int | None) -> None:
        """Say what drawings show, in one step that can be taken back."""
        numbers = self._store.numbers
        words = f"Label {_counted(ids)}"
        self._push_labelling(
            words, ids, lambda store: store.drawings.set_label(numbers.of(ids), label)
        )

    @Slot(object)
    def agree(self, ids: Sequence[int]) -> None:
        """Say that answers are right, in one step that can be taken back."""
        numbers = self._store.numbers
        words = f"Agree with {_counted(ids)}"
        self._push_labelling(words, ids, lambda store: store.drawings.agree(numbers.of(ids)))

    @Slot(object)
    def delete(self, ids: Sequence[int]) -> None:
        """Lay drawings aside, in one step that can be taken back."""
        if not ids:
            return
        self._undo_stack.push(
            HistoryStep(
                f"Delete {_counted(ids)}",
                lambda: self._lay_aside(ids),
                lambda: self.restore(ids),
            )
        )

    @Slot(object)
    def restore(self, ids: Sequence[int]) -> None:
        """Bring deleted drawings back."""
        numbers = self._store.numbers
        self._store.change(
            lambda store: store.drawings.restore(numbers.of(ids)), lambda _: self._on_restored(ids)
        )

    @Slot(object)
    def forget(self, ids: Sequence[int]) -> None:
        """Delete drawings for good."""
        numbers = self._store.numbers
        self._store.change(
            lambda store: store.forget(numbers.of(ids)),
            lambda _: self.removed.emit(tuple(ids), f"{_counted(ids)} deleted for good."),
        )

    def _lay_aside(self, ids: Sequence[int]) -> None:
        numbers = self._store.numbers
        self._store.change(
            lambda store: store.drawings.delete(numbers.of(ids)),
            lambda _: self._on_laid_aside(ids),
        )

    def _on_laid_aside(self, ids: Sequence[int]) -> None:
        self._strip.remove(ids)
        self.removed.emit(tuple(ids), f"{_counted(ids)} deleted.")

    def _on_restored(self, ids: Sequence[int]) -> None:
        self.removed.emit(tuple(ids), f"{_counted(ids)} brought back.")
        self.reload()

    def _push_labelling(
        self, words: str, ids: Sequence[int], work: Callable[[Store], dict[int, int | None]]
    ) -> None:
        """A step whose way back is what the store says that the labels were before."""
        if not ids:
            return
        before: dict[int, int | None] = {}

        def do() -> None:
            self._store.change(lambda store: _labelling(store, work, before), self._on_labelled)

        def take_back() -> None:
            self._store.change(
                lambda store: _labelling(store, lambda s: s.drawings.set_labels(before), {}),
                self._on_labelled,
            )

        self._undo_stack.push(HistoryStep(words, do, take_back))

    @Slot(object)
    def _on_labelled(self, labels: dict[int, int | None]) -> None:
        self._strip.set_labels(labels)
        self._session.update_labels(labels)
        self.labelled.emit(labels)

    @Slot(object)
    def _on_settled(self, entry: HistoryEntry) -> None:
        """Show the drawing at once, and again as it is when it is on the disk."""
        whose = self._person.id if self._person is not None else None
        known = self._strip.known(entry.id)
        if known != replace(entry, person=known.person if known is not None else 0):
            # An old drawing that is open again keeps its place, which is not on the strip.
            if entry.id < 0 or self._strip.row_of(entry.id) is not None:
                self._strip.add_or_update(entry)
            self._saving[self._first_ids.get(entry.id, entry.id)] += 1
            self._store.save(entry, whose, self._on_saved)

    @Slot(object)
    def _on_withdrawn(self, ids: Sequence[int]) -> None:
        """Parts of digits that were taken for digits: nobody drew them, so nobody misses them."""
        numbers = self._store.numbers
        self._strip.remove(ids)
        self._store.change(
            lambda store: _forgotten(store, numbers.of(ids)),
            lambda gone: self.removed.emit(gone, ""),
        )

    def _on_saved(self, saved: tuple[int, HistoryEntry]) -> None:
        former_id, entry = saved
        self._session.renumber(former_id, entry.id)
        first_id = self._first_ids.get(former_id, former_id)
        if former_id < 0:
            self._first_ids[entry.id] = former_id
        self._saving[first_id] -= 1
        shown_id = former_id if self._strip.row_of(former_id) is not None else entry.id
        shown = self._strip.known(shown_id)
        if self._saving[first_id] and shown is not None:
            # It has changed meanwhile, and that is on its way to the disk.
            self._strip.update_entry(shown_id, replace(shown, id=entry.id))
        else:
            del self._saving[first_id]
            self._first_ids.pop(entry.id, None)
            self._strip.update_entry(shown_id, entry)
        self.saved.emit(former_id, entry)

    def _on_strip_ids(self, ids: Sequence[int]) -> None:
        """The newest drawings of the store, with those before them that are on their way there."""
        waiting = [number for number in self._strip.ids() if number < 0]
        self._strip.set_ids([*waiting, *ids])

    @Slot(object)
    def _on_page_wanted(self, ids: tuple[int, ...]) -> None:
        self._store.read(lambda store: store.drawings.entries(ids), self._strip.add_page)


class _Caller(QObject):
    """Calls something with a value that is known already: what a digit key means."""

    def __init__(self, what: Callable[[int], None], value: int, parent: QObject) -> None:
        super().__init__(parent)
        self._what = what
        self._value = value

    @Slot()
    def call(self) -> None:
        self._what(self._value)


def _labelling(
    store: Store,
    work: Callable[[Store], dict[int, int | None]],
    before: dict[int, int | None],
) -> dict[int, int | None]:
    """Do the work, keep what was said before, and tell what is said now."""
    before.update(work(store))
    return store.drawings.labels(list(before))


def _forgotten(store: Store, ids: Sequence[int]) -> tuple[int, ...]:
    store.drawings.forget(ids)
    return tuple(ids)


def _counted(ids: Sequence[int]) -> str:
    return counted_drawings(len(ids))
