"""A training run as a child process: starts it, hears its events, ends it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from qtdigits.core.drafts import Draft
from qtdigits.core.ink import Ink
from qtdigits.core.training_events import TrainingFailed, TrainingFinished, from_line
from qtdigits.ui.workers.draft_process import UNHARMED, DraftProcess

_GRACE_MS: Final = 2000
_WATCHED_FILE: Final = "watched.jsonl"


class TrainingProcess(DraftProcess):
    """Owns the child process of at most one run at a time, and its draft until the run is finished.

    finished() tells a TrainingFinished.

    Signals:
        reported(RunEvent): what the run says, TrainingFinished and TrainingFailed too
    """

    reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("training", _GRACE_MS, parent)
        self._sentence = ""

    def start(
        self,
        draft: Draft,
        arguments: Sequence[str],
        watched: Sequence[Ink] = (),
        compare: Path | None = None,
    ) -> None:
        """Start a run that saves into the draft.

        arguments: the options of `qtdigits train` that say what to learn from and how. watched:
        drawings whose answers are told after each epoch. compare: the network to measure beside.
        Raises RuntimeError while another run goes on, ValueError when the draft cannot be written.
        """
        if self.is_running:
            raise RuntimeError("a training is running already")
        options = [*arguments, "--events", "--out", str(draft.network)]
        if watched:
            options += ["--watch", str(_write_watched(draft, watched))]
        if compare is not None:
            options += ["--compare", str(compare)]
        self._sentence = ""
        self._start(draft, ["train", *options])

    def stop(self) -> None:
        """Let the run end after the batch it is at, and keep the best network so far."""
        if self._process is not None:
            self._process.write(b"stop\n")

    def _hear(self, line: str) -> None:
        event = from_line(line)
        if event is None or self._is_cancelled:
            return
        if isinstance(event, TrainingFinished):
            self._result = event
        elif isinstance(event, TrainingFailed):
            self._sentence = event.sentence
        self.reported.emit(event)

    def _why_ended(self, code: int, crashed: bool) -> str:
        if self._sentence:
            return f"No network was made: {self._sentence.removesuffix('.')}."
        if crashed and os.name == "posix" and code == signal.SIGKILL:
            return f"The training was killed, perhaps because memory ran out; {UNHARMED}."
        if crashed:
            return f"The training crashed; {UNHARMED}."
        return f"The training ended without a result; {UNHARMED}."


def _write_watched(draft: Draft, inks: Sequence[Ink]) -> Path:
    """The drawings to watch as a strokes file in the draft."""
    path = draft.folder / _WATCHED_FILE
    lines = [json.dumps({"strokes": ink.to_json()}) + "\n" for ink in inks]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise ValueError(
            f"the training could not be prepared ({error.strerror or error}); free some space"
        ) from error
    return path
