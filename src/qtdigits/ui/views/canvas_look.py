"""The writing surface in the colours of a theme, framed while the keyboard is on it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFocusEvent

from qtdigits.ui.canvas.ink_canvas import InkCanvas
from qtdigits.ui.canvas.ink_render import CanvasColors
from qtdigits.ui.theme_colors import Theme

_BY_KEYBOARD: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class CanvasLook(QObject):
    """Watches the canvas' focus: a frame appears when it came by the Tab key."""

    def __init__(self, canvas: InkCanvas, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self._framed = False
        canvas.installEventFilter(self)
        self._apply()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            framed = event.gotFocus() and event.reason() in _BY_KEYBOARD
            if framed != self._framed:
                self._framed = framed
                self._apply()
        return False

    def _apply(self) -> None:
        theme = self._theme
        self._canvas.set_colors(
            CanvasColors(
                paper=QColor(theme.paper),
                dots=QColor(theme.dots),
                ink=QColor(theme.ink),
                outline=QColor(theme.accent if self._framed else theme.line),
            )
        )
