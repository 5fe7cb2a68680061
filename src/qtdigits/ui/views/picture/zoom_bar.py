"""Nearer and farther: the buttons below a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from qtdigits.ui.views.card import set_look
from qtdigits.ui.views.picture.picture_page import PicturePage

_IN: Final = ("Ctrl++", "Ctrl+=")
"""The plus is reached with Shift on many keyboards, and without it is meant, too."""
_OUT: Final = ("Ctrl+-", "Ctrl+_")
_FIT: Final = ("Ctrl+0",)
_SCALE_TIP: Final = (
    "Ctrl and the wheel, or two fingers, make the picture larger and smaller.\n"
    "Two fingers, the middle button, or Space and the mouse move it."
)


class ZoomBar(QWidget):
    """Changes the scale of one page, and shows it."""

    def __init__(self, page: PicturePage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._add("zoomOutButton", "\u2212", "Farther away", _OUT, page.zoom_out)
        self._scale = QLabel(self)
        self._scale.setObjectName("zoomLabel")
        self._scale.setProperty("role", "small")
        self._scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scale.setMinimumWidth(self.fontMetrics().horizontalAdvance("1,600\u202f%") + 4)
        self._row.addWidget(self._scale)
        self._add("zoomInButton", "+", "Nearer", _IN, page.zoom_in)
        self._fit = self._add("zoomFitButton", "Fit", "Show all of the picture", _FIT, page.fit)
        self._scale.setToolTip(_SCALE_TIP)
        page.zoom_changed.connect(self._on_zoom_changed)
        self._page = page
        self._on_zoom_changed(page.zoom, True)

    def _add(
        self, name: str, text: str, tip: str, keys: Sequence[str], act: Callable[[], None]
    ) -> QToolButton:
        """A button, and its action for more keys than a button has of its own."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(tip)
        action = QAction(self)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.triggered.connect(button.click)
        self.addAction(action)
        shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{tip} ({shown})")
        button.setMinimumSize(30, 28)
        set_look(button, "look", "digit")
        button.clicked.connect(act)
        self._row.addWidget(button)
        return button

    def _on_zoom_changed(self, zoom: float, fits: bool) -> None:
        is_shown = not self._page.page.isEmpty()
        self._scale.setText(f"{zoom * 100:,.0f}\u202f%" if is_shown else "")
        self.setEnabled(is_shown)
        self._fit.setEnabled(not fits)
