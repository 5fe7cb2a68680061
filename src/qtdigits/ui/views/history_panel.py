"""The history as a film strip on a card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from qtdigits.ui.items.history_delegate import HistoryDelegate, ThumbnailPainter
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.plain_text import plain_tip
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.history_view import HistoryView

_EMPTY: Final = "Your drawings will appear here, with what was read. Click one to bring it back."


class HistoryPanel(Card):
    """The strip with its title, or, while there is nothing, what will appear there.

    Signals:
        entry_chosen(HistoryEntry): the person wants this drawing back.
        all_requested(): the person wants to see all drawings.
    """

    entry_chosen = Signal(object)
    all_requested = Signal()

    def __init__(
        self,
        model: HistoryModel,
        thumbnail: ThumbnailPainter,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._view = HistoryView(model, HistoryDelegate(theme, thumbnail, self), self)
        self._view.entry_chosen.connect(self.entry_chosen)
        self._empty = QLabel(_EMPTY, self)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._view)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 4)
        row.setSpacing(10)
        self._title = _UprightButton("History", self)
        self._title.clicked.connect(self.all_requested)
        self.show_person("")
        row.addWidget(self._title)
        row.addWidget(self._stack, 1)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._on_rows_changed)
        self._on_rows_changed()

    @property
    def view(self) -> HistoryView:
        """The strip itself, which asks for what is to be done with the drawings on it."""
        return self._view

    def show_person(self, name: str) -> None:
        """Whose drawings these are; '' where there is only one person."""
        self._title.setText(name or "History")
        whose = f"{name}: all drawings" if name else "All drawings"
        words = f"{whose}, sorted and filtered, and how often they were read right"
        self._title.setToolTip(plain_tip(words))

    def set_theme(self, theme: Theme) -> None:
        self._view.set_theme(theme)

    def set_current(self, entry_id: int | None) -> None:
        """Frame the entry with this id, or none."""
        self._view.set_current(entry_id)

    def _on_rows_changed(self) -> None:
        empty = self._model.rowCount() == 0
        self._stack.setCurrentWidget(self._empty if empty else self._view)


class _UprightButton(QToolButton):
    """A word written upwards, that can be clicked."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("historyButton")
        self.setProperty("look", "upright")
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.height() + 10, min(metrics.horizontalAdvance(self.text()) + 12, 80))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() + 10, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        with QPainter(self) as painter:
            self.style().drawComplexControl(
                QStyle.ComplexControl.CC_ToolButton, option, painter, self
            )
            painter.translate(0, self.height())
            painter.rotate(-90)
            painter.setPen(self.palette().color(self.foregroundRole()))
            words = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.height() - 6
            )
            painter.drawText(0, 0, self.height(), self.width(), Qt.AlignmentFlag.AlignCenter, words)
