"""The colours of the light and the dark theme, and who decides which one is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from qtdigits.ui.settings_store import SettingChange, SettingsStore
from qtdigits.ui.stylesheet import stylesheet
from qtdigits.ui.theme_colors import DARK, LIGHT, Theme

_FONT_FAMILY: Final = "Inter"
_FALLBACK_FAMILIES: Final = ("Noto Sans", "DejaVu Sans")
"""For machines whose system font is only an alias that nothing stands behind."""

_SMALLEST_POINT_SIZE: Final = 10.0


def theme_for(choice: str, scheme: Qt.ColorScheme) -> Theme:
    """The theme for the setting ('system', 'light' or 'dark') under the system's colour scheme."""
    if choice == "system":
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, for all that the style paints by itself."""
    roles = QPalette.ColorRole
    colors = {
        roles.Window: theme.ground,
        roles.WindowText: theme.text,
        roles.Base: theme.card,
        roles.AlternateBase: theme.ground,
        roles.Text: theme.text,
        roles.Button: theme.card,
        roles.ButtonText: theme.text,
        roles.ToolTipBase: theme.card,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
    }
    result = QPalette(QColor(theme.ground))
    for role, color in colors.items():
        result.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return result


class ThemeKeeper(QObject):
    """Owns the theme in use: dresses the application, and follows the setting and the system.

    Signals:
        changed(Theme): after the application wears another theme.
    """

    changed = Signal(object)

    def __init__(
        self, application: QApplication, settings: SettingsStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        self._hints = application.styleHints()
        application.setFont(_font(application.font()))
        self._theme = self._wanted()
        self._dress()
        settings.changed.connect(self._on_setting_changed)
        self._hints.colorSchemeChanged.connect(self._refresh)

    @property
    def theme(self) -> Theme:
        return self._theme

    def _wanted(self) -> Theme:
        choice = self._settings.choice("theme")
        # Tell the platform as well, so that title bars and file dialogs match.
        match choice:
            case "system":
                self._hints.unsetColorScheme()
            case "light":
                self._hints.setColorScheme(Qt.ColorScheme.Light)
            case _:
                self._hints.setColorScheme(Qt.ColorScheme.Dark)
        return theme_for(choice, self._hints.colorScheme())

    def _dress(self) -> None:
        self._application.setPalette(palette(self._theme))
        size = self._application.font().pointSizeF()
        self._application.setStyleSheet(stylesheet(self._theme, size))

    def _on_setting_changed(self, change: SettingChange) -> None:
        if change.key == "theme":
            self._refresh()

    def _refresh(self) -> None:
        theme = self._wanted()
        if theme is not self._theme:
            self._theme = theme
            self._dress()
            self.changed.emit(theme)


def _font(system: QFont) -> QFont:
    """The system's font with Inter before it, and never smaller than one can read with ease."""
    font = QFont(system)
    named = [family for family in system.families() if family]
    font.setFamilies([_FONT_FAMILY, *named, *_FALLBACK_FAMILIES])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(max(system.pointSizeF(), _SMALLEST_POINT_SIZE))
    return font
