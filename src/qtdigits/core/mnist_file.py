"""MNIST as a file: where it comes from, and how much of it is here.

Apart from what fetches it, whose modules for the network would slow down every start of the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at a fixed address; size in bytes, sha256 in hexadecimal."""

    url: str
    size: int
    sha256: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


MNIST: Final = RemoteFile(
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
    11_490_434,
    "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
)
"""The file that keras.datasets.mnist fetches, with the checksum that it must have there."""


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """So many bytes are here, of so many."""

    done: int
    size: int


@dataclass(frozen=True, slots=True)
class FetchState:
    """How far fetching has come, in bytes; problem says why it ended, '' if it did not fail."""

    done: int = 0
    size: int = MNIST.size
    is_running: bool = False
    problem: str = ""


def part_of(target: Path) -> Path:
    """Where what has come of a file lies until all has."""
    return target.with_name(f"{target.name}.part")


def fetched_so_far(target: Path) -> int:
    """How many bytes of a file that is not whole yet are here."""
    try:
        return part_of(target).stat().st_size
    except OSError:
        return 0
