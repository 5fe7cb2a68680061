"""The one style sheet of the program, made from a theme."""

from __future__ import annotations

from string import Template
from typing import Final

from qtdigits.ui.theme_colors import Theme

CARD_RADIUS: Final = 14

_TEMPLATE: Final = Template("""
QMainWindow, QDialog, QMessageBox { background: $ground; color: $text; }

QMenuBar { background: $card; color: $text; padding: 2px 8px; border: none; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selected; }

QMenu { background: $card; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 22px 6px 10px; border-radius: 6px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QToolBar { background: $card; border: none; border-top: 1px solid $line;
           border-bottom: 1px solid $line; padding: 7px; spacing: 5px; }
QToolBar::separator { background: $line; width: 1px; margin: 5px 9px; }
QToolBar QToolButton { background: transparent; border: 2px solid transparent;
                       border-radius: 8px; padding: 4px; }
QToolBar QToolButton:hover { background: $hover; }
QToolBar QToolButton:pressed, QToolBar QToolButton:checked { background: $selected; }
QToolBar QToolButton:focus { border-color: $accent; }

QPushButton#statusIndicator { background: transparent; color: $muted; text-align: right;
                              border: 2px solid transparent; border-radius: 8px;
                              padding: 3px 6px; min-width: 0; }
QPushButton#statusIndicator:hover:enabled { background: $hover; }
QPushButton#statusIndicator:focus { border-color: $accent; }
QPushButton#statusIndicator[state="failed"] { color: $bad; }

QToolButton[look="upright"] { background: transparent; color: $muted; border-radius: 8px;
                              border: 2px solid transparent; font-size: ${small}pt; }
QToolButton[look="upright"]:hover { background: $hover; color: $text; }
QToolButton[look="upright"]:focus { border-color: $accent; }

QToolButton[look="digit"] { background: $card; color: $text; border: 1px solid $control_line;
                            border-radius: 7px; font-weight: 600; }
QToolButton[look="digit"]:hover { background: $hover; }
QToolButton[look="digit"]:pressed { background: $selected; }
QToolButton[look="digit"]:focus { border: 2px solid $accent; }
QToolButton[look="digit"]:disabled { color: $faint; border-color: $line; }

QFrame#noticeBar { background: $selected; border: none; border-bottom: 1px solid $line; }

QFrame#card { background: $card; border: 1px solid $line; border-radius: ${radius}px; }

QFrame#line { background: $line; border: none; min-height: 1px; max-height: 1px;
              margin: 9px 0; }

QLabel { background: transparent; color: $text; }
QLabel#qt_msgbox_label { min-width: 280px; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}pt; }
QLabel[stale="true"] { color: $muted; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="good"] { color: $good; }

QLabel#paperNote { background: $selected; border: 1px solid $line; border-radius: 9px;
                   padding: 6px 14px; }

QListView { background: transparent; border: none; outline: none; color: $text; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0 4px; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 4px 0; }
QScrollBar::handle { background: $slight; border-radius: 3px; margin: 1px; }
QScrollBar::handle:hover { background: $control_line; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider { min-height: 20px; background: transparent; border: 2px solid transparent;
          border-radius: 8px; }
QSlider:focus { border-color: $accent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
                             background: $accent; }
QSlider::handle:horizontal:hover { background: $accent_hover; }

QPushButton { background: $card; color: $text; border: 1px solid $control_line;
              border-radius: 8px; padding: 7px 18px; min-width: 56px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 6px 17px; }
QPushButton:disabled { color: $faint; border-color: $line; }
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent;
                      font-weight: 600; }
QPushButton:default:hover { background: $accent_hover; }
QPushButton:default:focus { border: 2px solid $text; }

Segments { background: $track; border: none; border-radius: 9px; }
Segments QToolButton { background: transparent; color: $muted; border-radius: 7px;
                              border: 2px solid transparent; padding: 4px 14px; }
Segments QToolButton:hover { color: $text; }
Segments QToolButton:checked { background: $selected; color: $text;
                                      font-weight: 600; border-color: $selected; }
Segments QToolButton:checked:focus { border-color: $accent; }
Segments QToolButton:focus { border-color: $accent; }

QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent;
                              font-weight: 600; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $track; color: $muted; border-color: $track; }
QPushButton[look="slim"] { padding: 7px 11px; min-width: 0; }
QPushButton[look="slim"]:focus { padding: 6px 10px; }
QPushButton[look="link"] { background: transparent; color: $accent; border: 2px solid transparent;
                           border-radius: 6px; padding: 2px 4px; min-width: 0; text-align: left; }
QPushButton[look="link"]:hover { background: $hover; }
QPushButton[look="link"]:focus { border-color: $accent; }
QPushButton[look="link"]:disabled { color: $faint; }

QSpinBox, QDoubleSpinBox, QLineEdit[look="field"] { background: $ground; color: $text;
                           border: 1px solid $line; border-radius: 7px; padding: 4px 0;
                           selection-background-color: $accent; selection-color: $on_accent; }
QSpinBox:hover, QDoubleSpinBox:hover, QLineEdit[look="field"]:hover { border-color: $slight; }
QSpinBox:focus, QDoubleSpinBox:focus, QLineEdit[look="field"]:focus { padding: 3px 0;
                           border: 2px solid $accent; }
QSpinBox:disabled, QDoubleSpinBox:disabled { color: $faint; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button { width: 0; height: 0; border: none; }

QProgressBar { background: $track; border: none; border-radius: 4px; min-height: 8px;
               max-height: 8px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QGraphicsView { background: transparent; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }

QTableView { background: transparent; color: $text; border: none; outline: none;
             gridline-color: transparent; selection-background-color: $selected;
             selection-color: $text; }
QTableView#libraryView::item { padding: 6px 10px; border-bottom: 1px solid $line; }
QTableView#libraryView::item:selected { background: $selected; color: $text; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; color: $muted; border: none; font-weight: 400; }
QTableView#libraryView QHeaderView::section { border-bottom: 1px solid $line;
                                              padding: 6px 13px; }
QTableCornerButton::section { background: transparent; border: none; }

QTextEdit { background: $card; color: $text; border: 1px solid $line; border-radius: 8px; }
QPlainTextEdit { background: transparent; color: $text; border: none;
                 selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit[look="search"] { background: $card; color: $text; border: 1px solid $control_line;
                           border-radius: 8px; padding: 6px 8px;
                           selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit[look="search"]:focus { border: 2px solid $accent; padding: 5px 7px; }
QLineEdit[look="search"]:disabled { border-color: $line; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 5px; }
""")


def stylesheet(theme: Theme, point_size: float) -> str:
    """The style sheet for a theme; point_size is the size of ordinary text."""
    colors = {name: getattr(theme, name) for name in theme.__dataclass_fields__}
    return _TEMPLATE.substitute(
        colors,
        radius=CARD_RADIUS,
        heading=f"{point_size * 1.3:.2f}",
        small=f"{point_size * 0.95:.2f}",
    )
