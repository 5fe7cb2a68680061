"""What the program and a reader, a child process that opens pictures for it, say to each other.

The program says Begin, then Files again and again; the end of its pipe is the end. To Files, the
reader says Answers, as often as it has some, and Done at last. In between it asks: digit images,
float32 of shape (n, 28, 28), to which the program says logits of shape (n, 10). Both ends are this
very program, so what goes through the pipes is pickled.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.cli.open_files import Named
    from qtdigits.cli.told import Told
    from qtdigits.core.model_card import ModelCard


@dataclass(frozen=True, slots=True)
class Begin:
    """By which card the network is asked, and how answers are told."""

    card: ModelCard
    as_json: bool


@dataclass(frozen=True, slots=True)
class Files:
    """What to read."""

    files: list[Named]


@dataclass(frozen=True, slots=True)
class Answers:
    """Some answers with the numbers of their files, in the order of the files."""

    answers: list[tuple[int, Told]]


@dataclass(frozen=True, slots=True)
class Done:
    """All files are read."""


Said: TypeAlias = "Begin | Files | Answers | Done | NDArray[np.float32]"


def say_to(pipe: IO[bytes], said: Said) -> None:
    """Write it; raises OSError where nobody listens any more."""
    pickle.dump(said, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def heard_from(pipe: IO[bytes]) -> Any:  # noqa: ANN401 - each side knows what may come
    """What the other side says next; raises EOFError at the end."""
    try:
        return pickle.load(pipe)
    except pickle.UnpicklingError as error:  # the other side was ended amid a word
        raise EOFError from error
