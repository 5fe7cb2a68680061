"""Sees to the network that reads: which one is loaded, and what the window tells of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.model_card import ModelCard
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.result_words import exact_percentage
from qtdigits.session import Session
from qtdigits.ui.items.library_model import data_words, made_words
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.inference import InferenceThread


class ReadingDesk(QObject):
    """Loads the network that the person chose; where it cannot be read, the one that ships."""

    def __init__(
        self,
        window: MainWindow,
        library: ModelLibrary,
        session: Session,
        inference: InferenceThread,
        asked_for: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        """asked_for: a network to read with at first, whatever was chosen."""
        super().__init__(parent)
        self._window = window
        self._library = library
        self._session = session
        self._inference = inference
        self._asked_for = asked_for
        self._card: ModelCard | None = None
        self._problem = ""  # why the network that ships reads instead
        inference.status_changed.connect(self._on_status)
        inference.loaded.connect(self._on_loaded)

    @Slot()
    def begin(self) -> None:
        """Load the first network, once."""
        if self._inference.has_begun:
            return
        self._library.clean_up()
        if self._asked_for is not None:
            self._inference.load(self._asked_for)
            return
        self._problem = self._library.current_problem()
        self._inference.load(self._library.current().path)

    @Slot(object)
    def use(self, entry: LibraryEntry) -> None:
        """Read with this network from now on."""
        self._inference.load(entry.path)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What there is to tell of the network, as pairs of a title and words; () before one."""
        card = self._card
        if card is None:
            return ()
        facts = [
            ("Name", card.name),
            ("Parameters", f"{card.parameters:,}"),
            ("Learnt from", ", ".join(data_words(source) for source in card.data)),
            ("Made", made_words(card.created)),
        ]
        if "test_accuracy" in card.figures:
            facts.append(("Its test", f"{exact_percentage(card.figures['test_accuracy'])} right"))
        return tuple(facts)

    @Slot(object)
    def _on_loaded(self, card: ModelCard) -> None:
        is_another = self._card is not None
        self._card = card
        self._session.set_model(card.sha256)
        if is_another:
            self._session.ask_again()

    @Slot(object)
    def _on_status(self, status: NetworkStatus) -> None:
        """Pass it on; where the chosen network cannot be read, read with the one that ships."""
        if status.state is NetworkState.FAILED and self._card is None and not self._problem:
            chosen = self._library.current()
            if self._asked_for is None and not chosen.is_shipped:
                self._problem = f"{status.details} The network that ships reads instead."
                self._inference.load(self._library.entry(SHIPPED).path)
                return
        if status.state is NetworkState.READY and self._problem:
            status = replace(status, details=self._problem)
            self._problem = ""
        self._window.show_status(status)
