"""Where the window was at the last end, and back to it, if that is still on a screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_VISIBLE_PX: Final = 80
"""A window is within reach when at least this much of its title bar's length is on a screen."""


def restore_place(window: QWidget, geometry: QByteArray) -> None:
    """Give a window that is not shown yet its old place and size; garbage changes nothing."""
    window.restoreGeometry(geometry)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    filled = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
    if not screens or window.windowState() & filled:
        return
    place = moved_into_reach(window.geometry(), screens)
    if place != window.geometry():
        window.setGeometry(place)


def moved_into_reach(window: QRect, screens: list[QRect]) -> QRect:
    """The window's place, moved (and made smaller) to the first screen if it lies on none."""
    top = QRect(window.left(), window.top(), window.width(), 1)
    for screen in screens:
        visible = screen.intersected(top)
        if visible.height() == 1 and visible.width() >= min(_VISIBLE_PX, window.width()):
            return window
    home = screens[0]
    moved = QRect(window)
    moved.setSize(window.size().boundedTo(home.size()))
    moved.moveCenter(home.center())
    return moved
