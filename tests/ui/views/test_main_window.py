"""The window: every action works, every setting arrives, and everything fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.prediction import Prediction
from qtdigits.core.raster import rasterize
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.request import Result
from qtdigits.ui.canvas.ink_canvas import Tool
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import DARK
from qtdigits.ui.views.actions import ACTIONS
from qtdigits.ui.views.answer_label import AnswerLabel
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.views.network_input_view import NetworkInputView

INK = Ink.from_json([[[40, 40], [120, 44], [70, 180]]])


def read(*predictions: Prediction) -> Result:
    """What was read of INK: so many digits, all in one place."""
    bounds = INK.bounds()
    assert bounds is not None
    digits = tuple(ReadDigit(bounds, rasterize(INK), one, INK) for one in predictions)
    return Result(1, INK, Reading(digits))


class Made:
    """A main window with all that it was given."""

    def __init__(self, settings: SettingsStore, themes: ThemeKeeper) -> None:
        self.settings = settings
        self.undo_stack = QUndoStack()
        self.canvas = NumberCanvas(self.undo_stack)
        self.probabilities = ProbabilityModel()
        self.history = HistoryModel()
        self.window = MainWindow(
            self.canvas, self.undo_stack, self.probabilities, self.history, settings, themes
        )

    def action(self, name: str) -> QAction:
        action = self.window.findChild(QAction, f"action{name}")
        assert isinstance(action, QAction)
        return action

    def text(self, name: str) -> str:
        label = self.window.findChild(QLabel, name)
        assert isinstance(label, QLabel)
        return label.text()

    def part(self, name: str) -> QWidget:
        part = self.window.findChild(QWidget, name)
        assert isinstance(part, QWidget)
        return part


@pytest.fixture
def made(qtbot: QtBot, settings: SettingsStore, themes: ThemeKeeper) -> Made:
    made = Made(settings, themes)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    return made


def test_window_names_everything_a_person_uses(made: Made) -> None:
    for name in (
        "inkCanvas",
        "answerLabel",
        "verdictLabel",
        "confidenceLabel",
        "probabilityView",
        "historyView",
        "networkInputView",
        "penWidthSlider",
        "statusIndicator",
    ):
        assert made.part(name)
    for spec in ACTIONS:
        assert made.action(spec.name)


def test_every_action_is_on_a_menu_and_says_what_it_does(made: Made) -> None:
    on_menus = {
        action for menu in made.window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    for spec in ACTIONS:
        action = made.action(spec.name)
        assert action in on_menus
        assert action.toolTip().startswith(spec.tip)
        for shortcut in action.shortcuts()[:1]:
            shown = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
            assert shown in action.toolTip()


def test_mnemonics_and_shortcuts_are_unambiguous(made: Made) -> None:
    shortcuts = [key for action in made.window.findChildren(QAction) for key in action.shortcuts()]
    assert len({key.toString() for key in shortcuts}) == len(shortcuts)
    menus = [made.window.menuBar(), *made.window.menuBar().findChildren(QMenu)]
    for menu in menus:
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters), texts


def test_menus_explain_their_entries(made: Made) -> None:
    menus = [made.window.menuBar().actions()[at].menu() for at in range(6)]
    assert all(isinstance(menu, QMenu) and menu.toolTipsVisible() for menu in menus)


def test_nothing_is_said_of_empty_paper(made: Made) -> None:
    about_ink = ["Clear", "Agree", *(f"Label{digit}" for digit in range(10))]
    assert not any(made.action(name).isEnabled() for name in about_ink)
    made.canvas.set_ink(INK)
    assert all(made.action(name).isEnabled() for name in about_ink)


def test_pen_of_the_last_width_grows_no_further(made: Made) -> None:
    made.settings.set_value("pen_width", 40)
    assert (made.action("Thinner").isEnabled(), made.action("Thicker").isEnabled()) == (True, False)
    made.settings.set_value("pen_width", 2)
    assert (made.action("Thinner").isEnabled(), made.action("Thicker").isEnabled()) == (False, True)


def test_opened_model_menu_is_told(made: Made, qtbot: QtBot) -> None:
    (menu,) = made.window.findChildren(QMenu, "menuModel")
    with qtbot.waitSignal(made.window.model_menu_opened):
        menu.popup(QPoint(0, 0))
    menu.close()


def test_result_fills_answer_and_network_input(
    made: Made, predict: Callable[..., Prediction]
) -> None:
    result = read(predict(7, 0.99))
    made.window.show_result(result)
    view = made.part("networkInputView")
    assert isinstance(view, NetworkInputView)
    assert made.text("answerLabel") == "7"
    assert view.image() is result.image
    made.window.show_empty()
    assert made.text("answerLabel") == ""
    assert view.image() is None


def test_ink_goes_out_and_comes_back_by_undo(made: Made, qtbot: QtBot) -> None:
    assert not made.action("Clear").isEnabled()
    with qtbot.waitSignal(made.window.drawing_changed) as changed:
        made.canvas.set_ink(INK)
    assert changed.args == [ArrangedInk(INK)]
    made.action("Clear").trigger()
    assert made.canvas.ink().is_empty
    made.action("Undo").trigger()
    assert made.canvas.ink() == INK
    made.action("Redo").trigger()
    assert made.canvas.ink().is_empty
    assert not made.action("Redo").isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape])
def test_keys_wipe_the_paper(made: Made, key: Qt.Key) -> None:
    made.canvas.set_ink(INK)
    QTest.keyClick(made.window, key)
    assert made.canvas.ink().is_empty


def test_tools_change_by_their_keys(made: Made) -> None:
    for key, tool, name in (
        (Qt.Key.Key_E, Tool.ERASER, "Eraser"),
        (Qt.Key.Key_P, Tool.PEN, "Pen"),
    ):
        QTest.keyClick(made.window, key)
        assert made.canvas.tool is tool
        assert made.action(name).isChecked()


def test_pen_width_is_the_same_everywhere(made: Made) -> None:
    slider = made.part("penWidthSlider")
    assert isinstance(slider, QSlider)
    slider.setValue(40)
    assert made.settings.number("pen_width") == 40
    made.action("Thicker").trigger()
    assert made.settings.number("pen_width") == 40
    made.action("Thinner").trigger()
    assert made.settings.number("pen_width") == slider.value() == 38
    made.settings.set_value("pen_width", 2)
    assert slider.value() == 2
    made.action("Thinner").trigger()
    assert made.settings.number("pen_width") == 2


def test_network_input_can_be_hidden_and_that_is_kept(made: Made) -> None:
    made.action("NetworkInput").trigger()
    assert not made.part("networkInputView").isVisible()
    assert not made.settings.switch("show_network_input")
    made.settings.set_value("show_network_input", True)
    assert made.part("networkInputView").isVisible()
    assert made.action("NetworkInput").isChecked()


def test_theme_is_chosen_on_the_menu_and_reaches_every_part(
    made: Made, predict: Callable[..., Prediction], themes: ThemeKeeper
) -> None:
    made.window.show_result(read(predict(7)))
    made.action("ThemeDark").trigger()
    assert themes.theme is DARK
    label = made.part("answerLabel")
    assert isinstance(label, AnswerLabel)
    assert label.color().name() == DARK.accent
    middle = made.canvas.grab(QRect(20, 20, 1, 1)).toImage().pixelColor(0, 0)
    assert middle.lightness() < 60


def test_requests_of_the_menus_go_out(made: Made, qtbot: QtBot) -> None:
    for name, signal in (
        ("New", made.window.new_drawing_requested),
        ("Settings", made.window.settings_requested),
        ("About", made.window.about_requested),
        ("History", made.window.history_requested),
    ):
        with qtbot.waitSignal(signal):
            made.action(name).trigger()


def test_chosen_history_entry_goes_out(
    made: Made, make_entry: Callable[..., HistoryEntry], qtbot: QtBot
) -> None:
    entry = make_entry(1)
    made.history.add_or_update(entry)
    made.window.show_current_entry(1)
    with qtbot.waitSignal(made.window.history_entry_chosen) as chosen:
        QTest.keyClick(made.part("historyView"), Qt.Key.Key_Space)
    assert chosen.args == [entry]


def test_label_is_shown_with_the_answer(made: Made, predict: Callable[..., Prediction]) -> None:
    result = read(predict(7))
    made.window.show_result(result)
    assert "Press the right digit" in made.text("confidenceLabel")
    made.window.show_label(1)
    assert "You said 1." in made.text("confidenceLabel")
    made.window.show_label(7)
    assert "Right: you said 7." in made.text("confidenceLabel")


def test_sentence_across_the_window_can_be_put_away(made: Made) -> None:
    assert not made.part("noticeBar").isVisible()
    made.window.show()
    made.window.tell("The disk is full.")
    assert made.text("noticeLabel") == "The disk is full."
    assert made.part("noticeBar").isVisible()
    QTest.mouseClick(made.part("noticeCloseButton"), Qt.MouseButton.LeftButton)
    assert not made.part("noticeBar").isVisible()
    made.window.close()


def test_status_is_shown_in_the_tool_bar_and_the_answer(made: Made) -> None:
    made.window.show_status(NetworkStatus(NetworkState.FAILED, "Not loaded", "Why"))
    assert made.text("verdictLabel") == "No answers now"
    assert made.part("statusIndicator").isEnabled()


@pytest.mark.parametrize(
    ("width", "height"), [(720, 520), (720, 1000), (1120, 760), (1400, 640), (3840, 2160)]
)
def test_everything_fits_at_any_size(
    made: Made, predict: Callable[..., Prediction], width: int, height: int
) -> None:
    made.window.resize(width, height)
    QApplication.sendPostedEvents()
    assert (made.window.width(), made.window.height()) == (width, height)
    made.window.show_result(read(predict(7)))
    parts = [
        made.part(name)
        for name in ("inkCanvas", "answerLabel", "probabilityView", "networkInputView")
    ]
    places = [QRect(part.mapTo(made.window, QPoint()), part.size()) for part in parts]
    for part, place in zip(parts, places, strict=True):
        assert made.window.rect().contains(place)
        assert part.height() >= part.minimumSizeHint().height()
    for number, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[number + 1 :])
    canvas = parts[0]
    assert all(canvas.width() * canvas.height() > p.width() * p.height() for p in parts[1:])


def test_smallest_window_is_720_by_520(made: Made) -> None:
    smallest = made.window.minimumSize()
    assert (smallest.width(), smallest.height()) == (720, 520)


def test_place_of_the_window_is_kept(
    made: Made, settings: SettingsStore, themes: ThemeKeeper, qtbot: QtBot
) -> None:
    made.window.setGeometry(11, 22, 790, 560)
    made.window.close()
    again = Made(settings, themes)
    qtbot.addWidget(again.window)
    assert again.window.size() == QSize(790, 560)
    # The offscreen platform counts the frame before it knows how wide it is.
    assert (again.window.pos() - QPoint(11, 22)).manhattanLength() < 16


def test_tab_key_reaches_every_control(made: Made) -> None:
    made.window.activateWindow()
    seen: set[QWidget] = set()
    for _ in range(30):
        made.window.focusNextPrevChild(True)
        focused = QApplication.focusWidget()
        if focused is not None:
            seen.add(focused)
    buttons = [
        button
        for button in made.window.findChildren(QToolButton)
        if button.isVisible() and button.isEnabled() and button.defaultAction()
    ]
    assert len(buttons) >= 2
    assert set(buttons) <= seen
    assert made.part("penWidthSlider") in seen
