"""Folders of pictures by label: folder/7/anna.png shows a seven."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet, Part
from qtdigits.core.data_files.regular import shown
from qtdigits.core.pictures import read_digit_image
from qtdigits.core.raster import SIDE, DigitImage

_PICTURE_LIMIT: Final = 200_000
_IGNORED: Final = ("thumbs.db", "desktop.ini")


def read_image_folder(folder: Path, part: Part = "test") -> DigitSet:
    """Read the pictures in the sub-folders of a folder, each named by its label.

    A sub-folder whose name is not a digit holds non-digits; but a folder without any sub-folder
    named by a single character is taken for something else and refused. Where the folder has a
    sub-folder named as the part, that one is read. Hidden files are passed over; pictures that
    cannot be read are left out and reported in `skipped`. Raises ValueError with a sentence.
    """
    if os.path.isdir(folder / part):
        folder = folder / part
    images: list[NDArray[np.uint8]] = []
    names: list[str] = []
    places: list[str] = []
    skipped: list[str] = []
    sub_folders = [path for path in _entries(folder) if os.path.isdir(path)]
    if not any(len(path.name) == 1 for path in sub_folders):
        sub_folders = []
    for label in sub_folders:
        try:
            pictures = [path for path in _entries(label) if not os.path.isdir(path)]
        except ValueError as error:
            skipped.append(str(error))
            continue
        if len(images) + len(pictures) > _PICTURE_LIMIT:
            raise ValueError(
                f"{shown(folder)} holds more than {_PICTURE_LIMIT:,} pictures; divide it"
            )
        for path in pictures:
            try:
                images.append(_as_bytes(read_digit_image(path)))
            except ValueError as error:
                skipped.append(str(error))
            else:
                names.append(shown(Path(label.name)))
                places.append(shown(path.relative_to(folder)))
    if not images:
        why = f" ({skipped[0]})" if skipped else ""
        raise ValueError(
            f"{shown(folder)} holds no pictures by label{why}; "
            "put them into sub-folders named 0 to 9"
        )
    labels = [int(n) if len(n) == 1 and n in "0123456789" else NOT_A_DIGIT for n in names]
    return DigitSet(
        shown(folder),
        np.stack(images),
        np.array(labels, np.int64),
        tuple(names),
        tuple(places),
        skipped=tuple(skipped),
    )


def _as_bytes(image: DigitImage | None) -> NDArray[np.uint8]:
    if image is None:
        return np.zeros((SIDE, SIDE), np.uint8)
    return np.rint(image * 255).astype(np.uint8)


def _entries(folder: Path) -> list[Path]:
    """The entries of a folder that are not hidden, by name."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise ValueError(
            f"the folder {shown(folder)} cannot be read ({error.strerror}); change its permissions"
        ) from None
    return [folder / n for n in names if not n.startswith(".") and n.lower() not in _IGNORED]
