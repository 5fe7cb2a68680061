"""A network and its card in one folder, replaced by newer ones as if they were one file.

Two files cannot be moved at once. What a saver that was killed between the two moves leaves is
whole all the same: the newer network, and the card that describes it, in the folder from which it
was to be moved. Whoever finds a network without its card looks for it there, as SQLite finishes by
its journal what another process began.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from qtdigits.core.atomic_file import flush_folder

_SAVING: Final = ".saving-"
_AT_WORK_S: Final = 3600
_OLDER: Final = "older"


@contextmanager
def saving_folder(beside: Path) -> Iterator[Path]:
    """A new folder to write into, on the file system of the folder `beside`; raises OSError.

    It is removed at the end; a process that is killed leaves it.
    """
    with tempfile.TemporaryDirectory(prefix=_SAVING, dir=beside) as folder:
        yield Path(folder)


def move_pair(network: Path, card: Path, place: Path, card_place: Path) -> None:
    """Move a network and its card, both flushed, from their saving folder into place.

    Killed at any moment, it leaves the older pair or the newer one: see unmoved_cards(). Raises
    OSError; the older pair is there then, unless the disk fails as well.
    """
    older = network.parent / _OLDER
    had_older = place.exists()
    if had_older:
        _copy(place, older)
    for folder in (network.parent, place.parent):
        flush_folder(folder)
    os.replace(network, place)
    flush_folder(place.parent)
    try:
        os.replace(card, card_place)
    except OSError:  # a virus scanner that reads the older card, for one
        if had_older:
            os.replace(older, place)
        else:
            place.unlink()
        raise
    flush_folder(place.parent)
    _remove_left({network.name, card.name}, place.parent, but=card.parent)


def unmoved_cards(card_place: Path) -> Iterator[Path]:
    """Cards for this place that savers have not moved there: those at work, and those killed."""
    with suppress(OSError):
        for folder in card_place.parent.glob(f"{_SAVING}*"):
            if (card := folder / card_place.name).exists():
                yield card


def _copy(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:  # file systems without links
        shutil.copyfile(file, copy)


def _remove_left(names: set[str], beside: Path, but: Path) -> None:
    """Remove what killed savers of these files left; an hour after they are none at work."""
    with suppress(OSError):
        for folder in beside.glob(f"{_SAVING}*"):
            is_old = folder.stat().st_mtime < time.time() - _AT_WORK_S
            if folder != but and is_old and names & {left.name for left in folder.iterdir()}:
                shutil.rmtree(folder, ignore_errors=True)
