"""Lets pictures be dropped onto a window, and shows that they may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme

_INSET_PX: Final = 12
_RADIUS_PX: Final = 14.0
_WORDS: Final = "Drop to read the numbers"


class DropTarget(QObject):
    """Owns the hint that covers the widget while something welcome is held over it.

    Signals:
        dropped(QMimeData): this was dropped; it lives as long as the listeners run
    """

    dropped = Signal(object)

    def __init__(
        self, widget: QWidget, is_welcome: Callable[[QMimeData], bool], themes: ThemeKeeper
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._is_welcome = is_welcome
        self._hint = _Hint(themes, widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove if isinstance(event, QDropEvent):
                self._consider(event)
            case QEvent.Type.DragLeave:
                self._hint.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._hint.hide()
                self._take(event)
            case _:
                return False
        return True

    def _consider(self, event: QDropEvent) -> None:
        """Refuse by the pointer's shape what cannot be read."""
        if not isinstance(event, QDragEnterEvent) and self._hint.isVisible():
            self._accept(event)
        elif self._is_welcome(event.mimeData()):
            self._accept(event)
            self._hint.cover(self._widget)
        else:
            event.ignore()

    def _take(self, event: QDropEvent) -> None:
        if self._is_welcome(event.mimeData()):
            self._accept(event)
            self.dropped.emit(event.mimeData())
        else:
            event.ignore()

    @staticmethod
    def _accept(event: QDropEvent) -> None:
        # Whatever the sender proposes: nothing is ever moved away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()


class _Hint(QWidget):
    """A pane over the whole widget that says what dropping will do."""

    def __init__(self, themes: ThemeKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dropHint")
        self.setAccessibleName(_WORDS)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._themes = themes
        self.hide()

    def cover(self, widget: QWidget) -> None:
        self.setGeometry(widget.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme: Theme = self._themes.theme
        ground = QColor(theme.ground)
        ground.setAlpha(215)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), ground)
            frame = QRectF(self.rect()).adjusted(_INSET_PX, _INSET_PX, -_INSET_PX, -_INSET_PX)
            painter.setPen(QPen(QColor(theme.accent), 2.0, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 1.5)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(theme.accent))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, _WORDS)
