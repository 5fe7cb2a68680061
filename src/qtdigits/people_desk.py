"""Joins the menu of people with the store: who draws, and who there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction

from qtdigits.core.store.people import Person
from qtdigits.core.store.store import Store
from qtdigits.core.wording import counted_drawings
from qtdigits.ui.dialogs.name_dialog import NameDialog
from qtdigits.ui.dialogs.question import Answer, Question
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.views.people_menu import PeopleMenu
from qtdigits.ui.workers.store_thread import StoreThread

_YES: Final = Answer("personDeleteYes", "Delete everything")
_NO: Final = Answer("personDeleteNo", "Keep it")
_People = tuple[tuple[Person, ...], Person]


class PeopleDesk(QObject):
    """Owns the menu of people, which it puts before the menu Help.

    Signals:
        leaving(): somebody else is about to draw: what lies on the paper belongs to who leaves
        arrived(Person): this person draws from now on; also at the start
        changed(tuple[Person, ...], Person): all people and who is at the desk, after any change
    """

    leaving = Signal()
    arrived = Signal(object)
    changed = Signal(object, object)

    def __init__(
        self, window: MainWindow, store: StoreThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._people: tuple[Person, ...] = ()
        self._current: Person | None = None
        self._menu = PeopleMenu(window.menuBar())
        window.menuBar().insertMenu(_last_menu(window), self._menu)
        self._menu.person_chosen.connect(self.use)
        self._menu.new_requested.connect(self._ask_for_new)
        self._menu.rename_requested.connect(self._ask_for_name)
        self._menu.delete_requested.connect(self._ask_before_deleting)
        self._menu.aboutToShow.connect(self.refresh)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, as far as is known."""
        return self._people

    @Slot()
    def refresh(self) -> None:
        """Ask the store who there is."""
        self._store.read(_everybody, self._on_people)

    @Slot(int)
    def use(self, person_id: int) -> None:
        """This person draws from now on."""
        if self._current is not None and person_id != self._current.id:
            self._change(lambda store: store.people.use(person_id))

    def _change(
        self,
        work: Callable[[Store], object],
        refused: Callable[[str], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Change something about the people, and show what there is then."""

        def change(store: Store) -> _People:
            work(store)
            return _everybody(store)

        def told(people: _People) -> None:
            if then is not None:
                then()
            self._on_people(people)

        self._store.change(change, told, refused)

    def _on_people(self, people: _People) -> None:
        before = self._current
        is_other = before is None or before.id != people[1].id
        if before is not None and is_other:
            self.leaving.emit()
        self._people, self._current = people
        self._menu.show_people(self._people, self._current)
        name = self._current.name if len(self._people) > 1 else ""
        self._window.history_panel.show_person(name)
        if is_other:
            self.arrived.emit(self._current)
        self.changed.emit(self._people, self._current)

    @Slot()
    def _ask_for_new(self) -> None:
        dialog = self._name_dialog(
            "New person", "Their drawings are kept apart from those of all others.", ""
        )
        dialog.name_chosen.connect(self._on_new_name)
        dialog.open()

    @Slot(str)
    def _on_new_name(self, name: str) -> None:
        def add(store: Store) -> None:
            store.people.use(store.people.add(name).id)

        self._change(add, self._refuse_name, self._close_name)

    @Slot()
    def _ask_for_name(self) -> None:
        if self._current is None:
            return
        dialog = self._name_dialog("Rename", "The drawings stay as they are.", self._current.name)
        dialog.name_chosen.connect(self._on_other_name)
        dialog.open()

    @Slot(str)
    def _on_other_name(self, name: str) -> None:
        current = self._current
        if current is not None:
            self._change(
                lambda store: store.people.rename(current.id, name),
                self._refuse_name,
                self._close_name,
            )

    def _name_dialog(self, title: str, words: str, name: str) -> NameDialog:
        dialog = NameDialog(title, words, name, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _refuse_name(self, sentence: str) -> None:
        dialog: NameDialog | None = self._window.findChild(NameDialog)
        if dialog is not None:
            dialog.show_refused(sentence)

    def _close_name(self) -> None:
        dialog: NameDialog | None = self._window.findChild(NameDialog)
        if dialog is not None:
            dialog.close()

    @Slot()
    def _ask_before_deleting(self) -> None:
        current = self._current
        if current is None or len(self._people) < 2:
            return
        count = current.drawings
        drawings = f" with {counted_drawings(count)}" if count else ""
        question = Question(
            "Delete a person",
            f"Delete “{current.name}”{drawings}?",
            "This cannot be undone: the drawings go from the backups, too.",
            (_YES,),
            _NO,
            self._window,
        )
        question.setObjectName("personDeleteQuestion")
        question.answered.connect(self._on_deletion_answered)
        question.open()

    @Slot(str)
    def _on_deletion_answered(self, answer: str) -> None:
        current = self._current
        if answer == _YES.name and current is not None:
            # Before: what is on the paper goes with the rest.
            self.leaving.emit()
            self._change(lambda store: store.forget_person(current.id), self._window.tell)


def _everybody(store: Store) -> _People:
    current = store.people.current()
    return store.people.all(), current


def _last_menu(window: MainWindow) -> QAction:
    return window.menuBar().actions()[-1]
