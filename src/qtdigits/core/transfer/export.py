"""Drawings to a strokes file, a numpy archive or a folder of pictures: whole, or not there."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from qtdigits.core.atomic_file import move_folder, replacing
from qtdigits.core.data_files.regular import shown
from qtdigits.core.file_names import check_file_name
from qtdigits.core.history import HistoryEntry
from qtdigits.core.raster import SIDE, rasterize
from qtdigits.core.transfer.kinds import NPZ_NAME, PNG_KEY, FileKind, kind_of, line_of


@dataclass(frozen=True, slots=True)
class Exported:
    """So many drawings were written; left_out have no label, which this kind of file needs."""

    kind: FileKind
    drawings: int
    left_out: int = 0


def export_drawings(entries: Iterable[HistoryEntry], writer: str, out: Path) -> Exported:
    """Write drawings of a person to a file or folder, whose name tells the kind.

    A file that is there is replaced; a folder must be new. Raises ValueError with a sentence, also
    when there is nothing to write.
    """
    check_file_name(out)
    kind = kind_of(out)
    if not out.absolute().parent.is_dir():
        raise ValueError(f"the folder {shown(out.absolute().parent)} does not exist; make it first")
    if kind is FileKind.PICTURES and out.exists():
        raise ValueError(f"{shown(out)} exists already; give the name of a new folder")
    if kind is not FileKind.PICTURES and out.is_dir():
        raise ValueError(f"{shown(out)} is a folder; give the name of a file")
    drawings = _Counted(entries, needs_label=kind is not FileKind.STROKES)
    try:
        match kind:
            case FileKind.STROKES:
                _export_strokes(drawings, writer, out)
            case FileKind.ARRAYS:
                _export_arrays(drawings, writer, out)
            case FileKind.PICTURES:
                _export_pictures(drawings, writer, out)
    except OSError as error:
        raise ValueError(f"{shown(out)} cannot be written: {error.strerror or error}") from None
    return Exported(kind, drawings.count, drawings.left_out)


class _Counted:
    """The entries that can be written; counts them and those left out. At least one is needed."""

    def __init__(self, entries: Iterable[HistoryEntry], needs_label: bool) -> None:
        self._entries = entries
        self._needs_label = needs_label
        self.count = 0
        self.left_out = 0

    def __iter__(self) -> Iterator[HistoryEntry]:
        fitting = self._fitting()
        first = next(fitting, None)
        if first is None:
            what = "labelled drawings" if self._needs_label else "drawings"
            raise ValueError(f"there are no {what} to export; draw and label some first")
        return chain((first,), fitting)

    def _fitting(self) -> Iterator[HistoryEntry]:
        for entry in self._entries:
            if self._needs_label and entry.label is None:
                self.left_out += 1
                continue
            self.count += 1
            yield entry


def _export_strokes(drawings: _Counted, writer: str, out: Path) -> None:
    lines = iter(drawings)
    with replacing(out) as file:
        if out.name.lower().endswith(".gz"):
            with _gzipped(file) as packed:
                for entry in lines:
                    packed.write(f"{line_of(entry, writer)}\n".encode())
        else:
            for entry in lines:
                file.write(f"{line_of(entry, writer)}\n".encode())


def _export_arrays(drawings: _Counted, writer: str, out: Path) -> None:
    """x_train and y_train as mnist.npz has them, and the strokes behind the pictures."""
    images: list[NDArray[np.uint8]] = []
    labels: list[int] = []
    strokes = io.BytesIO()
    with _gzipped(strokes) as packed:
        for entry in drawings:
            images.append(_pixels(entry))
            labels.append(cast(int, entry.label))
            packed.write(f"{line_of(entry, writer)}\n".encode())
    arrays = {
        "x_train": np.array(images, np.uint8).reshape(-1, SIDE, SIDE),
        "y_train": np.array(labels, np.uint8),
        NPZ_NAME: np.frombuffer(strokes.getvalue(), np.uint8),
    }
    with replacing(out) as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def _export_pictures(drawings: _Counted, writer: str, out: Path) -> None:
    """One PNG file a drawing, white on black, in a sub-folder named by its label."""
    entries = iter(drawings)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.", dir=out.absolute().parent))
    try:
        os.chmod(draft, 0o755)
        for number, entry in enumerate(entries, start=1):
            folder = draft / str(entry.label)
            folder.mkdir(exist_ok=True)
            texts = PngInfo()
            texts.add_itxt(PNG_KEY, line_of(entry, writer), zip=True)
            Image.fromarray(_pixels(entry)).save(folder / f"{number:06}.png", pnginfo=texts)
        move_folder(draft, out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _pixels(entry: HistoryEntry) -> NDArray[np.uint8]:
    return np.rint(rasterize(entry.ink) * 255).astype(np.uint8)


def _gzipped(file: IO[bytes]) -> gzip.GzipFile:
    """Without name and time, so that the same drawings give the same file."""
    return gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0)
