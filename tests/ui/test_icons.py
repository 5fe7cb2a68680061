"""The icons can be drawn, in the theme's colours and at the screen's scale."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from qtdigits.core.paths import resource
from qtdigits.ui.icons import app_icon, icon
from qtdigits.ui.theme_colors import DARK, LIGHT, Theme
from qtdigits.ui.views.actions import ACTIONS

NAMES = sorted({spec.icon for spec in ACTIONS if spec.icon})


def strongest_color(image: QImage) -> QColor:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_icon_has_the_color_of_the_text(qapp: QApplication, name: str, theme: Theme) -> None:
    image = icon(name, theme).pixmap(QSize(40, 40)).toImage()
    color, text = strongest_color(image), QColor(theme.text)
    assert abs(color.lightness() - text.lightness()) <= 3


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_icon_has_a_pixel_for_every_pixel_of_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = icon("pen", LIGHT).pixmap(QSize(20, 20), ratio)
    assert pixmap.width() == round(20 * ratio)


def test_disabled_icon_is_faint(qapp: QApplication) -> None:
    pixmap = icon("undo", LIGHT).pixmap(QSize(20, 20), QIcon.Mode.Disabled)
    assert strongest_color(pixmap.toImage()).lightness() > QColor(LIGHT.text).lightness() + 60


def test_every_icon_file_is_used(qapp: QApplication) -> None:
    files = {path.stem for path in resource("icons").glob("*.svg")}
    assert files == {*NAMES, "qtdigits"}


def test_app_icon_is_drawn(qapp: QApplication) -> None:
    image = app_icon().pixmap(QSize(64, 64)).toImage()
    assert image.pixelColor(32, 32).alpha() == 255
    assert image.pixelColor(0, 0).alpha() == 0
