"""What the network sees is the very array, pixel by pixel."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QLabel, QToolTip
from pytestqt.qtbot import QtBot

from qtdigits.core.raster import DigitImage
from qtdigits.ui.views.network_input_card import NetworkInputCard
from qtdigits.ui.views.network_input_view import NetworkInputView


@pytest.fixture
def image() -> DigitImage:
    return np.random.default_rng(5).random((28, 28), dtype=np.float32)


@pytest.fixture
def view(qtbot: QtBot) -> NetworkInputView:
    view = NetworkInputView()
    qtbot.addWidget(view)
    view.resize(112, 112)
    view.show()
    return view


def test_every_number_is_one_cell(view: NetworkInputView, image: DigitImage) -> None:
    view.set_image(image)
    picture = view.grab().toImage()
    # The cells in the corners are rounded off.
    for row, column in [(2, 14), (14, 2), (13, 20), (25, 14), *[(n, 27 - n) for n in range(3, 25)]]:
        expected = round(float(image[row, column]) * 255)
        gray = picture.pixelColor(column * 4 + 2, row * 4 + 2)
        assert (gray.red(), gray.green(), gray.blue()) == (expected,) * 3


def test_array_is_kept_as_it_came(view: NetworkInputView, image: DigitImage) -> None:
    assert view.image() is None
    view.set_image(image)
    assert view.image() is image
    view.set_image(None)
    assert view.grab().toImage().pixelColor(56, 56) == QColor("black")


def test_cells_are_equally_large_in_any_square(view: NetworkInputView) -> None:
    chess = np.indices((28, 28)).sum(axis=0).astype(np.float32) % 2
    view.set_image(chess)
    view.resize(139, 139)
    picture = view.grab().toImage()
    middle = [picture.pixelColor(x, 69).red() > 127 for x in range(139)]
    changes = [x for x in range(1, 139) if middle[x] != middle[x - 1]]
    assert len(changes) in (27, 28)
    assert {b - a for a, b in itertools.pairwise(changes)} == {4}


def test_number_under_the_pointer_is_told(view: NetworkInputView, image: DigitImage) -> None:
    view.set_image(image)
    place = QPoint(4 * 10 + 1, 4 * 3 + 1)
    view.event(QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text() == f"Row 4, column 11: {image[3, 10]:.2f}"
    QToolTip.hideText()


@pytest.mark.parametrize(
    "size", [QSize(316, 104), QSize(348, 140), QSize(470, 270), QSize(470, 560)]
)
def test_card_shows_a_whole_square_and_all_words(
    qtbot: QtBot, image: DigitImage, size: QSize
) -> None:
    card = NetworkInputCard()
    qtbot.addWidget(card)
    card.set_image(image)
    card.resize(size)
    card.show()
    view = card.findChild(NetworkInputView, "networkInputView")
    assert isinstance(view, NetworkInputView)
    assert view.width() == view.height() >= 80
    assert card.rect().contains(view.geometry())
    for label in card.findChildren(QLabel):
        assert label.heightForWidth(label.width()) <= label.height()
    assert card.image() is image


def test_empty_card_says_what_will_appear(qtbot: QtBot, image: DigitImage) -> None:
    card = NetworkInputCard()
    qtbot.addWidget(card)
    assert any("will appear" in label.text() for label in card.findChildren(QLabel))
    card.set_image(image)
    assert not any("will appear" in label.text() for label in card.findChildren(QLabel))
