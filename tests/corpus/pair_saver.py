"""Saves a network and its card over and over, without Keras; and is killed in the midst of it.

    python pair_saver.py PLACE [MOVES]

Networks 2, 3, ... go to PLACE; each number is printed once its pair is there. With MOVES the
process is killed instead of moving one file more than these.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.core.model_pair import move_pair, saving_folder


def save(place: Path, seed: int) -> None:
    """Save network `seed`, as a saver of real ones does."""
    with saving_folder(place.parent) as folder:
        write(folder / place.name, seed)
        move_pair(folder / place.name, card_path(folder / place.name), place, card_path(place))


def write(network: Path, seed: int) -> None:
    """Write network `seed` with its card where nobody reads yet."""
    network.write_bytes(b"network %d" % seed)
    card = ModelCard("mine", "small", 1, "", file_sha256(network), seed=seed)
    card_path(network).write_text(card.to_json())


def be_killed_after(moves: int) -> None:
    """Have os.replace kill this process instead of moving one file more than these."""
    replace, left = os.replace, itertools.count(moves, -1)

    def killing(source: Path, target: Path) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)

    os.replace = killing  # type: ignore[assignment]  # ours takes fewer kinds of paths


if __name__ == "__main__":
    if len(sys.argv) > 2:
        be_killed_after(int(sys.argv[2]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in itertools.count(2):
        save(Path(sys.argv[1]), number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
