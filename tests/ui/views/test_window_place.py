"""A window never comes back where nobody can reach it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qtdigits.ui.views.window_place import moved_into_reach, restore_place

SCREENS = [QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 1024)]


@pytest.mark.parametrize(
    "window",
    [
        QRect(100, 100, 1120, 760),
        QRect(2000, 50, 1120, 760),
        QRect(1500, 100, 1120, 760),
        QRect(-1000, 100, 1120, 760),
        QRect(100, 900, 1120, 760),
    ],
)
def test_window_within_reach_stays(window: QRect) -> None:
    assert moved_into_reach(window, SCREENS) == window


@pytest.mark.parametrize(
    "window",
    [
        QRect(5000, 100, 1120, 760),
        QRect(-1110, 100, 1120, 760),
        QRect(100, -50, 1120, 760),
        QRect(100, 2000, 1120, 760),
        QRect(4000, 4000, 9000, 9000),
    ],
)
def test_window_out_of_reach_comes_to_the_first_screen(window: QRect) -> None:
    assert SCREENS[0].contains(moved_into_reach(window, SCREENS))


def test_place_is_restored(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    first.setGeometry(40, 60, 333, 222)
    restore_place(second, first.saveGeometry())
    assert second.geometry() == first.geometry()


@pytest.mark.parametrize("garbage", [b"", b"\x00\x01", b"x" * 500])
def test_garbage_leaves_the_window_alone(qtbot: QtBot, garbage: bytes) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(10, 20, 300, 200)
    restore_place(window, QByteArray(garbage))
    assert window.geometry() == QRect(10, 20, 300, 200)
