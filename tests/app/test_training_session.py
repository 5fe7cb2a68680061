"""A training run from its plan to what becomes of its network, without a child process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qtdigits.core.drafts import Draft
from qtdigits.core.evaluation import Interval
from qtdigits.core.ink import Ink
from qtdigits.core.library import ModelLibrary
from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.core.training import TrainingResult
from qtdigits.core.training_events import TrainingFinished
from qtdigits.core.training_figures import MeasuredOn, ResultFigures
from qtdigits.core.training_plan import DataSource, TrainingPlan
from qtdigits.training_session import TrainingSession, TrainingState
from qtdigits.ui.workers.training_process import TrainingProcess

PLAN = TrainingPlan((DataSource("synthetic:100", 100, drawn=True),))


class FakeProcess(TrainingProcess):
    """A run that ends when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.draft: Draft | None = None
        self.compare: Path | None = None

    def start(
        self,
        draft: Draft,
        arguments: Sequence[str],
        watched: Sequence[Ink] = (),
        compare: Path | None = None,
    ) -> None:
        self.asked.append("start")
        self.draft, self.compare = draft, compare

    def stop(self) -> None:
        self.asked.append("stop")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def shutdown(self) -> None:
        self.asked.append("shutdown")

    def finish(self) -> None:
        """End with a network in the draft."""
        assert self.draft is not None
        write_network(self.draft.network, "small")
        figures = ResultFigures(
            MeasuredOn.VALIDATION, 10, 0.9, Interval(0.5, 1.0), 0.1, ((0,) * 10,) * 10, (), ()
        )
        result = TrainingResult("x", "small", 1, 1.0, 1, 10, 0.9, 0, None)
        self.finished.emit(TrainingFinished(result, figures))


def write_network(path: Path, name: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK\x03\x04 weights")
    card = ModelCard(name, "small", 1, "2026-01-01T00:00:00+00:00", file_sha256(path))
    card_path(path).write_text(card.to_json(), encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    shipped = tmp_path / "shipped" / "digits.keras"
    write_network(shipped, "digits")
    return ModelLibrary(tmp_path / "models", shipped)


@pytest.fixture
def process(qapp: QApplication) -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def session(library: ModelLibrary, process: FakeProcess) -> TrainingSession:
    return TrainingSession(library, process)


@pytest.fixture
def deciding(session: TrainingSession, process: FakeProcess) -> TrainingSession:
    session.start(PLAN)
    process.finish()
    assert session.state is TrainingState.DECIDING
    return session


def test_run_is_compared_with_the_current_network(
    session: TrainingSession, process: FakeProcess, library: ModelLibrary
) -> None:
    session.start(PLAN)
    assert session.state is TrainingState.RUNNING
    assert process.compare == library.current().path


def test_second_start_is_ignored(session: TrainingSession, process: FakeProcess) -> None:
    session.start(PLAN)
    session.start(PLAN)
    assert process.asked == ["start"]


def test_stop_and_cancel_fit_a_run_only(session: TrainingSession, process: FakeProcess) -> None:
    session.stop()
    session.cancel()
    assert process.asked == []
    session.start(PLAN)
    session.stop()
    session.stop()
    session.cancel()
    session.cancel()
    assert process.asked == ["start", "stop", "cancel"]


def test_used_network_is_kept_and_chosen(
    deciding: TrainingSession, library: ModelLibrary, qtbot: QtBot
) -> None:
    with qtbot.waitSignals([deciding.kept, deciding.chosen]):
        deciding.use()
    assert library.current().name.startswith("small, ")
    assert deciding.state is TrainingState.IDLE


def test_kept_network_does_not_read(deciding: TrainingSession, library: ModelLibrary) -> None:
    deciding.keep()
    assert len(library.entries()) == 2
    assert library.current().is_shipped


def test_discarded_network_leaves_nothing(
    deciding: TrainingSession, library: ModelLibrary, process: FakeProcess
) -> None:
    deciding.discard()
    assert len(library.entries()) == 1
    assert process.draft is not None
    assert not process.draft.folder.exists()
    deciding.use()
    assert library.current().is_shipped


def test_undecided_network_is_kept_at_the_end(
    deciding: TrainingSession, library: ModelLibrary, process: FakeProcess
) -> None:
    deciding.shutdown()
    assert len(library.entries()) == 2
    assert process.asked[-1] == "shutdown"


def test_failure_lets_another_run_begin(
    session: TrainingSession, process: FakeProcess, qtbot: QtBot
) -> None:
    session.start(PLAN)
    with qtbot.waitSignal(session.failed) as failed:
        process.failed.emit("The training crashed.")
    assert failed.args == ["The training crashed."]
    session.start(PLAN)
    assert process.asked == ["start", "start"]


def test_network_that_cannot_be_kept_can_be_tried_again(
    deciding: TrainingSession, process: FakeProcess, qtbot: QtBot
) -> None:
    assert process.draft is not None
    card = card_path(process.draft.network)
    content = card.read_bytes()
    card.unlink()
    with qtbot.waitSignal(deciding.refused):
        deciding.use()
    assert deciding.state is TrainingState.DECIDING
    card.write_bytes(content)
    with qtbot.waitSignal(deciding.chosen):
        deciding.use()


def test_library_that_cannot_be_written_fails_in_a_sentence(
    process: FakeProcess, library: ModelLibrary, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "models").write_text("a file in the way", encoding="utf-8")
    session = TrainingSession(library, process)
    with qtbot.waitSignal(session.failed) as failed:
        session.start(PLAN)
    assert failed.args[0].endswith(".")
    assert session.state is TrainingState.IDLE
