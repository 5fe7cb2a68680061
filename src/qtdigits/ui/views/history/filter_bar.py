"""What the history shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qtdigits.core.settings import Choice
from qtdigits.core.store.people import Person
from qtdigits.core.store.query import HistoryQuery, Order, Show
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.choice_field import ChoiceField

_SHOWS: Final = (
    Choice(Show.ALL, "All drawings"),
    Choice(Show.UNSURE, "Unsure"),
    Choice(Show.WRONG, "Read wrong"),
    Choice(Show.RIGHT, "Read right"),
    Choice(Show.UNLABELLED, "Without a label"),
    Choice(Show.LABELLED, "With a label"),
    Choice(Show.DELETED, "Deleted"),
)
_DIGITS: Final = (
    Choice("", "Any digit"),
    *(Choice(str(digit), f"Digit {digit}") for digit in range(10)),
)
_TIMES: Final = (
    Choice("", "Any time"),
    Choice("1", "Today"),
    Choice("7", "Last 7 days"),
    Choice("30", "Last 30 days"),
    Choice("365", "Last 365 days"),
)
_ORDERS: Final = (
    Choice(Order.NEWEST, "Newest first"),
    Choice(Order.OLDEST, "Oldest first"),
    Choice(Order.LEAST_SURE, "Least sure first"),
    Choice(Order.DIGIT, "By digit"),
)


class FilterBar(QWidget):
    """Five fields in a row.

    Signals:
        changed(): the person wants to see something else, or in another order
        person_chosen(int): this person is to draw from now on; their drawings are to be shown
    """

    changed = Signal()
    person_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person = ChoiceField((Choice("0", ""),), theme, self)
        self._show = ChoiceField(_SHOWS, theme, self)
        self._digit = ChoiceField(_DIGITS, theme, self)
        self._time = ChoiceField(_TIMES, theme, self)
        self._order = ChoiceField(_ORDERS, theme, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, name, tip in (
            (self._person, "Person", "Whose drawings: this person draws from now on"),
            (self._show, "Show", "Which drawings"),
            (self._digit, "Digit", "Drawings labelled so; without a label, those read so"),
            (self._time, "Time", "When they were drawn"),
            (self._order, "Order", "What comes first"),
        ):
            field.setObjectName(f"history{name}Field")
            field.setAccessibleName(name)
            field.setToolTip(tip)
            row.addWidget(field)
        row.addStretch(1)
        for field in (self._show, self._digit, self._time, self._order):
            field.currentIndexChanged.connect(self.changed)
        self._person.activated.connect(self._on_person_activated)
        self._person.hide()

    def query(self, person: int, now: datetime) -> HistoryQuery:
        """What the fields ask for, of a person; `now` decides what today is."""
        days, digit = self._time.value(), self._digit.value()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return HistoryQuery(
            person,
            Show(self._show.value()),
            int(digit) if digit else None,
            midnight - timedelta(days=int(days) - 1) if days else None,
            None,
            Order(self._order.value()),
        )

    def show_people(self, people: Sequence[Person], current: Person) -> None:
        """Offer these people; with only one there is nothing to choose."""
        self._person.clear()
        for person in people:
            self._person.addItem(person.name, str(person.id))
        self._person.set_value(str(current.id))
        self._person.setVisible(len(people) > 1)
        self._person.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        for field in (self._person, self._show, self._digit, self._time, self._order):
            field.set_theme(theme)

    def _on_person_activated(self) -> None:
        self.person_chosen.emit(int(self._person.value()))
