"""The main window: composes its parts, passes on what they ask, shows what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QColor, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from qtdigits.core.ink import Ink
from qtdigits.core.network_status import NetworkStatus
from qtdigits.core.request import Result
from qtdigits.core.settings import setting
from qtdigits.ui.canvas.ink_render import CanvasColors, thumbnail
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.canvas.paper_note import PaperNote
from qtdigits.ui.icons import app_icon
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingChange, SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.actions import Actions
from qtdigits.ui.views.answer_panel import AnswerPanel
from qtdigits.ui.views.digit_actions import DigitActions
from qtdigits.ui.views.history_panel import HistoryPanel
from qtdigits.ui.views.menu_bar import ThemeChoices, fill_menus
from qtdigits.ui.views.network_input_card import NetworkInputCard
from qtdigits.ui.views.notice_bar import NoticeBar
from qtdigits.ui.views.pen_actions import PenActions
from qtdigits.ui.views.probability_view import ProbabilityView
from qtdigits.ui.views.status_indicator import StatusIndicator
from qtdigits.ui.views.tool_bar import ToolBar
from qtdigits.ui.views.window_place import restore_place
from qtdigits.ui.views.workspace import Workspace

_SMALLEST: Final = QSize(720, 520)
_FIRST: Final = QSize(1120, 760)
_ABOUT_INK: Final = ("Clear", "Agree", *(f"Label{digit}" for digit in range(10)))
"""What there is nothing to do for while the paper is empty."""


class MainWindow(QMainWindow):
    """Owns the widgets; the models, the undo stack and the settings belong to whoever made it.

    It shows results through slots and never asks for one itself: whoever listens to
    drawing_changed answers by show_result, and sets the two models.

    Signals:
        drawing_changed(ArrangedInk): the drawing is another one, also while the pen moves.
        new_drawing_requested(): the person wants empty paper, the old drawing stays in history.
        history_entry_chosen(HistoryEntry): the person wants this drawing back.
        settings_requested(): the person wants to see the settings.
        about_requested(): the person wants to know what this program is.
        training_requested(): the person wants to train a network.
        model_menu_opened(): the person may want to do so soon.
        library_requested(): the person wants to see all networks.
        history_requested(): the person wants to see all drawings.
    """

    drawing_changed = Signal(object)
    new_drawing_requested = Signal()
    history_entry_chosen = Signal(object)
    settings_requested = Signal()
    about_requested = Signal()
    training_requested = Signal()
    model_menu_opened = Signal()
    library_requested = Signal()
    history_requested = Signal()

    def __init__(
        self,
        canvas: NumberCanvas,
        undo_stack: QUndoStack,
        probability_model: ProbabilityModel,
        history_model: HistoryModel,
        settings: SettingsStore,
        themes: ThemeKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mainWindow")
        self.setWindowTitle("qtdigits")
        self.setWindowIcon(app_icon())
        self._canvas = canvas
        self._undo_stack = undo_stack
        self._settings = settings
        theme = themes.theme
        self._actions = Actions(theme, self)
        self._theme_choices = ThemeChoices(setting("theme"), self)
        canvas.set_colors(_canvas_colors(theme))
        self._answer = AnswerPanel(theme)
        self._probabilities = ProbabilityView(probability_model, theme)
        self._network_input = NetworkInputCard()
        self._history = HistoryPanel(history_model, thumbnail, theme)
        self._status = StatusIndicator(theme)
        self._tool_bar = ToolBar(self._actions, setting("pen_width"), self._status, self)
        self._workspace = Workspace(
            canvas, self._answer, self._probabilities, self._network_input, self._history
        )
        self.addToolBar(self._tool_bar)
        self._notice = NoticeBar()
        self._paper_note = PaperNote(canvas)
        self.setCentralWidget(_stacked(self._notice, self._workspace))
        fill_menus(self.menuBar(), self._actions, self._theme_choices)
        for menu in self.menuBar().findChildren(QMenu, "menuModel"):
            menu.aboutToShow.connect(self.model_menu_opened)
        self.addActions(self._actions.all())
        self._connect_actions()
        self._digit_actions = DigitActions(self._actions, canvas, self)
        self._pen_actions = PenActions(self._actions, canvas, self._tool_bar, settings, self)
        self._connect_parts(themes)
        self._apply_settings()
        self._on_ink_changed(canvas.ink())
        # Qt's own menu would only offer to hide the tool bar.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # A large font needs more room than the smallest window has.
        self.setMinimumSize(_SMALLEST.expandedTo(self.minimumSizeHint()))
        self.resize(_FIRST)
        restore_place(self, settings.window_geometry())
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def show_result(self, result: Result) -> None:
        """Show an answer, and the array that it was given for."""
        self._answer.show_result(result)
        self._network_input.set_image(result.image, len(result.reading) > 1)
        self._canvas.show_result(result)

    @Slot()
    def show_pending(self) -> None:
        """Say that an answer is on its way; the last one stays, dimmed."""
        self._answer.show_pending()

    @Slot()
    def show_empty(self) -> None:
        """Show that nothing is written."""
        self._answer.show_empty()
        self._network_input.set_image(None)
        self._canvas.show_nothing()

    @Slot(object)
    def show_status(self, status: NetworkStatus) -> None:
        """Show what the network is doing."""
        self._status.show_status(status)
        self._answer.show_status(status)

    @Slot(str)
    def show_training(self, words: str) -> None:
        """Say how a training goes beside what the network is doing; '' when none goes on."""
        self._status.show_training(words)

    @Slot(object)
    def show_current_entry(self, entry_id: int | None) -> None:
        """Frame the history entry that is on the paper, or none."""
        self._history.set_current(entry_id)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say something across the window; '' for nothing any more."""
        self._notice.tell(sentence)

    def tell_on_paper(self, words: str) -> None:
        """Say something of what is on the paper, until that changes."""
        self._paper_note.tell(words)

    @Slot(object)
    def show_labels(self, labels: Sequence[int | None]) -> None:
        """Show what the person says that each digit of the answer is."""
        self._canvas.show_labels(labels)
        if any(label is not None for label in labels):
            self._paper_note.take_away()

    @Slot(object)
    def show_label(self, label: int | None) -> None:
        """Show what the person says that the drawing is, or nothing."""
        self._answer.show_label(label)

    @property
    def notice(self) -> NoticeBar:
        """The sentence across the window."""
        return self._notice

    @property
    def history_panel(self) -> HistoryPanel:
        """The film strip, which asks for what is to be done with its drawings."""
        return self._history

    def action(self, name: str) -> QAction:
        """The action of this name in the table of actions."""
        return self._actions[name]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowStateChange:
            self._actions["FullScreen"].setChecked(self.isFullScreen())
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set_window_geometry(self.saveGeometry())
        super().closeEvent(event)

    def _connect_actions(self) -> None:
        actions = self._actions
        actions["Undo"].setEnabled(self._undo_stack.canUndo())
        actions["Redo"].setEnabled(self._undo_stack.canRedo())
        self._undo_stack.canUndoChanged.connect(actions["Undo"].setEnabled)
        self._undo_stack.canRedoChanged.connect(actions["Redo"].setEnabled)
        actions["New"].triggered.connect(self.new_drawing_requested)
        actions["Quit"].triggered.connect(self.close)
        actions["Undo"].triggered.connect(self._undo_stack.undo)
        actions["Redo"].triggered.connect(self._undo_stack.redo)
        actions["Clear"].triggered.connect(self._canvas.clear)
        actions["History"].triggered.connect(self.history_requested)
        actions["Settings"].triggered.connect(self.settings_requested)
        actions["NetworkInput"].triggered.connect(self._on_network_input_toggled)
        actions["FullScreen"].triggered.connect(self._on_full_screen_toggled)
        actions["About"].triggered.connect(self.about_requested)
        actions["Train"].triggered.connect(self.training_requested)
        actions["Library"].triggered.connect(self.library_requested)

    def _connect_parts(self, themes: ThemeKeeper) -> None:
        self._canvas.drawing_changed.connect(self.drawing_changed)
        self._canvas.ink_changed.connect(self._on_ink_changed)
        self._canvas.scratched_out.connect(self._on_scratched_out)
        self._history.entry_chosen.connect(self.history_entry_chosen)
        self._history.all_requested.connect(self.history_requested)
        self._theme_choices.theme_chosen.connect(self._on_theme_chosen)
        self._settings.changed.connect(self._on_setting_changed)
        themes.changed.connect(self._on_theme_changed)

    def _apply_settings(self) -> None:
        settings = self._settings
        self._pen_actions.apply_width()
        self._canvas.set_touch_draws(settings.switch("touch_draws"))
        self._workspace.set_network_input_shown(settings.switch("show_network_input"))
        self._actions["NetworkInput"].setChecked(settings.switch("show_network_input"))
        self._probabilities.set_reduce_motion(settings.switch("reduce_motion"))
        self._theme_choices.show_choice(settings.choice("theme"))

    def _on_setting_changed(self, _change: SettingChange) -> None:
        self._apply_settings()

    def _on_theme_changed(self, theme: Theme) -> None:
        self._actions.set_theme(theme)
        self._canvas.set_colors(_canvas_colors(theme))
        self._answer.set_theme(theme)
        self._probabilities.set_theme(theme)
        self._history.set_theme(theme)
        self._status.set_theme(theme)

    def _on_ink_changed(self, ink: Ink) -> None:
        self._paper_note.take_away()
        for name in _ABOUT_INK:
            self._actions[name].setEnabled(not ink.is_empty)

    def _on_scratched_out(self) -> None:
        keys = self._actions["Undo"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.tell_on_paper(f"Scratched out. Undo ({keys}) brings it back.")

    def _on_theme_chosen(self, value: str) -> None:
        self._settings.set_value("theme", value)

    def _on_network_input_toggled(self, shown: bool) -> None:
        self._settings.set_value("show_network_input", shown)

    def _on_full_screen_toggled(self, full: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )


def _stacked(*parts: QWidget) -> QWidget:
    """Parts one below the other; the last one takes the room."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.setStretch(len(parts) - 1, 1)
    return whole


def _canvas_colors(theme: Theme) -> CanvasColors:
    return CanvasColors(
        paper=QColor(theme.paper),
        dots=QColor(theme.dots),
        ink=QColor(theme.ink),
        outline=QColor(theme.line),
        accent=QColor(theme.accent),
        doubt=QColor(theme.warn),
        said=QColor(theme.good),
    )
