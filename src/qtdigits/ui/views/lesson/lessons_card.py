"""A person's lessons so far: which one reads, and the way back from each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.dates import short_day
from qtdigits.core.lesson_book import LessonEntry
from qtdigits.core.library import LibraryEntry
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.parts import push_button


class LessonsCard(Card):
    """A row for each lesson, the newest first, and one for the network that ships.

    Signals:
        read_requested(str): read with the network of this id
        take_back_requested(str): delete the lesson whose network has this id
    """

    read_requested = Signal(str)
    take_back_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        title = QLabel("Lessons so far", self)
        title.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(self._rows)

    def set_lessons(self, lessons: Sequence[LessonEntry], shipped: LibraryEntry) -> None:
        """Show these, and the network that ships last."""
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for lesson in lessons:
            self._rows.addWidget(self._row(lesson.network, _words(lesson), can_go=True))
        self._rows.addWidget(self._row(shipped, "Before all lessons: the network that ships"))

    def _row(self, network: LibraryEntry, words: str, can_go: bool = False) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        label = QLabel(words, row)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        line.addWidget(label, 1)
        if network.is_current:
            reads = QLabel("reads now", row)
            reads.setProperty("role", "muted")
            line.addWidget(reads)
        else:
            use = push_button(
                f"lessonReadButton_{network.id}",
                "Read with it",
                "Read your drawings with this network from now on",
                row,
                "link",
            )
            _Asker(use, network.id, row).asked.connect(self.read_requested)
            line.addWidget(use)
        if can_go:
            back = push_button(
                f"lessonTakeBackButton_{network.id}",
                "Take back",
                "Undo this lesson for good; your drawings stay",
                row,
                "link",
            )
            _Asker(back, network.id, row).asked.connect(self.take_back_requested)
            line.addWidget(back)
        return row


class _Asker(QObject):
    """Says which lesson a button is about; gone with its row.

    Signals:
        asked(str): the button was pressed
    """

    asked = Signal(str)

    def __init__(self, button: QPushButton, value: str, row: QWidget) -> None:
        super().__init__(row)
        self._value = value
        button.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self._value)


def _words(lesson: LessonEntry) -> str:
    """'22 Nov 19:30 · 30 drawings · 27 right before, 30 after'."""
    try:
        moment = datetime.fromisoformat(lesson.created).astimezone()
        when = f"{short_day(moment)} {moment:%H:%M}"
    except ValueError:
        when = lesson.network.name
    return (
        f"{when} · {lesson.drawings} drawings · "
        f"{lesson.right_before} right before, {lesson.right_after} after"
    )
