"""The self-test's checks notice what an executable file may lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core import paths
from qtdigits.self_test import files
from qtdigits.self_test.files import check_files
from qtdigits.self_test.waiting import SelfTestError, found, trigger, wait_for


def test_files_of_the_program_are_all_there(qtbot: QtBot) -> None:
    check_files()


def test_icon_that_is_lacking_is_named(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "icon", lambda name, theme: QIcon())
    with pytest.raises(SelfTestError, match=r"the icon \w+ is empty"):
        check_files()


def test_network_without_its_card_is_noticed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "shipped_model", lambda: tmp_path / "digits.keras")
    with pytest.raises((SelfTestError, ValueError)):
        check_files()


def test_samples_that_are_lacking_are_noticed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "sample_drawings", list)
    with pytest.raises(SelfTestError, match="no sample drawings"):
        check_files()


def test_waiting_ends_with_what_was_waited_for(qtbot: QtBot) -> None:
    with pytest.raises(SelfTestError, match="reading a 3 took more than 0 s"):
        wait_for(lambda: False, "reading a 3", patience_s=0.0)


def test_action_is_done(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    action = QAction(window)
    action.setObjectName("actionTrain")
    with qtbot.waitSignal(action.triggered):
        trigger("Train", window)


def test_action_that_is_lacking_is_named(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(SelfTestError, match="there is no actionTrain"):
        found(QAction, "actionTrain", window)
