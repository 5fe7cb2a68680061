"""One entrance to all labelled data: the file's content decides which reader it gets."""

from __future__ import annotations

import os
from pathlib import Path

from qtdigits.core.data_files.digit_set import DigitSet, Part
from qtdigits.core.data_files.idx import idx_files, read_idx
from qtdigits.core.data_files.image_folder import read_image_folder
from qtdigits.core.data_files.npz import read_npz
from qtdigits.core.data_files.regular import Content, content_of, shown
from qtdigits.core.data_files.strokes import read_strokes


def read_digit_set(path: Path, part: Part = "test") -> DigitSet:
    """Read labelled digit images of any kind that the program knows.

    A numpy archive, IDX images with their labels beside them, a strokes file, a folder of pictures
    by label or a folder with IDX files. `part` chooses between test and train where the data have
    both. Raises ValueError with one sentence.
    """
    if os.path.isdir(path):
        return read_idx(path, part) if _has_idx(path) else read_image_folder(path, part)
    match content_of(path):
        case Content.NPZ:
            return read_npz(path, part)
        case Content.IDX:
            return read_idx(path, part)
        case Content.STROKES:
            return read_strokes(path)
        case Content.PICTURE:
            raise ValueError(
                f"{shown(path)} is a single picture without a label; put it into a folder "
                "with sub-folders named 0 to 9, and give that folder"
            )
        case Content.OTHER:
            raise ValueError(
                f"{shown(path)} is none of the data files that can be read; give a numpy archive "
                "(.npz), IDX images, a strokes file (.jsonl) or a folder of pictures by label"
            )


def _has_idx(folder: Path) -> bool:
    try:
        return bool(idx_files(folder))
    except OSError as error:
        raise ValueError(
            f"the folder {shown(folder)} cannot be read ({error.strerror}); change its permissions"
        ) from None
