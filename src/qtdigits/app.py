"""The composition root: makes every long-lived object, wires them, and ends them in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from qtdigits import __version__
from qtdigits.core import paths
from qtdigits.core.history import HistoryEntry
from qtdigits.core.kept_ink import KeptInk
from qtdigits.core.library import ModelLibrary
from qtdigits.core.memory import give_back_large_blocks
from qtdigits.core.one_instance import OneInstance
from qtdigits.core.recognizer import Preparation, Recognizer
from qtdigits.core.request import Result
from qtdigits.core.store.people import Person
from qtdigits.history_desk import STRIP_CAPACITY, HistoryDesk
from qtdigits.history_window import HistoryWindow
from qtdigits.lesson_desk import LessonDesk
from qtdigits.network_desk import NetworkDesk
from qtdigits.people_desk import PeopleDesk
from qtdigits.picture_desk import PictureDesk
from qtdigits.picture_session import PictureSession
from qtdigits.process_desk import ProcessDesk
from qtdigits.reading_desk import ReadingDesk
from qtdigits.recovery_desk import RecoveryDesk
from qtdigits.session import Session
from qtdigits.transfer_desk import TransferDesk
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.crash import CrashWatch
from qtdigits.ui.dialogs.about_dialog import AboutFacts
from qtdigits.ui.dialogs.dialog_opener import DialogOpener
from qtdigits.ui.dialogs.log_copier import LogCopier
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore, person_settings
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.inference import InferenceThread
from qtdigits.ui.workers.licence_reader import LicenceReader
from qtdigits.ui.workers.store_thread import StoreThread

_UNDO_STEPS: Final = 500
"""Without a limit a day of writing and clearing would fill the memory."""


def load_recognizer(path: Path) -> Recognizer:
    """Import Keras and load a network: what the inference thread does behind the window."""
    from qtdigits.ml.preload import forget_networks, import_keras, use_one_thread

    import_keras()
    use_one_thread()
    forget_networks()
    from qtdigits.ml import recognizer

    return recognizer.load_recognizer(path)


class Program(QObject):
    """Everything that lives as long as the window, which owns it.

    Signals:
        closing(): the window closes for good; what goes on is about to be ended
        saved(): it has been ended, and what is to be kept is on the disk
    """

    closing = Signal()
    saved = Signal()

    def __init__(
        self,
        application: QApplication,
        model: Path | None = None,
        preparation: Preparation | None = None,
        drawings: Path | None = None,
        networks: Path | None = None,
    ) -> None:
        """model: the network that takes the place of the one that ships and is read with.

        preparation: what must be done before any network can be loaded. drawings: the file of the
        store, and networks: the folder of the library, None for the person's own.
        """
        super().__init__()
        give_back_large_blocks()
        # Else Qt has threads of its own fill each larger shape, and waits for them to be woken:
        # longer than filling all that a window of ours shows.
        os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
        # The style sheet is made for Fusion, which looks alike on all systems.
        application.setStyle("Fusion")
        # The program speaks English: a number in a field is written as in the sentence beside it.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        self.library = ModelLibrary(networks, model or paths.shipped_model())
        settings, settings_note = person_settings()
        self.settings = SettingsStore(settings, self)
        self.themes = ThemeKeeper(application, self.settings, self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_UNDO_STEPS)
        self.canvas = NumberCanvas(self.undo_stack)
        self.probabilities = ProbabilityModel(self)
        self.history = HistoryModel(self, STRIP_CAPACITY)
        self.session = Session(self)
        self.inference = InferenceThread(load_recognizer, self, preparation)
        self.window = MainWindow(
            self.canvas,
            self.undo_stack,
            self.probabilities,
            self.history,
            self.settings,
            self.themes,
        )
        self.reading = ReadingDesk(
            self.window, self.library, self.session, self.inference, model, self
        )
        self.dialogs = DialogOpener(
            self.window, self.settings, self.themes, self._about_facts, LicenceReader(self)
        )
        self.log_copier = LogCopier(self.window, paths.log_dir())
        self.networks = NetworkDesk(
            self.window, self.library, self.settings, self.themes, self.history, self
        )
        self.store = StoreThread(drawings, self)
        self.people = PeopleDesk(self.window, self.store, self)
        self.desk = HistoryDesk(
            self.window, self.session, self.store, self.history, self.undo_stack, self
        )
        self.history_window = HistoryWindow(
            *(self.window, self.desk, self.people, self.store, self.themes, self.undo_stack), self
        )
        self.transfers = TransferDesk(self.window, self)
        self.lessons = LessonDesk(
            *(self.window, self.library, self.store, self.desk, self.people, self.themes), self
        )
        self.pictures = PictureSession(self.inference, self)
        self.picture_desk = PictureDesk(self.window, self.pictures, self.themes, self)
        self._wire()
        if settings_note:
            self.window.tell(settings_note)
        self.setParent(self.window)
        self.window.installEventFilter(self)

    def _wire(self) -> None:
        session, window, inference = self.session, self.window, self.inference
        window.drawing_changed.connect(session.on_drawing_changed)
        session.asked.connect(inference.submit)
        inference.predicted.connect(session.on_predicted)
        session.awaiting.connect(window.show_pending)
        session.answered.connect(self._on_answered)
        session.looked.connect(self._on_answered)
        self.canvas.digit_chosen.connect(session.look_at)
        self.canvas.place_chosen.connect(session.look_for)
        session.current_changed.connect(window.show_current_entry)
        session.emptied.connect(self._on_emptied)
        self.store.opened.connect(self._on_store_opened)
        self.store.saving_failed.connect(self._on_saving_failed)
        self.store.saving_recovered.connect(self._on_saving_recovered)
        self.people.leaving.connect(self._on_person_leaving)
        self.people.arrived.connect(self.desk.set_person)
        self.people.changed.connect(self._on_people_changed)
        self.transfers.imported.connect(self.desk.reload)
        self.history_window.entry_chosen.connect(self._on_entry_chosen)
        window.new_drawing_requested.connect(self._on_new_drawing_requested)
        window.history_entry_chosen.connect(self._on_entry_chosen)
        self.networks.chosen.connect(self.reading.use)
        self.networks.chosen.connect(self.lessons.note_choice)
        self.lessons.chosen.connect(self.reading.use)
        self.lessons.chosen.connect(self.networks.show_current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to load the network once the window is on the screen; end with the window."""
        if watched is self.window:
            if event.type() == QEvent.Type.Paint and not self.inference.has_begun:
                QTimer.singleShot(0, self.reading.begin)
                self.store.start()
            elif event.type() == QEvent.Type.Close and not self.networks.may_end():
                event.ignore()
                return True
            elif event.type() == QEvent.Type.Close:
                self.closing.emit()
                self.session.end_drawing()
                self.networks.shutdown()
                self.lessons.shutdown()
                self.transfers.shutdown()
                self.pictures.shutdown()
                self.store.shutdown()
                self.saved.emit()
                # Last: a network that is being loaded cannot be interrupted.
                self.inference.shutdown()
        return False

    @Slot(object)
    def open_files(self, paths: Sequence[Path]) -> None:
        """Read the numbers in pictures, and in all those of folders."""
        self.picture_desk.open_files(paths)

    @Slot()
    def end(self) -> None:
        """Close the window whatever goes on: nobody is there to be asked."""
        self.prepare_to_end()
        self.window.close()

    @Slot()
    def prepare_to_end(self) -> None:
        """The session of the desktop is about to end: save, and ask nothing when it does."""
        self.networks.end_without_asking()
        self.session.end_drawing()

    @Slot(object)
    def _on_answered(self, result: Result) -> None:
        self.probabilities.set_prediction(result.prediction)
        self.window.show_result(result)

    @Slot()
    def _on_emptied(self) -> None:
        self.probabilities.set_prediction(None)
        self.window.show_empty()
        self.window.show_current_entry(None)

    @Slot(object)
    def _on_entry_chosen(self, entry: HistoryEntry) -> None:
        self.session.remember(entry)
        self.canvas.set_ink(entry.ink)

    @Slot(str)
    def _on_store_opened(self, note: str) -> None:
        self.people.refresh()
        if note:
            self.window.tell(note)

    @Slot(str)
    def _on_saving_failed(self, why: str) -> None:
        self.window.tell(f"{why} What you draw is kept in memory, and saved as soon as it can be.")

    @Slot()
    def _on_saving_recovered(self) -> None:
        self.window.tell("All your drawings are saved.")

    @Slot(object, object)
    def _on_people_changed(self, _people: tuple[Person, ...], current: Person) -> None:
        self.transfers.set_person(current)

    @Slot()
    def _on_person_leaving(self) -> None:
        """Empty paper, and no way back to what somebody else has drawn."""
        self._on_new_drawing_requested()
        self.session.forget_drawings()

    @Slot()
    def _on_new_drawing_requested(self) -> None:
        """Empty paper and nothing to undo: the old drawing lies in the history."""
        self.canvas.clear()
        self.undo_stack.clear()

    def _about_facts(self) -> AboutFacts:
        return AboutFacts(__version__, "MIT licence", self.reading.facts())


