"""The presets side by side, each with the time that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from qtdigits.core.settings import Choice
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.segments import Segments

_PADDING_PX: Final = 7
_GAP_PX: Final = 3


class PresetBox(Segments):
    """Segments with a second line; none is down while the settings are the person's own."""

    def __init__(
        self, choices: Sequence[Choice], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(choices, parent)
        self.setObjectName("presetBox")
        self.setAccessibleName("Preset")
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        for button in self._two_lines():
            button.set_theme(theme)

    def set_notes(self, notes: Mapping[str, str]) -> None:
        """The second lines, by value."""
        for value, button in zip(self._values, self._two_lines(), strict=True):
            button.set_note(notes.get(value, ""))

    def clear_value(self) -> None:
        """Let no button be down."""
        self._group.setExclusive(False)
        for button in self.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.buttons()[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _two_lines(self) -> list[_TwoLines]:
        return [button for button in self.buttons() if isinstance(button, _TwoLines)]

    def _make_button(self) -> QAbstractButton:
        return _TwoLines(self)


class _TwoLines(QToolButton):
    """A button whose style draws its frame, and it itself two lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._note = ""

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_note(self, note: str) -> None:
        if note != self._note:
            self._note = note
            self.setAccessibleDescription(note)
            self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        width = self.fontMetrics().horizontalAdvance(self.text()) * 6 // 5 + 2 * _PADDING_PX
        return QSize(max(width, 72), 2 * line + _GAP_PX + 2 * _PADDING_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.end()
        with QPainter(self) as text:
            self._paint_lines(text)

    def _paint_lines(self, painter: QPainter) -> None:
        theme = self._theme
        if theme is None:
            return
        font = QFont(self.font())
        down = self.isChecked()
        color = theme.text if down else theme.muted
        if not self.isEnabled():
            color = theme.text if down else theme.faint
        if down:
            font.setWeight(QFont.Weight.DemiBold)
        line = self.fontMetrics().height()
        top = (self.height() - 2 * line - _GAP_PX) // 2
        painter.setFont(font)
        painter.setPen(QColor(color))
        centred = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRect(0, top, self.width(), line), centred, self.text())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(font)
        painter.drawText(QRect(0, top + line + _GAP_PX, self.width(), line), centred, self._note)
