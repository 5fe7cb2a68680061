"""Training a network: what to learn from and how, how it goes, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from qtdigits.core.card_plan import CardPlan
from qtdigits.core.data_summary import DataSummary
from qtdigits.core.history import HistoryEntry
from qtdigits.core.library import LibraryEntry
from qtdigits.core.mnist_file import FetchState
from qtdigits.core.training_events import RunEvent, TrainingFinished
from qtdigits.core.training_plan import TrainingPlan
from qtdigits.ui.dialogs.data_chooser import DataChooser
from qtdigits.ui.dialogs.question import Answer, Question
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.scrolled import scrolled
from qtdigits.ui.views.text_scale import first_size
from qtdigits.ui.views.training.result_page import ResultPage
from qtdigits.ui.views.training.run_buttons import RunButtons, RunStage
from qtdigits.ui.views.training.setup_page import SetupPage

_FIRST: Final = QSize(980, 720)
_SMALLEST: Final = QSize(700, 480)
_CANCEL: Final = Answer("closeCancel", "Cancel and throw away")
_STOP: Final = Answer("closeStop", "Stop and keep the best")
_STAY: Final = Answer("closeStay", "Go on training")


class TrainingDialog(QDialog):
    """Shows a run and asks for what the person wants; it knows no process.

    Not modal: the paper goes on being read meanwhile.

    Signals:
        start_requested(TrainingPlan): begin
        stop_requested(): end early, keep the best so far
        cancel_requested(): end, throw away
        use_requested(), keep_requested(), discard_requested(): what becomes of the new network
        check_requested(Path): read and judge this data file
        mnist_chosen(Path): the person said that MNIST lies here
        mnist_fetch_requested(), mnist_cancel_requested(): fetch MNIST, or do so no longer
    """

    start_requested = Signal(object)
    stop_requested = Signal()
    cancel_requested = Signal()
    use_requested = Signal()
    keep_requested = Signal()
    discard_requested = Signal()
    check_requested = Signal(object)
    mnist_chosen = Signal(object)
    mnist_fetch_requested = Signal()
    mnist_cancel_requested = Signal()

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingDialog")
        self.setWindowTitle("Train a network")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._stage = RunStage.SETUP
        self._closes_after = False
        self._remark = ""  # what is said of the plan besides the time it takes
        self._question: Question | None = None
        self._chooser = DataChooser(self)
        self._setup = SetupPage(themes.theme, self)
        self._result = ResultPage(themes.theme)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._setup)
        self._pages.addWidget(scrolled(self._result, "What came of it"))
        self._buttons = RunButtons(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(self._pages, 1)
        column.addWidget(self._buttons)
        self._connect()
        themes.changed.connect(self._on_theme_changed)
        self.setMinimumSize(_SMALLEST)
        self.resize(first_size(_FIRST, self))
        self._set_stage(RunStage.SETUP)
        self._buttons.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_current(self, entry: LibraryEntry) -> None:
        """The network that reads now."""
        self._setup.set_current(entry)

    def set_speeds(self, speeds: Mapping[str, float]) -> None:
        """Images a second on this machine, by architecture: for the estimates."""
        self._setup.set_speeds(speeds)

    def show_like(self, name: str, plan: CardPlan) -> None:
        """Prepare another training with the settings of a network of this name."""
        self._remark = f"The settings of “{name}”. {plan.left_out()}".strip()
        if plan.mnist and not self._setup.data.has_mnist():
            self._remark += " It learnt from MNIST too, which is not here yet."
        self._setup.data.show_like(plan)
        self._setup.recipe.set_config(plan.config)
        self._on_plan_changed()

    def choose_mnist(self, path: Path) -> None:
        """Learn from this file as MNIST."""
        self._setup.data.choose_mnist(path)

    @Slot(object)
    def show_mnist_fetching(self, state: FetchState) -> None:
        """How far the fetching of MNIST has come."""
        self._setup.data.show_mnist_fetching(state)

    def set_watched(self, entries: Sequence[HistoryEntry]) -> None:
        """The person's own drawings to watch; they stay as they are through a run."""
        if self._stage in (RunStage.SETUP, RunStage.RESULT):
            self._setup.watched_model.set_entries(entries)

    @Slot(object)
    def check_drawings(self) -> None:
        """Ask how many drawings of the person there are to learn from."""
        self._setup.data.check_drawings()

    def show_summary(self, summary: DataSummary) -> None:
        self._setup.show_summary(summary)

    @Slot(object)
    def show_event(self, event: RunEvent) -> None:
        """Show what a run says of itself."""
        if self._stage is RunStage.SETUP:  # opened while the run goes on
            self._set_stage(RunStage.RUNNING)
        if self._stage in (RunStage.RUNNING, RunStage.ENDING):
            self._setup.show_event(event, is_ending=self._stage is RunStage.ENDING)

    @Slot(object)
    def show_result(self, finished: TrainingFinished) -> None:
        """Show what came of a run, and ask what becomes of it."""
        self._dismiss_question()
        self._result.show_figures(finished.figures)
        self._buttons.say(
            "Stopped early: this is the best so far." if finished.result.stopped else ""
        )
        self._set_stage(RunStage.RESULT)
        self._buttons.use.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_failed(self, sentence: str) -> None:
        self._end_without_network()
        self._setup.progress.show_failed(sentence)

    @Slot()
    def show_cancelled(self) -> None:
        closes = self._closes_after
        self._end_without_network()
        self._setup.progress.show_cancelled()
        if closes:
            self.close()

    @Slot(str)
    def show_refused(self, sentence: str) -> None:
        """What the person asked for could not be done; they may try again."""
        self._buttons.say(sentence, "bad")

    def show_decided(self, sentence: str) -> None:
        """The new network is used, kept or gone: back to where another run can begin."""
        self._set_stage(RunStage.SETUP)
        self._setup.progress.show_idle()
        self._buttons.say(sentence, "good")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in a number field must not start hours of work, nor Escape end them.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Escape and the close button alike: a run that goes on is not left without a word."""
        if self._stage in (RunStage.RUNNING, RunStage.ENDING):
            self._ask_before_closing()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._stage in (RunStage.RUNNING, RunStage.ENDING):
            event.ignore()
            self._ask_before_closing()
            return
        super().closeEvent(event)

    def _connect(self) -> None:
        setup = self._setup
        self._buttons.start.clicked.connect(self._on_start)
        self._buttons.stop.clicked.connect(self._on_stop)
        self._buttons.cancel.clicked.connect(self._on_cancel)
        self._buttons.use.clicked.connect(self.use_requested)
        self._buttons.keep.clicked.connect(self.keep_requested)
        self._buttons.discard.clicked.connect(self.discard_requested)
        setup.changed.connect(self._on_plan_changed)
        setup.data.check_requested.connect(self.check_requested)
        setup.data.mnist_wanted.connect(self._chooser.ask_for_mnist)
        setup.data.mnist_choice_wanted.connect(self._chooser.choose_mnist)
        setup.data.mnist_fetch_wanted.connect(self.mnist_fetch_requested)
        setup.data.mnist_cancel_wanted.connect(self.mnist_cancel_requested)
        self._chooser.mnist_fetch_chosen.connect(self.mnist_fetch_requested)
        setup.data.file_wanted.connect(self._chooser.choose_file)
        setup.data.folder_wanted.connect(self._chooser.choose_folder)
        self._chooser.mnist_chosen.connect(self._on_mnist_chosen)
        self._chooser.data_chosen.connect(setup.data.add_file)

    def _set_stage(self, stage: RunStage) -> None:
        self._stage = stage
        running = stage in (RunStage.RUNNING, RunStage.ENDING)
        self._pages.setCurrentIndex(1 if stage is RunStage.RESULT else 0)
        self._buttons.show_stage(stage)
        self._setup.set_editable(not running)
        self._on_plan_changed()

    def _on_plan_changed(self) -> None:
        problem = self._setup.problem()
        self._buttons.start.setEnabled(self._stage is RunStage.SETUP and not problem)
        if self._stage is RunStage.SETUP:
            self._buttons.say(problem or f"{self._remark} {self._setup.estimate()}".strip())

    def _on_start(self) -> None:
        if self._stage is not RunStage.SETUP or self._setup.problem():
            return
        plan: TrainingPlan = self._setup.plan()
        self._remark = ""
        self._buttons.say("You can go on drawing meanwhile.")
        self._setup.progress.show_preparing(plan.config.epochs)
        self._set_stage(RunStage.RUNNING)
        self._buttons.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.start_requested.emit(plan)

    def _on_stop(self) -> None:
        if self._stage is RunStage.RUNNING:
            self._set_stage(RunStage.ENDING)
            self._setup.progress.show_stopping()
            self.stop_requested.emit()

    def _on_cancel(self) -> None:
        if self._stage in (RunStage.RUNNING, RunStage.ENDING):
            self._set_stage(RunStage.ENDING)
            self._buttons.cancel.setEnabled(False)
            self._setup.progress.show_cancelling()
            self.cancel_requested.emit()

    def _end_without_network(self) -> None:
        self._closes_after = False
        self._dismiss_question()
        self._set_stage(RunStage.SETUP)

    def _ask_before_closing(self) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        self._question = Question(
            "Training is going on",
            "A network is being trained.",
            "What should become of it?",
            (_CANCEL, _STOP),
            _STAY,
            self,
        )
        self._question.setObjectName("closeQuestion")
        self._question.answered.connect(self._on_closing_answered)
        self._question.open()

    def _on_closing_answered(self, answer: str) -> None:
        self._question = None
        if answer == _CANCEL.name:
            self._closes_after = True
            self._on_cancel()
        elif answer == _STOP.name:
            self._on_stop()

    def _dismiss_question(self) -> None:
        """The run has ended while the person was asked about it."""
        question, self._question = self._question, None
        if question is not None:
            question.dismiss()

    def _on_mnist_chosen(self, path: Path) -> None:
        self._setup.data.choose_mnist(path)
        self.mnist_chosen.emit(path)

    def _on_theme_changed(self, theme: Theme) -> None:
        self._setup.set_theme(theme)
        self._result.set_theme(theme)