def create_main_window(model: Path | None = None) -> MainWindow:
    """The wired main window, given a QApplication; the network loads when it is shown first.

    model: the network to read with; if None the one that the person chose, at first the one that
    ships. The window owns all that was made with it. Raises RuntimeError without a QApplication.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("create a QApplication before the window")
    return Program(application, model).window


def run(
    files: Sequence[Path],
    preparation: Preparation | None = None,
    instance: OneInstance | None = None,
) -> int:
    """Show the window until it is closed; returns the exit status.

    files: pictures, or folders of them, to be opened in it. instance: the mark that this is the one
    window of the person, None for one beside it: only the one window keeps what is on its paper for
    the next start, and hears of later starts.
    """
    watch = CrashWatch(paths.log_dir())
    watch.install()
    # A pen's way is what it was, also while the window is busy: no moves are left out.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    try:
        application = QApplication([sys.argv[0]])
        application.setApplicationName("qtdigits")
        application.setApplicationVersion(__version__)
        application.setDesktopFileName("qtdigits")
        program = Program(application, preparation=preparation)
        process = ProcessDesk(application, program.window, watch, program)
        process.setObjectName("process")
        process.end_requested.connect(program.end)
        process.session_ends.connect(program.prepare_to_end)
        program.closing.connect(process.watch_the_end)
        if instance is not None:
            process.started_again.connect(program.open_files)
            process.hear_later_starts(instance.folder)
            recovery = RecoveryDesk(
                *(program.window, program.canvas, program.session, program.store, program.people),
                *(program.undo_stack, KeptInk(paths.kept_ink())),
                program,
            )
            recovery.added.connect(program.desk.reload)
            program.saved.connect(recovery.shutdown)
        program.window.show()
        program.open_files(files)
        return application.exec()
    finally:
        watch.uninstall()
        if instance is not None:
            instance.end()
