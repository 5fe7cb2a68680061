"""Fields for numbers, as somebody types into them."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from qtdigits.ui.views.number_field import RateField


@pytest.mark.parametrize("typed", ["0.008", "0,008"])
def test_rate_is_typed_with_a_point_or_a_comma(qtbot: QtBot, typed: str) -> None:
    field = RateField(0.0001, 1.0)
    qtbot.addWidget(field)
    line = field.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, typed)
    field.interpretText()
    assert field.value() == 0.008
