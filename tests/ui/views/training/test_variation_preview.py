"""The preview of varied images, and the hints of the fields above it."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.preview_samples import synthetic_samples
from qtdigits.ui.views.training.hint_line import HintLine
from qtdigits.ui.views.training.sample_grid import SampleGrid
from qtdigits.ui.views.training.variation_preview import VARIED_ROWS, VariationPreview

FRAME_S = 0.05
"""A window that stands still for less than this does not seem to."""


@pytest.fixture
def preview(qtbot: QtBot) -> VariationPreview:
    preview = VariationPreview()
    qtbot.addWidget(preview)
    preview.resize(420, 300)
    preview.set_samples(synthetic_samples())
    preview.set_strength(1.0)
    with qtbot.waitExposed(preview):
        preview.show()
    return preview


def sheet(preview: VariationPreview) -> QImage:
    (grid,) = preview.findChildren(SampleGrid)
    return grid.sheet()


def rows(image: QImage) -> list[bytes]:
    """The rows of digit images, 28 lines each."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width())
    return [pixels[top : top + 28].tobytes() for top in range(0, len(pixels), 28)]


def words(preview: VariationPreview) -> str:
    label = preview.findChild(QLabel, "variationWords")
    assert isinstance(label, QLabel)
    return label.text()


def again(preview: VariationPreview) -> QAbstractButton:
    button = preview.findChild(QAbstractButton, "varyAgainButton")
    assert isinstance(button, QAbstractButton)
    return button


def test_digits_as_they_are_stand_above_varied_ones(preview: VariationPreview) -> None:
    shown = sheet(preview)
    assert shown.size() == QSize(280, 28 * (1 + VARIED_ROWS))
    first, *others = rows(shown)
    assert first == np.concatenate(list(synthetic_samples()), axis=1).tobytes()
    assert len({first, *others}) == 1 + VARIED_ROWS


def test_strength_changes_what_is_shown_after_a_moment(
    preview: VariationPreview, qtbot: QtBot
) -> None:
    before = sheet(preview)
    preview.set_strength(0.4)
    preview.set_strength(0.5)
    assert sheet(preview) == before
    qtbot.waitUntil(lambda: sheet(preview) != before)
    assert "turned by up to 6°" in words(preview)


def test_no_strength_shows_them_as_they_are(preview: VariationPreview, qtbot: QtBot) -> None:
    preview.set_strength(0.0)
    qtbot.waitUntil(lambda: len(set(rows(sheet(preview)))) == 1)
    assert "as it is" in words(preview)
    assert not again(preview).isEnabled()


def test_vary_again_draws_others(preview: VariationPreview) -> None:
    before = rows(sheet(preview))
    again(preview).click()
    after = rows(sheet(preview))
    assert after[0] == before[0]
    assert not set(after[1:]) & set(before[1:])


def test_nothing_to_learn_from_says_what_will_be_there(
    preview: VariationPreview, qtbot: QtBot
) -> None:
    preview.set_samples(np.zeros((0, 28, 28), np.uint8))
    qtbot.waitUntil(lambda: sheet(preview).isNull())
    assert words(preview).startswith("Choose digits")
    assert not again(preview).isEnabled()


def test_what_nobody_sees_is_not_computed(qtbot: QtBot) -> None:
    preview = VariationPreview()
    qtbot.addWidget(preview)
    preview.set_samples(synthetic_samples())
    preview.set_strength(1.0)
    assert sheet(preview).isNull()


def test_varying_does_not_hold_up_the_window(preview: VariationPreview) -> None:
    times = []
    for _ in range(10):
        begun = time.perf_counter()
        again(preview).click()
        times.append(time.perf_counter() - begun)
    assert min(times) < FRAME_S / 2


@pytest.mark.parametrize("width", [236, 300, 480, 900])
def test_grid_is_as_high_as_its_width_asks_for(qtbot: QtBot, width: int) -> None:
    grid = SampleGrid(4, 10)
    qtbot.addWidget(grid)
    grid.resize(width, grid.heightForWidth(width))
    grid.show_rows(np.full((4, 10, 28, 28), 255, np.uint8))
    picture = grid.grab().toImage()
    last = picture.pixelColor(10, grid.height() - 3)
    assert last.lightness() > 200


class Form(QWidget):
    """Two fields with a hint line."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = HintLine(self)
        self.hint.set_usual("Usual.")
        self.fields = [QSpinBox(self), QSpinBox(self)]
        column = QVBoxLayout(self)
        for number, field in enumerate(self.fields):
            column.addWidget(field)
            self.hint.explain(field, f"This is field {number}. " + "It has a long hint. " * number)
        column.addWidget(self.hint)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.resize(160, 300)
    with qtbot.waitExposed(form):
        form.show()
    form.setFocus()
    return form


def point_at(field: QWidget) -> None:
    place = field.rect().center().toPointF()
    QApplication.sendEvent(field, QEnterEvent(place, place, place))


def test_field_under_the_pointer_is_explained(form: Form) -> None:
    assert form.hint.text() == "Usual."
    point_at(form.fields[0])
    assert form.hint.text().startswith("This is field 0.")
    QApplication.sendEvent(form.fields[0], QEvent(QEvent.Type.Leave))
    assert form.hint.text() == "Usual."


def test_field_with_the_focus_is_explained(form: Form) -> None:
    form.activateWindow()
    form.fields[1].setFocus()
    assert form.hint.text().startswith("This is field 1.")
    point_at(form.fields[0])
    assert form.hint.text().startswith("This is field 0.")
    QApplication.sendEvent(form.fields[0], QEvent(QEvent.Type.Leave))
    assert form.hint.text().startswith("This is field 1.")


def test_hint_line_does_not_change_its_height(form: Form) -> None:
    height = form.hint.height()
    for field in form.fields:
        point_at(field)
        QApplication.sendPostedEvents(form, QEvent.Type.LayoutRequest)
        assert form.hint.height() == height
        assert form.hint.heightForWidth(form.hint.width()) <= height
        QApplication.sendEvent(field, QEvent(QEvent.Type.Leave))
