"""The network's state in a dot and words; why it failed is a click away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.status_indicator import StatusIndicator

FAILED = NetworkStatus(NetworkState.FAILED, "The network did not load", "The file is damaged.")


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(500, 60)
    host.show()
    return host


@pytest.fixture
def indicator(host: QWidget) -> StatusIndicator:
    indicator = StatusIndicator(LIGHT, host)
    indicator.resize(400, 30)
    indicator.show()
    return indicator


def test_loading_is_the_first_state(indicator: StatusIndicator) -> None:
    assert indicator.status().state is NetworkState.LOADING
    assert indicator.text() == "Loading the network…"


@pytest.mark.parametrize("state", NetworkState)
def test_every_state_is_said_in_words(indicator: StatusIndicator, state: NetworkState) -> None:
    indicator.show_status(NetworkStatus(state, "What it is"))
    assert indicator.text() == "What it is"
    assert not indicator.icon().isNull()


def test_long_words_are_cut_where_there_is_no_room(indicator: StatusIndicator) -> None:
    words = "Ready · a network with a very long name indeed · 99.7 % on MNIST"
    indicator.resize(120, 30)
    indicator.show_status(NetworkStatus(NetworkState.READY, words))
    assert indicator.text().endswith("…")
    assert indicator.accessibleName() == words
    indicator.resize(indicator.sizeHint())
    assert indicator.text() == words


def test_ready_network_has_nothing_to_click(indicator: StatusIndicator) -> None:
    indicator.show_status(NetworkStatus(NetworkState.READY, "Ready"))
    assert not indicator.isEnabled()


def test_click_on_a_failure_says_why(
    indicator: StatusIndicator, host: QWidget, qtbot: QtBot
) -> None:
    indicator.show_status(FAILED)
    QTest.mouseClick(indicator, Qt.MouseButton.LeftButton)
    boxes = host.findChildren(QMessageBox)
    assert [box.informativeText() for box in boxes] == ["The file is damaged."]
    boxes[0].accept()
    qtbot.waitUntil(lambda: not host.findChildren(QMessageBox))
    QTest.keyClick(indicator, Qt.Key.Key_Space)
    assert len(host.findChildren(QMessageBox)) == 1
    host.findChildren(QMessageBox)[0].accept()
