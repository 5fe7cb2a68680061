"""Joins the training dialog with the training session, the library and the settings."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from qtdigits.core.card_plan import plan_of
from qtdigits.core.history import READ, HistoryEntry
from qtdigits.core.library import LibraryEntry, ModelLibrary
from qtdigits.core.training import EpochFinished, TrainingProgress
from qtdigits.core.training_events import RunEvent
from qtdigits.core.training_plan import DEFAULT_SPEEDS, TrainingPlan
from qtdigits.library_desk import LibraryDesk
from qtdigits.mnist_desk import MnistDesk
from qtdigits.training_session import TrainingSession, TrainingState
from qtdigits.ui.dialogs.question import Answer, Question
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.ahead import import_ahead
from qtdigits.ui.workers.data_check import DataChecker
from qtdigits.ui.workers.training_process import TrainingProcess

_WATCHED: Final = 9
_END: Final = Answer("endYes", "Close and throw it away")
_STAY: Final = Answer("endNo", "Go on training")


class NetworkDesk(QObject):
    """Owns the training session, the data checker and two more desks; opens the dialog once.

    Signals:
        chosen(LibraryEntry): this network is to read from now on
    """

    chosen = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        library: ModelLibrary,
        settings: SettingsStore,
        themes: ThemeKeeper,
        history: HistoryModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library = library
        self._settings = settings
        self._themes = themes
        self._history = history
        self._question: Question | None = None
        self._is_ending = False
        self._network = ""  # the architecture that is being trained
        self.session = TrainingSession(library, TrainingProcess(), self)
        self._checker = DataChecker(self)
        self.mnist = MnistDesk(settings, self)
        self._library_desk = LibraryDesk(window, library, settings, themes, self)
        self._library_desk.training_requested.connect(self._on_training_like_requested)
        window.training_requested.connect(self.open_training)
        window.model_menu_opened.connect(self._on_model_menu_opened)
        for signal in (history.rowsInserted, history.rowsRemoved, history.modelReset):
            signal.connect(self._on_history_changed)
        history.dataChanged.connect(self._on_history_changed)
        session = self.session
        session.reported.connect(self._on_reported)
        session.state_changed.connect(self._on_state_changed)
        session.chosen.connect(self.chosen)
        self._library_desk.chosen.connect(self.chosen)
        self.chosen.connect(self.show_current)
        session.kept.connect(self._on_kept)
        session.chosen.connect(self._on_chosen)
        session.discarded.connect(self._on_discarded)

    @Slot()
    def _on_model_menu_opened(self) -> None:
        """The charts' library takes a fifth of a second, which the dialog need not wait for."""
        import_ahead("pyqtgraph")

    @Slot()
    def open_training(self) -> None:
        """Show the training dialog, or bring it to the front."""
        dialog = self._training_dialog()
        if dialog is not None:
            dialog.raise_()
            dialog.activateWindow()
            return
        dialog = TrainingDialog(self._themes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._connect_training(dialog)
        dialog.set_current(self._library.current())
        dialog.set_speeds(self._speeds())
        dialog.set_watched(self._watched())
        self.mnist.attach(dialog)
        dialog.check_drawings()
        if self.session.result is not None:
            dialog.show_result(self.session.result)
        dialog.show()

    def may_end(self) -> bool:
        """Whether the window may close now; if a training goes on the person is asked first.

        When they say yes, the window is closed again, and may.
        """
        if self._is_ending or self.session.state in (TrainingState.IDLE, TrainingState.DECIDING):
            return True
        if self._question is None:
            self._question = self._ask_before_ending()
        self._question.raise_()
        return False

    def end_without_asking(self) -> None:
        """From now on the window may close whatever goes on."""
        self._is_ending = True

    def shutdown(self) -> None:
        """End what goes on; no child process is left when this returns."""
        self.session.shutdown()
        self.mnist.shutdown()
        self._checker.shutdown()
        self._library_desk.shutdown()

    def _ask_before_ending(self) -> Question:
        question = Question(
            "Training is going on",
            "A network is being trained.",
            "Closing qtdigits now throws it away.",
            (_END,),
            _STAY,
            self._window,
        )
        question.setObjectName("endQuestion")
        question.answered.connect(self._on_ending_answered)
        question.open()
        return question

    @Slot(str)
    def _on_ending_answered(self, answer: str) -> None:
        self._question = None
        if answer == _END.name:
            self._is_ending = True
            self._window.close()

    def _connect_training(self, dialog: TrainingDialog) -> None:
        session = self.session
        dialog.start_requested.connect(self._on_start_requested)
        dialog.stop_requested.connect(session.stop)
        dialog.cancel_requested.connect(session.cancel)
        dialog.use_requested.connect(session.use)
        dialog.keep_requested.connect(session.keep)
        dialog.discard_requested.connect(session.discard)
        dialog.check_requested.connect(self._checker.submit)
        self._checker.checked.connect(dialog.show_summary)
        session.reported.connect(dialog.show_event)
        session.finished.connect(dialog.show_result)
        session.failed.connect(dialog.show_failed)
        session.cancelled.connect(dialog.show_cancelled)
        session.refused.connect(dialog.show_refused)

    def _training_dialog(self) -> TrainingDialog | None:
        found: TrainingDialog | None = self._window.findChild(TrainingDialog)
        return found

    def _speeds(self) -> dict[str, float]:
        measured = {name: self._settings.training_speed(name) for name in DEFAULT_SPEEDS}
        return {name: speed for name, speed in measured.items() if speed is not None}

    def _watched(self) -> tuple[HistoryEntry, ...]:
        """The newest drawings in which something was read."""
        entries = self._history.read_entries()
        return tuple(entry for entry in entries if entry.prediction.verdict in READ)[:_WATCHED]

    @Slot(object)
    def _on_training_like_requested(self, entry: LibraryEntry) -> None:
        """Open the training dialog with the settings of a network of the library."""
        try:
            if entry.card is None:
                raise ValueError(f"{entry.problem}; its settings are lost")
            if self.session.state is not TrainingState.IDLE:
                raise ValueError("a training is not over yet; finish it in its own dialog first")
            plan = plan_of(entry.card)
        except ValueError as error:
            self._library_desk.refuse(str(error))
            return
        self.open_training()
        dialog = self._training_dialog()
        if dialog is not None:
            dialog.show_like(entry.name, plan)

    @Slot(object)
    def _on_start_requested(self, plan: TrainingPlan) -> None:
        self._network = plan.config.network
        self.session.start(plan, [entry.ink for entry in self._watched()])

    @Slot(object)
    def _on_reported(self, event: RunEvent) -> None:
        match event:
            case TrainingProgress():
                whole = max(event.epochs * event.of, 1)
                done = ((event.epoch - 1) * event.of + event.done) / whole
                self._window.show_training(f"Training · {done:.0%}")
            case EpochFinished():
                self._settings.set_training_speed(self._network, event.samples_per_second)

    @Slot(object)
    def _on_state_changed(self, state: TrainingState) -> None:
        words = {TrainingState.RUNNING: "Training…", TrainingState.STOPPING: "Measuring…"}
        self._window.show_training(words.get(state, ""))
        dialog = self._training_dialog()
        if state is TrainingState.IDLE and dialog is not None:
            dialog.set_speeds(self._speeds())
            dialog.set_watched(self._watched())

    @Slot()
    def _on_history_changed(self) -> None:
        dialog = self._training_dialog()
        if dialog is not None and self.session.state is TrainingState.IDLE:
            dialog.set_watched(self._watched())

    @Slot(object)
    def _on_kept(self, entry: LibraryEntry) -> None:
        self._library_desk.refresh()
        self._say_decided(f"“{entry.name}” lies in the library.")

    @Slot(object)
    def _on_chosen(self, entry: LibraryEntry) -> None:
        self._library_desk.refresh()
        self._say_decided(f"“{entry.name}” reads your drawings from now on.")

    @Slot(object)
    def show_current(self, entry: LibraryEntry) -> None:
        """This network reads now, chosen here or elsewhere."""
        self._library_desk.refresh()
        dialog = self._training_dialog()
        if dialog is not None:
            dialog.set_current(entry)

    @Slot()
    def _on_discarded(self) -> None:
        self._say_decided("The new network is gone; the one in use is as it was.")

    def _say_decided(self, sentence: str) -> None:
        dialog = self._training_dialog()
        if dialog is not None:
            dialog.show_decided(sentence)
