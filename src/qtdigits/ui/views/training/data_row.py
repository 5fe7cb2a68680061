"""One line of what there is to learn from."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from qtdigits.core.training_plan import DataSource
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import set_look
from qtdigits.ui.views.number_field import WholeField
from qtdigits.ui.views.tick_box import TickBox


class RowState(Enum):
    """What is known of the data behind a row."""

    ABSENT = auto()
    CHECKING = auto()
    USABLE = auto()
    UNUSABLE = auto()


class DataRow(QWidget):
    """A tick box, a title with a line below it, and how many images there are.

    Only what is usable can stay ticked; ticking what is absent asks for a file instead.

    Signals:
        changed(): what this row gives to learn from is something else now
        file_wanted(): the person ticked a row that has no file yet
    """

    changed = Signal()
    file_wanted = Signal()

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._argument = ""
        self._state = RowState.ABSENT
        self._count = 0
        self._box = TickBox(theme, self)
        self._box.setObjectName("rowBox")
        self._box.setAccessibleName(title)
        self._box.toggled.connect(self._on_toggled)
        self._title = QLabel(title, self)
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._note = QLabel(self)
        self._note.setProperty("role", "small")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._number: QLabel | WholeField = QLabel(self)
        self._number.setProperty("role", "muted")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 4, 6, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._box, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self._title, 0, 1)
        self._grid.addWidget(self._note, 1, 1)
        self._grid.addWidget(self._number, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def let_count_be_chosen(self, argument: str, low: int, high: int, count: int) -> None:
        """Make this a row for drawings made to order: `argument` is 'synthetic' and the like."""
        field = WholeField(low, high, self)
        field.setObjectName("rowField")
        field.setValue(count)
        field.setFixedWidth(max(84, field.fontMetrics().horizontalAdvance("1,000,000") + 24))
        field.setAccessibleName(f"How many: {self._title.text()}")
        field.setToolTip(f"How many drawings are made, from {low:,} to {high:,}")
        field.valueChanged.connect(self.changed)
        self._grid.replaceWidget(self._number, field)
        self._number.deleteLater()
        self._number = field
        self._argument = argument
        self._state = RowState.USABLE

    def set_count(self, count: int) -> None:
        """How many drawings are to be made, where that can be chosen."""
        if isinstance(self._number, WholeField):
            self._number.setValue(count)

    def add_below(self, widget: QWidget) -> None:
        """Put something below all else, as wide as the row."""
        self._grid.addWidget(widget, 2, 0, 1, 3)

    def text_indent(self) -> int:
        """How far from the left the words of the row begin."""
        return self._box.sizeHint().width() + self._grid.horizontalSpacing()

    def show_note(self, note: str, tone: str = "") -> None:
        self._note.setText(note)
        set_look(self._note, "tone", tone)

    def expect(self, argument: str) -> None:
        """What this row stands for is being read; nobody has ticked it."""
        self._argument = argument
        self._state = RowState.CHECKING

    def show_checking(self, argument: str) -> None:
        """A file was chosen and is being read."""
        self._argument = argument
        self._state = RowState.CHECKING
        self._set_count(0)
        self.show_note("Reading it…")
        self._set_ticked(True)
        self.changed.emit()

    def show_usable(self, count: int, note: str) -> None:
        """The file can be learnt from."""
        self._state = RowState.USABLE
        self._set_count(count)
        self.show_note(note)
        self.changed.emit()

    def show_unusable(self, problem: str) -> None:
        """The file cannot be learnt from; the row is no longer ticked."""
        self._state = RowState.UNUSABLE
        self._set_count(0)
        self.show_note(problem, "bad")
        self._set_ticked(False)
        self.changed.emit()

    def forget(self) -> None:
        """No file belongs to this row any more."""
        self._argument = ""
        self._state = RowState.ABSENT
        self._set_count(0)
        self._set_ticked(False)
        self.changed.emit()

    def needs_file(self) -> bool:
        """Whether there is no file yet, or none that can be learnt from."""
        return self._state in (RowState.ABSENT, RowState.UNUSABLE)

    def is_absent(self) -> bool:
        return self._state is RowState.ABSENT

    @property
    def argument(self) -> str:
        return self._argument

    def is_ticked(self) -> bool:
        return self._box.isChecked()

    def is_being_checked(self) -> bool:
        return self._state is RowState.CHECKING and self.is_ticked()

    def set_ticked(self, ticked: bool) -> None:
        self._set_ticked(ticked)
        self.changed.emit()

    def source(self) -> DataSource | None:
        """What there is to learn from, or None when the row is not ticked or not usable."""
        if not self.is_ticked() or self._state is not RowState.USABLE:
            return None
        if isinstance(self._number, WholeField):
            count = self._number.value()
            return DataSource(f"{self._argument}:{count}", count, drawn=True)
        return DataSource(self._argument, self._count)

    def set_editable(self, editable: bool) -> None:
        """Whether the person may change anything here."""
        self._box.setEnabled(editable)
        self._number.setEnabled(editable)

    def set_theme(self, theme: Theme) -> None:
        self._box.set_theme(theme)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row counts, as on the words beside a check box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self._box.click()
        super().mouseReleaseEvent(event)

    def _set_count(self, count: int) -> None:
        self._count = count
        if isinstance(self._number, QLabel):
            self._number.setText(f"{count:,}" if count else "")

    def _set_ticked(self, ticked: bool) -> None:
        blocked = self._box.blockSignals(True)
        self._box.setChecked(ticked)
        self._box.blockSignals(blocked)
        self._box.update()

    def _on_toggled(self, ticked: bool) -> None:
        if ticked and self.needs_file():
            self._set_ticked(False)
            self.file_wanted.emit()
            return
        self.changed.emit()
