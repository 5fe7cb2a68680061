"""The network's state at the tool bar's right end: a dot and a few words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.ui.plain_text import make_plain, plain_tip
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import set_look

_DOT_PX: Final = 10
_SMALLEST_WIDTH_PX: Final = 96
_SCALE: Final = 4
"""The dot's pixmap is this much larger than shown, for any screen scale."""


class StatusIndicator(QPushButton):
    """Shows a NetworkStatus; one with details says them when clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusIndicator")
        self.setFlat(True)
        self.setIconSize(QSize(_DOT_PX, _DOT_PX))
        self._theme = theme
        self._status = NetworkStatus(NetworkState.LOADING, "Loading the network…")
        self._training = ""
        self._details: QMessageBox | None = None
        self.clicked.connect(self._show_details)
        self._refresh()

    def status(self) -> NetworkStatus:
        return self._status

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._refresh()

    def show_status(self, status: NetworkStatus) -> None:
        self._status = status
        self._refresh()

    def show_training(self, words: str) -> None:
        """Show how a training goes in place of the name of the network; '' when none goes on."""
        if words != self._training:
            self._training = words
            self._refresh()

    def _words(self) -> str:
        """A training is said only where nothing more urgent is: reading goes on meanwhile."""
        ready = self._status.state is NetworkState.READY
        return self._training if ready and self._training else self._status.text

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words()) + 1
        return QSize(width + self._frame_width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_SMALLEST_WIDTH_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """Show as much of the text as there is room for; the beginning says the most."""
        room = self.width() - self._frame_width()
        text = self._words()
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))

    def _frame_width(self) -> int:
        """All that is not text: border, padding and the dot."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _refresh(self) -> None:
        status = self._status
        colors = {
            NetworkState.LOADING: self._theme.warn,
            NetworkState.READY: self._theme.good,
            NetworkState.FAILED: self._theme.bad,
        }
        self.setIcon(_dot(colors[status.state]))
        self._elide()
        self.updateGeometry()
        self.setAccessibleName(self._words())
        self.setToolTip("Click to see why" if status.details else plain_tip(self._words()))
        self.setEnabled(bool(status.details))
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if status.details else Qt.FocusPolicy.NoFocus
        )
        set_look(self, "state", status.state.value)

    def _show_details(self) -> None:
        if self._details is not None:
            self._details.raise_()
            return
        box = QMessageBox(self.window())
        box.setObjectName("statusDetails")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("The network")
        box.setText(self._status.text)
        box.setInformativeText(self._status.details)
        make_plain(box)
        box.finished.connect(self._on_details_closed)
        self._details = box
        box.open()

    def _on_details_closed(self) -> None:
        self._details = None


def _dot(color: str) -> QIcon:
    pixmap = QPixmap(_DOT_PX * _SCALE, _DOT_PX * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(_SCALE, _SCALE, 8 * _SCALE, 8 * _SCALE)
    icon = QIcon(pixmap)
    # A status without details is a disabled button, but its dot is as bright.
    icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon
