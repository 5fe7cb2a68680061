"""Both themes are readable, complete, and follow setting and system."""

from __future__ import annotations

import itertools
import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.stylesheet import stylesheet
from qtdigits.ui.theme import ThemeKeeper, palette, theme_for
from qtdigits.ui.theme_colors import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
TEXTS = ("text", "muted", "accent", "good", "warn", "bad")
GROUNDS = ("ground", "card", "hover", "selected")


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0..1."""
    channels = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@THEMES
@pytest.mark.parametrize(("text", "ground"), list(itertools.product(TEXTS, GROUNDS)))
def test_text_is_readable_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["accent", "accent_hover"])
def test_text_is_readable_on_the_accent(theme: Theme, ground: str) -> None:
    assert contrast(theme.on_accent, getattr(theme, ground)) >= 4.5


@THEMES
def test_huge_unsure_digit_is_readable(theme: Theme) -> None:
    # Three to one is enough for large text.
    assert contrast(theme.warn_large, theme.card) >= 3


@THEMES
def test_unchosen_segment_is_readable(theme: Theme) -> None:
    assert contrast(theme.muted, theme.track) >= 4.5


@THEMES
@pytest.mark.parametrize("ground", ["card", "ground"])
def test_outline_of_a_control_is_visible(theme: Theme, ground: str) -> None:
    assert contrast(theme.control_line, getattr(theme, ground)) >= 3


@THEMES
def test_ink_stands_out_on_paper(theme: Theme) -> None:
    assert contrast(theme.ink, theme.paper) >= 10


@THEMES
def test_all_colors_are_colors(theme: Theme) -> None:
    colors = asdict(theme)
    del colors["name"]
    for color in colors.values():
        assert re.fullmatch("#[0-9a-f]{6}", color)


@THEMES
def test_stylesheet_names_only_colors_of_its_theme(theme: Theme) -> None:
    sheet = stylesheet(theme, 10.0)
    assert "$" not in sheet
    used = set(re.findall("#[0-9a-f]{6}", sheet))
    assert used <= set(asdict(theme).values())


@THEMES
def test_palette_takes_the_colors_of_its_theme(theme: Theme) -> None:
    colors = palette(theme)
    assert colors.color(QPalette.ColorRole.Window) == QColor(theme.ground)
    assert colors.color(QPalette.ColorRole.WindowText) == QColor(theme.text)


@pytest.mark.parametrize(
    ("choice", "scheme", "theme"),
    [
        ("system", Qt.ColorScheme.Dark, DARK),
        ("system", Qt.ColorScheme.Light, LIGHT),
        ("system", Qt.ColorScheme.Unknown, LIGHT),
        ("light", Qt.ColorScheme.Dark, LIGHT),
        ("dark", Qt.ColorScheme.Light, DARK),
    ],
)
def test_theme_follows_setting_then_system(
    choice: str, scheme: Qt.ColorScheme, theme: Theme
) -> None:
    assert theme_for(choice, scheme) is theme


def test_setting_changes_the_theme_at_once(
    qapp: QApplication, qtbot: QtBot, settings: SettingsStore, themes: ThemeKeeper
) -> None:
    with qtbot.waitSignal(themes.changed) as changed:
        settings.set_value("theme", "dark")
    assert changed.args == [DARK]
    assert themes.theme is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.ground)
    assert DARK.card in qapp.styleSheet()


def test_same_theme_by_another_setting_changes_nothing(
    qtbot: QtBot, settings: SettingsStore, themes: ThemeKeeper
) -> None:
    with qtbot.assertNotEmitted(themes.changed):
        settings.set_value("theme", "light")


def test_system_scheme_is_followed_live(
    qapp: QApplication, qtbot: QtBot, themes: ThemeKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The offscreen platform knows no colour scheme of its own.
    hints = qapp.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _self: Qt.ColorScheme.Dark)
    with qtbot.waitSignal(themes.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert themes.theme is DARK


def test_font_is_large_enough_and_has_the_system_as_fallback(
    qapp: QApplication, themes: ThemeKeeper
) -> None:
    assert themes.theme is LIGHT
    assert qapp.font().pointSizeF() >= 10
    assert len(qapp.font().families()) >= 2
