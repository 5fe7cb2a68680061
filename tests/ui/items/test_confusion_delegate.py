"""The colours of the confusion matrix: stronger with the count, and always readable."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from qtdigits.ui.items.confusion_delegate import ConfusionDelegate, mixed
from qtdigits.ui.items.confusion_model import ConfusionModel
from qtdigits.ui.theme_colors import DARK, LIGHT, Theme

COUNTS = tuple(
    tuple(50 if row == column else (20 if row == 4 and column == 9 else 0) for column in range(10))
    for row in range(10)
)


def luminance(color: QColor) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ground(theme: Theme, row: int, column: int) -> QColor:
    """The colour near the corner of a painted cell, where no text is."""
    model = ConfusionModel()
    model.set_counts(COUNTS)
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.card))
    option = QStyleOptionViewItem()
    option.rect = image.rect()
    with QPainter(image) as painter:
        ConfusionDelegate(theme).paint(painter, option, model.index(row, column))
    return image.pixelColor(8, 6)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("cell", [(1, 1), (4, 9), (0, 1)])
def test_count_is_readable_on_its_colour(theme: Theme, cell: tuple[int, int], qtbot: QtBot) -> None:
    assert contrast(ground(theme, *cell), QColor(theme.text)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_right_wrong_and_never_look_different(theme: Theme, qtbot: QtBot) -> None:
    colors = {ground(theme, *cell).name() for cell in ((1, 1), (4, 9), (0, 1))}
    assert len(colors) == 3


def test_colour_is_mixed_between_its_ends() -> None:
    assert mixed("#000000", "#ffffff", 0.0).name() == "#000000"
    assert mixed("#000000", "#ffffff", 1.0).name() == "#ffffff"
    assert mixed("#000000", "#ffffff", 0.5).name() == "#808080"
