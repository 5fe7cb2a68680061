"""qtdigits as a library: one class that reads pictures and strokes."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.ink import Ink
from qtdigits.core.page import read_pictures
from qtdigits.core.paths import shipped_model
from qtdigits.core.picture_files import grey_of, read_grey
from qtdigits.core.picture_ink import Grey
from qtdigits.core.reading import Reading
from qtdigits.core.segment import read_ink

if TYPE_CHECKING:
    from qtdigits.core.recognizer import Recognizer as Network

Readable: TypeAlias = str | PathLike[str] | Image.Image | NDArray[Any] | Ink | Sequence[Any]

_MOST_PIXELS = 64_000_000
_TOGETHER = 250


class Recognizer:
    """Reads the digits in pictures and strokes, with one network.

    Calls from several threads wait for each other. A pickled one holds no more than the path of
    its network: where it is unpickled, that file is loaded at the first reading.
    """

    def __init__(self, path: Path) -> None:
        """path: the network, which is loaded at the first reading."""
        self._path = path
        self._network: Network | None = None
        self._lock = threading.Lock()

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> Recognizer:
        """Load a network, a .keras file with its card beside it; None: the one that ships.

        Importing TensorFlow takes seconds. Raises ValueError with a sentence if the file cannot be
        used.
        """
        recognizer = cls(shipped_model() if path is None else Path(path).absolute())
        with recognizer._lock:
            recognizer._loaded()
        return recognizer

    def read(self, image_or_strokes: Readable) -> Reading:
        """Read one picture or drawing.

        A picture is a path, a Pillow image, or an array of shape (height, width), or (height,
        width, 3 or 4) for RGB or RGBA: uint8 of 0 to 255, bool, or floats of 0 to 1; ink may be
        dark or light. It is an array, too, where 28x28 pixels are a digit as MNIST has it. Bounds
        are in its pixels; those of a file with 2400 pixels a side or more in those of the file
        reduced by a whole number. A drawing is an Ink, or a list of strokes, each a list of (x, y)
        with x to the right and y down, in any unit, which is that of the bounds.

        Raises ValueError with a sentence for anything else.
        """
        return self.read_all([image_or_strokes])[0]

    def read_all(self, images_or_strokes: Iterable[Readable]) -> list[Reading]:
        """Read many at once, which is several times as quick for small pictures; in their order.

        Raises ValueError as read does.
        """
        readings: list[Reading] = []
        waiting: list[Grey] = []

        def read_waiting() -> None:
            readings.extend(read_pictures(waiting, self._loaded()))
            waiting.clear()

        with self._lock:
            for each in images_or_strokes:
                found = _understood(each)
                if isinstance(found, Ink):
                    read_waiting()
                    readings.append(read_ink(found, self._loaded()))
                    continue
                waiting.append(found)
                if len(waiting) >= _TOGETHER or sum(grey.size for grey in waiting) > _MOST_PIXELS:
                    read_waiting()
            read_waiting()
        return readings

    def _loaded(self) -> Network:
        if self._network is None:
            from qtdigits.ml.preload import import_keras

            import_keras()
            from qtdigits.ml.recognizer import load_recognizer

            self._network = load_recognizer(self._path)
        return self._network

    def __reduce__(self) -> tuple[type[Recognizer], tuple[Path]]:
        return Recognizer, (self._path,)


def _understood(given: Readable) -> Grey | Ink:
    """A picture as grey levels, or a drawing as ink; raises ValueError for anything else."""
    match given:
        case Ink():
            return given
        case str() | PathLike():
            return read_grey(Path(given))
        case Image.Image():
            return grey_of(given)
        case np.ndarray():
            return _grey_of_array(given)
        case list() | tuple():
            return Ink.from_json(given)
    raise ValueError(
        "give a path, a Pillow image, an array or a list of strokes to read, "
        f"not {type(given).__name__}"
    )


def _grey_of_array(levels: NDArray[Any]) -> Grey:
    colours = levels.ndim == 3 and levels.shape[2] in (3, 4)
    if not (levels.ndim == 2 or colours) or 0 in levels.shape:
        raise ValueError(
            "a picture has the shape (height, width), (height, width, 3) or (height, width, 4), "
            f"got {levels.shape}"
        )
    if levels.shape[0] * levels.shape[1] > _MOST_PIXELS:
        raise ValueError(f"a picture has at most {_MOST_PIXELS:,} pixels, got {levels.shape}")
    if levels.dtype.kind == "f":
        if not (np.isfinite(levels).all() and levels.min() >= 0 and levels.max() <= 1):
            raise ValueError("the levels of a picture of floats lie in 0..1")
        if not colours:
            return levels.astype(np.float32)
        levels = np.rint(levels * 255).astype(np.uint8)
    elif levels.dtype == np.bool_:
        levels = levels.astype(np.uint8) * np.uint8(255)
    elif levels.dtype != np.uint8:
        raise ValueError(f"a picture has the type uint8, bool or float, got {levels.dtype}")
    return grey_of(Image.fromarray(np.ascontiguousarray(levels)))
