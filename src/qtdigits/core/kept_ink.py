"""The drawing on the paper as a file: what a program that is killed leaves for its next start."""

from __future__ import annotations

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.atomic_file import replace_file
from qtdigits.core.drawing_codec import decode_drawing, encode_drawing
from qtdigits.core.own_folder import make_own_folder
from qtdigits.core.store.ink_codec import decode_ink

_MAGIC: Final = b"qtdigits ink 2\n"
_MAGIC_1: Final = b"qtdigits ink 1\n"
"""Before there were arrangements in it: after the tries comes the ink alone."""
_TRIES: Final = 2
"""A drawing that was put on the paper so often, with no good end, may itself be the trouble."""

_LARGEST: Final = 64 << 20
_log = logging.getLogger(__name__)


class KeptInk:
    """Owns one file, which is there only while something is on the paper.

    Each write leaves either the older drawing or the newer one, whenever the process is killed.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def keep(self, drawing: ArrangedInk, tries: int = 0) -> None:
        """Write the drawing, or remove the file for empty ink; raises OSError."""
        if drawing.ink.is_empty:
            self.forget()
            return
        make_own_folder(self._file.parent)
        replace_file(self._file, _MAGIC + bytes((tries,)) + encode_drawing(drawing))

    def forget(self) -> None:
        """Remove the file: the drawing is elsewhere, or gone; raises OSError."""
        self._file.unlink(missing_ok=True)

    def recover(self) -> tuple[ArrangedInk | None, str]:
        """The drawing of a run that did not end well, and a sentence if it cannot be had.

        None and '' after a good end. Each call counts as one more try until keep() is called.
        Whatever cannot be shown is set aside, never deleted.
        """
        try:
            status = self._file.stat()
            if status.st_size > _LARGEST or stat.S_ISFIFO(status.st_mode):
                raise ValueError("the file is too large, or a pipe that nobody writes into")
            data = self._file.read_bytes()
            tries, drawing = _decoded(data)
        except FileNotFoundError:
            return None, ""
        except OSError as error:
            return None, f"The drawing of last time cannot be read ({error.strerror or error})."
        except ValueError as error:
            _log.info("the kept drawing: %s", error)
            return None, self._set_aside("is damaged")
        if drawing.ink.is_empty:
            self._remove()
            return None, ""
        if tries >= _TRIES:
            return None, self._set_aside("made qtdigits end twice")
        with suppress(OSError):  # a full disk: it is shown all the same
            self.keep(drawing, tries + 1)
        return drawing, ""

    def _set_aside(self, why: str) -> str:
        aside = self._file.with_suffix(".unreadable")
        try:
            os.replace(self._file, aside)
        except OSError as error:
            _log.info("setting the kept drawing aside: %s", error)
            return f"The drawing of last time {why}; it lies in {self._file}."
        return f"The drawing of last time {why}; it lies in {aside}."

    def _remove(self) -> None:
        with suppress(OSError):
            self.forget()


def _decoded(data: bytes) -> tuple[int, ArrangedInk]:
    """How often it was tried to bring the drawing back, and the drawing; raises ValueError."""
    body = len(_MAGIC) + 1
    if len(data) < body:
        raise ValueError("the file is damaged")
    if data.startswith(_MAGIC_1):
        return data[body - 1], ArrangedInk(decode_ink(data[body:]))
    if not data.startswith(_MAGIC):
        raise ValueError("the file is damaged")
    return data[body - 1], decode_drawing(data[body:])
