"""Where an export goes, checked before any work is done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtdigits.core.export_forms import FORMS, ExportForm
from qtdigits.core.file_names import check_file_name

CARD_IN_FOLDER: Final = Path("assets.extra") / "model-card.json"
"""TensorFlow leaves the folder assets.extra to whoever has something to add to a SavedModel."""


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """Where a file or folder will lie.

    path: the file, or the SavedModel. moved: what is moved there in one rename, path itself or a
    new folder around it. beside: the folder in which it is written first.
    """

    path: Path
    moved: Path
    is_folder: bool

    @property
    def beside(self) -> Path:
        return self.moved.absolute().parent

    @property
    def card(self) -> Path:
        """Where the model card of a file lies; a folder has it inside."""
        return self.path.with_name(f"{self.path.name}.json")


def place_for(out: Path, form: ExportForm) -> ExportPlace:
    """The place for a form that is not Keras' own; raises ValueError when nothing can go there."""
    check_file_name(out)
    suffix = FORMS[form].suffix
    if form is ExportForm.SERVING:
        place = _next_version(out)
    elif not suffix:
        if out.exists():
            raise ValueError(f"{out} exists; choose another name for the new folder")
        place = ExportPlace(out, out, True)
    else:
        if out.suffix != suffix:
            raise ValueError(f"the name of this form ends in {suffix}, and {out.name!r} does not")
        if out.is_dir():
            raise ValueError(f"{out} is a folder; name a file")
        place = ExportPlace(out, out, False)
        if place.card.is_dir() or (place.card.exists() and not out.exists()):
            raise ValueError(f"{place.card} exists, and the model card would replace it")
    _require_writable(place.beside)
    return place


def _next_version(out: Path) -> ExportPlace:
    """The next version in a folder of TensorFlow Serving's, the first where there is none yet."""
    if not out.exists():
        return ExportPlace(out / "1", out, True)
    if not out.is_dir():
        raise ValueError(f"{out} is a file; name a folder")
    names = [entry.name for entry in out.iterdir() if not entry.name.startswith(".")]
    if not all(name.isdecimal() for name in names):
        raise ValueError(
            f"{out} holds something else than versions for TensorFlow Serving; name another folder"
        )
    version = out / str(max(map(int, names), default=0) + 1)
    return ExportPlace(version, version, True)


def _require_writable(folder: Path) -> None:
    if not folder.is_dir():
        raise ValueError(f"the folder {folder} does not exist; make it, or choose another")
    if not os.access(folder, os.W_OK):
        raise ValueError(f"the folder {folder} cannot be written to; choose another")
