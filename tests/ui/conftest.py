"""What the tests of the window's parts are made with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper

OFFSCREEN_CANNOT = "^This plugin does not support"
"""What the offscreen platform says of windows that it cannot raise, or give a smallest size."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT, extend=True))


MakePrediction = Callable[..., Prediction]


@pytest.fixture
def settings_file(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def settings(settings_file: QSettings) -> SettingsStore:
    return SettingsStore(settings_file)


@pytest.fixture
def themes(qapp: QApplication, settings: SettingsStore) -> Iterator[ThemeKeeper]:
    """A theme keeper; the application looks as before when the test is over."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    yield ThemeKeeper(qapp, settings)
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def predict() -> MakePrediction:
    """A prediction with this digit first and that one second."""

    def make(
        digit: int = 7,
        confidence: float = 0.9,
        second: int = 9,
        verdict: Verdict = Verdict.DIGIT,
        candidates: tuple[int, ...] | None = None,
    ) -> Prediction:
        rest = (1 - confidence) / 20
        probabilities = [rest] * 10
        probabilities[digit] = confidence
        probabilities[second] = (1 - confidence) - 8 * rest
        return Prediction(
            tuple(probabilities), verdict, (digit,) if candidates is None else candidates
        )

    return make


@pytest.fixture
def make_entry(predict: MakePrediction) -> Callable[..., HistoryEntry]:
    """A history entry of a slanted line."""

    def make(entry_id: int, digit: int = 1, **prediction: object) -> HistoryEntry:
        return HistoryEntry(
            entry_id,
            Ink.from_json([[[10.0, 10.0], [14.0, 60.0]]]),
            predict(digit, **prediction),
            datetime(2026, 3, 1, 14, 5, tzinfo=UTC),
        )

    return make
