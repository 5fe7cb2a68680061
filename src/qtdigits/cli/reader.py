"""qtdigits reader: opens pictures as a child of qtdigits recognize, which has the network."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from qtdigits.cli.errors import FAILED
from qtdigits.cli.reader_talk import Answers, Begin, Done, Files, heard_from, say_to

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.cli.arguments import Subparsers
    from qtdigits.cli.told import Told
    from qtdigits.core.model_card import ModelCard
    from qtdigits.core.prediction import Prediction

COMMAND: Final = "reader"


def add_parser(subparsers: Subparsers) -> None:
    """Describe the command. Without help, it is not listed: it is for reader_process.py alone."""
    parser = subparsers.add_parser(COMMAND, description="Open pictures for qtdigits recognize.")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read what the parent names until it names no more; FAILED where it went away before."""
    # Ctrl+C is told to the parent, whose end is the end of this process, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _pipes() as (source, sink):
        # What takes its time is loaded before there is something to read.
        from qtdigits.cli.open_files import read_files
        from qtdigits.core import page, picture_files  # noqa: F401

        try:
            begin: Begin = heard_from(source)
            network = _ParentsNetwork(begin.card, source, sink)
            while True:
                try:
                    files: Files = heard_from(source)
                except EOFError:
                    return 0
                for number, answer in read_files(files.files, network, begin.as_json):
                    network.answers.append((number, answer))
                network.tell()
                say_to(sink, Done())
        except (EOFError, OSError):
            return FAILED


@contextmanager
def _pipes() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The parent's pipes; what is printed by mistake goes to standard error."""
    source, sink = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    try:
        with open(source, "rb") as reading, open(sink, "wb") as writing:
            yield reading, writing
    finally:
        sys.stdout.flush()


class _ParentsNetwork:
    """Asks the parent, after it was told what is answered so far."""

    def __init__(self, card: ModelCard, source: IO[bytes], sink: IO[bytes]) -> None:
        self.answers: list[tuple[int, Told]] = []
        self._card = card
        self._source = source
        self._sink = sink

    @property
    def card(self) -> ModelCard:
        return self._card

    def tell(self) -> None:
        """Tell the answers that the parent does not know yet."""
        if self.answers:
            say_to(self._sink, Answers(self.answers))
            self.answers = []

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.tell()
        say_to(self._sink, images)
        answer: NDArray[np.float32] = heard_from(self._source)
        return answer

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        from qtdigits.core.verdict import interpret

        return interpret(self.logits(images), self._card)
