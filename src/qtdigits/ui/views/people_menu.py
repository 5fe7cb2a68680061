"""The menu in which one says whose hand is at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from qtdigits.core.store.people import Person
from qtdigits.core.wording import counted_drawings
from qtdigits.ui.plain_text import plain_tip

_DELETE: Final = "Delete the person at the desk, with all drawings"
_LAST: Final = "Nobody else draws here, and somebody has to stay"


class PeopleMenu(QMenu):
    """One entry for each person, the one at the desk checked, and what can be done with them.

    Signals:
        person_chosen(int): this person draws from now on
        new_requested(): somebody is to be added
        rename_requested(): the person at the desk is to be called otherwise
        delete_requested(): the person at the desk is to go, with all drawings
    """

    person_chosen = Signal(int)
    new_requested = Signal()
    rename_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("&People", parent)
        self.setObjectName("peopleMenu")
        self.setToolTipsVisible(True)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)
        self._end_of_people = self.addSeparator()
        self._new = self._add("PersonNew", "&New Person…", "Drawings of their own, kept apart")
        self._new.triggered.connect(self.new_requested)
        self._rename = self._add(
            "PersonRename", "&Rename…", "Call the person at the desk otherwise"
        )
        self._rename.triggered.connect(self.rename_requested)
        self._delete = self._add("PersonDelete", "&Delete…", _DELETE)
        self._delete.triggered.connect(self.delete_requested)
        self.show_people((), None)

    def show_people(self, people: Sequence[Person], current: Person | None) -> None:
        """Offer these people; current is the one at the desk, None while nobody is known."""
        for action in self._group.actions():
            self._group.removeAction(action)
            self.removeAction(action)
            action.deleteLater()
        for person in people:
            action = QAction(person.name.replace("&", "&&"), self._group)
            action.setObjectName(f"actionPerson{person.id}")
            words = f"{person.name} draws from now on; {counted_drawings(person.drawings)}"
            action.setToolTip(plain_tip(words))
            action.setCheckable(True)
            action.setChecked(current is not None and person.id == current.id)
            action.setData(person.id)
            self.insertAction(self._end_of_people, action)
        name = "" if current is None else f" “{current.name.replace('&', '&&')}”"
        self._rename.setText(f"&Rename{name}…")
        self._delete.setText(f"&Delete{name}…")
        self._new.setEnabled(current is not None)
        self._rename.setEnabled(current is not None)
        self._delete.setEnabled(len(people) > 1)
        self._delete.setToolTip(_DELETE if len(people) > 1 else _LAST)

    def _add(self, name: str, text: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"action{name}")
        action.setToolTip(tip)
        self.addAction(action)
        return action

    def _on_triggered(self, action: QAction) -> None:
        self.person_chosen.emit(int(action.data()))
