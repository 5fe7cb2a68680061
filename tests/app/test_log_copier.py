"""The log goes to the clipboard, when there is one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from qtdigits import app
from qtdigits.core import paths
from qtdigits.core.program_log import close_log, open_log
from qtdigits.ui.views.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    one = app.create_main_window()
    qtbot.addWidget(one)
    return one


def test_log_is_copied(window: MainWindow, own_files: Path) -> None:
    handler = open_log(paths.log_dir())
    logging.getLogger("qtdigits").error("what went wrong")
    close_log(handler)
    window.action("CopyLog").trigger()
    assert "what went wrong" in QGuiApplication.clipboard().text()
    assert "on the clipboard" in window.notice.text()


def test_empty_log_leaves_the_clipboard_alone(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("mine")
    window.action("CopyLog").trigger()
    assert QGuiApplication.clipboard().text() == "mine"
    assert "nothing has gone wrong" in window.notice.text()
