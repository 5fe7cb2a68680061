"""Every parser of the program that reads what others wrote, and the one rule for all of them.

The rule: bytes are taken, or refused by a ValueError or OSError whose text is one sentence for a
person. A parser of lines that another process prints raises nothing: what it does not know is none.
Property tests, the mutated files of test_mutations.py and the coverage-guided fuzzer read this
table.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from foreign_networks import keras2_config, keras3_config
from qtdigits.core import fetch_events, lesson_events, training_events
from qtdigits.core.architecture import Architecture
from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.data_files.strokes import read_drawings
from qtdigits.core.data_files.writers import read_writers
from qtdigits.core.drawing_codec import decode_drawing, encode_drawing
from qtdigits.core.evaluation import Interval, ReliabilityBin
from qtdigits.core.ink import Ink
from qtdigits.core.kept_ink import KeptInk
from qtdigits.core.lesson import GuardFigures, LessonOutcome, TaughtDrawing, read_lesson
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.library import ModelLibrary
from qtdigits.core.mnist_download import FetchProgress
from qtdigits.core.model_card import ModelCard
from qtdigits.core.network_comparison import NetworkComparison
from qtdigits.core.one_instance import take_starts
from qtdigits.core.picture_files import read_picture_bytes
from qtdigits.core.pictures import read_digit_image
from qtdigits.core.settings import SETTINGS
from qtdigits.core.store.ink_codec import decode_ink, encode_ink
from qtdigits.core.training_figures import MeasuredOn, ReadImage, ResultFigures
from qtdigits.core.transfer.imports import drawings_of
from qtdigits.core.transfer.kinds import NPZ_NAME, PNG_KEY
from qtdigits.ml.foreign.config import read_config
from qtdigits.ml.foreign.container import read_container
from qtdigits.ml.foreign.description import parse_description
from qtdigits.ml.foreign.reading import read_from
from qtdigits.ml.foreign.refused import RefusedError

LONGEST_SENTENCE: Final = 600
_THIN_SPACE: Final = "\u202f"
"""Stands before a percent sign, and is not printable to Python."""


@dataclass(frozen=True, slots=True)
class Parser:
    """How bytes get to a parser, with a folder for its files; and bytes that it is usually given.

    refuses: whether it raises at what it cannot read; the others pass over it.
    """

    read: Callable[[bytes, Path], object]
    seeds: Callable[[], tuple[bytes, ...]]
    refuses: bool = True


def refusal(parser: Parser, data: bytes, folder: Path) -> str:
    """Why the parser refuses these bytes, '' if it takes them; AssertionError against the rule."""
    try:
        parser.read(data, folder)
    except RefusedError as refused:
        sentence = f"network.keras {refused}"
    except (ValueError, OSError) as refused:
        sentence = str(refused)
    else:
        return ""
    shown = sentence.replace(str(folder), "").replace(_THIN_SPACE, " ")
    assert parser.refuses, f"it raised instead of passing over it: {sentence!r}"
    assert shown.isprintable(), f"not for a person to read: {sentence!r}"
    assert 10 < len(shown) < LONGEST_SENTENCE, f"no sentence, but {len(shown)} letters: {shown!r}"
    return sentence


def _file(name: str, read: Callable[[Path], object]) -> Callable[[bytes, Path], object]:
    """The bytes as a file of this name."""

    def with_file(data: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(data)
        return read(path)

    return with_file


def _text(read: Callable[[str], object]) -> Callable[[bytes, Path], object]:
    """The bytes as text; a process's output is decoded in this way, too."""
    return lambda data, folder: read(data.decode("utf-8", "replace"))


def _json(data: bytes) -> object:
    """For parsers that are given values: what they are made of."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("these bytes are no JSON") from None


def _idx(data: bytes, folder: Path) -> object:
    """Images and labels in one: the number of bytes of the labels, both files."""
    size = int.from_bytes(data[:1], "big")
    (folder / "train-images-idx3-ubyte").write_bytes(data[1 + size :])
    (folder / "train-labels-idx1-ubyte").write_bytes(data[1 : 1 + size])
    return read_digit_set(folder / "train-images-idx3-ubyte", "train")


def _idx_seeds() -> tuple[bytes, ...]:
    labels = struct.pack(">2HI", 0, 0x0801, 2) + bytes((3, 7))
    images = struct.pack(">2H3I", 0, 0x0803, 2, 28, 28) + bytes(range(256)) * 6 + bytes(32)
    packed = gzip.compress(images, mtime=0)
    return tuple(bytes((len(labels),)) + labels + one for one in (images, packed))


def _archive(**arrays: object) -> bytes:
    memory = io.BytesIO()
    np.savez(memory, **arrays)  # type: ignore[arg-type] # its stub takes the names for options
    return memory.getvalue()


def _npz_seeds() -> tuple[bytes, ...]:
    images, labels = np.zeros((2, 28, 28), np.uint8), np.array([3, 7])
    images[:, 5:20, 10:15] = 200
    flat = images.reshape(2, 784).astype(np.float32) / 255
    return (
        _archive(x_train=images, y_train=labels, train_writer=np.array(["anna", "ben"])),
        _archive(X=np.asfortranarray(flat), y=np.eye(10)[labels]),
    )


def _npy_members(data: bytes, folder: Path) -> object:
    """Two arrays in one, so that no checksum of the archive hides them: size of the first, both."""
    size = int.from_bytes(data[:2], "big")
    with zipfile.ZipFile(folder / "digits.npz", "w") as archive:
        archive.writestr("y_train.npy", data[2 : 2 + size])
        archive.writestr("x_train.npy", data[2 + size :])
    return read_digit_set(folder / "digits.npz", "train")


def _npy_seeds() -> tuple[bytes, ...]:
    seeds = []
    for version in ((1, 0), (2, 0)):
        labels, images = io.BytesIO(), io.BytesIO()
        np.lib.format.write_array(labels, np.array([3, 7], np.uint8), version)
        np.lib.format.write_array(images, np.zeros((2, 28, 28), np.uint8), version)
        head = len(labels.getvalue()).to_bytes(2, "big")
        seeds.append(head + labels.getvalue() + images.getvalue())
    return tuple(seeds)


_STROKES: Final = (
    b'{"label": 7, "writer": "anna", "strokes": [[[1, 2], [30.5, 4]], [[5, 6, 7]]]}\n'
    b'\n{"label": "x", "created": "2026-11-22T12:00:00+01:00", "strokes": [[[0, 0], [0, 9]]]}\n'
)


def _strokes_seeds() -> tuple[bytes, ...]:
    return _STROKES, gzip.compress(_STROKES, mtime=0)


def _exported_archive() -> tuple[bytes, ...]:
    strokes = np.frombuffer(gzip.compress(_STROKES, mtime=0), np.uint8)
    return (_archive(**{NPZ_NAME: strokes}),)


def _picture(kind: str, mode: str, text: str = "") -> bytes:
    picture = Image.new(mode, (30, 40), 1 if mode in "1PI" else None)
    for x in range(10, 14):
        for y in range(8, 33):
            picture.putpixel((x, y), 255 if len(mode) == 1 else (200,) * len(mode))
    memory = io.BytesIO()
    texts = PngInfo()
    if text:
        texts.add_itxt(PNG_KEY, text, zip=True)
        picture.save(memory, kind, pnginfo=texts)
    else:
        picture.save(memory, kind)
    return memory.getvalue()


def _picture_seeds() -> tuple[bytes, ...]:
    kinds = ("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "L"), ("BMP", "RGB"), ("GIF", "P")
    more = ("WEBP", "RGB"), ("TIFF", "I"), ("TIFF", "RGB")
    return tuple(_picture(kind, mode) for kind, mode in (*kinds, *more))


def _pictures_of_folder(data: bytes, folder: Path) -> object:
    """A folder of pictures by label, of which this is one."""
    (folder / "pictures" / "7").mkdir(parents=True, exist_ok=True)
    (folder / "pictures" / "7" / "anna.png").write_bytes(data)
    return read_digit_set(folder / "pictures")


def _exported_picture(data: bytes, folder: Path) -> object:
    (folder / "drawings" / "7").mkdir(parents=True, exist_ok=True)
    (folder / "drawings" / "7" / "000001.png").write_bytes(data)
    return list(drawings_of(folder / "drawings"))


def _card() -> ModelCard:
    more = ModelCard("mine", "digits", 9, "2026-11-22", "00", data=("MNIST",))
    return replace(more, settings={"epochs": 2}, versions={"keras": "3"}, figures={"n": 1.5})


def _card_seeds() -> tuple[bytes, ...]:
    plain = json.loads(_card().to_json())
    layers = [{"kind": "Flatten"}, {"kind": "Dense", "units": 10}]
    imported = plain | {"network": "imported", "architecture": layers}
    return json.dumps(plain).encode(), json.dumps(imported).encode()


def _result() -> dict[str, object]:
    about = {"path": "a.keras", "network": "small", "parameters": 9, "seconds": 1.5, "epochs": 2}
    tested = {"test_n": 2, "test_accuracy": 0.5, "stopped": False}
    return {**about, "validation_n": 2, "validation_accuracy": 0.5, **tested}


def _figures() -> dict[str, object]:
    example = ReadImage(7, 1, 0.6, bytes(784))
    return ResultFigures(
        MeasuredOn.TEST,
        2,
        0.5,
        Interval(0.1, 0.9),
        0.05,
        ((0,) * 10,) * 10,
        (ReliabilityBin(0.5, 0.6, 2, 0.55, None),),
        (example,),
    ).to_json()


def _training_seeds() -> tuple[bytes, ...]:
    epoch = {"epoch": 1, "epochs": 2, "loss": None, "accuracy": 0.5, "validation_loss": 0.1}
    more = {"validation_accuracy": 1.0, "seconds": 3.5, "samples_per_second": 9.0}
    progress = {"epoch": 1, "epochs": 2, "done": 3, "of": 4, "samples_per_second": 1.5}
    events: list[dict[str, object]] = [
        {"event": "started", "training": 1, "validation": 2, "parameters": 3, "epochs": 4},
        {"event": "progress", **progress, "seconds_left": None},
        {"event": "epoch", **epoch, **more},
        {"event": "watched", "epoch": 1, "answers": [[7, 0.9], [3, 0.1]]},
        {"event": "failed", "sentence": "the disk is full"},
        {"event": "result", "result": _result(), "figures": _figures()},
    ]
    return tuple(json.dumps({"v": 1, **event}).encode() for event in events)


def _lesson_seeds() -> tuple[bytes, ...]:
    guard = GuardFigures(100, 0.9, 0.91, 0.8, 0.82, 0.01)
    taught = TaughtDrawing(7, 1, 7, 0.1, 0.9, 7)
    outcome = LessonOutcome(True, "it reads more", 0.5, (taught,), guard, 2.5)
    events = (
        lesson_events.LessonReady(),
        lesson_events.LessonFinished(outcome, True),
        lesson_events.LessonFailed("no"),
    )
    return tuple(lesson_events.to_line(event).encode() for event in events)


def _fetch_seeds() -> tuple[bytes, ...]:
    events = (
        FetchProgress(5, 10),
        fetch_events.Fetched(Path("mnist.npz")),
        fetch_events.FetchFailed("no"),
    )
    return tuple(fetch_events.to_line(event).encode() for event in events)


def _comparison_seeds() -> tuple[bytes, ...]:
    other = {"accuracy": 0.9, "interval": [0.8, 1.0], "p": 0.5, "verdict": "better"}
    values = {
        "model": {"name": "a"},
        "compared_with": {"name": "b"},
        "n": 100,
        "accuracy": 0.9,
        "interval": [0.8, 1.0],
        "compare": other | {"only_this_right": 1, "only_other_right": 2},
    }
    return (json.dumps(values).encode(),)


def _settings(text: str) -> object:
    return [row.parse(text) for row in SETTINGS]


def _ink_seeds() -> tuple[bytes, ...]:
    ink = Ink.from_json([[[1, 2], [3, 4]], [[5, 6]]])
    return (encode_ink(ink), encode_ink(Ink()))


def _library(data: bytes, folder: Path) -> object:
    """Its own little files: which network reads, and whose lessons there are."""
    root = folder / "models"
    root.mkdir(exist_ok=True)
    half = data.find(b"\n") + 1
    (root / "current.json").write_bytes(data[:half])
    (root / "lessons.json").write_bytes(data[half:])
    library = ModelLibrary(root)
    book = LessonBook(library)
    return library.current_problem(), book.lessons(1), book.offered(1), book.network_for(1)


def _library_seeds() -> tuple[bytes, ...]:
    choice = {"version": 1, "current": "shipped"}
    book = {"version": 1, "lessons": {"a": 1}, "chosen": {"1": "a"}, "offered": {"1": 12}}
    return (f"{json.dumps(choice)}\n{json.dumps(book)}\n".encode(),)


def _kept_ink(data: bytes, folder: Path) -> object:
    """The drawing that a killed program left."""
    (folder / "drawing.ink").write_bytes(data)
    return KeptInk(folder / "drawing.ink").recover()


def _kept_ink_seeds() -> tuple[bytes, ...]:
    older = b"qtdigits ink 1\n\0" + _ink_seeds()[0]
    return (older, *(b"qtdigits ink 2\n\0" + data for data in _drawing_seeds()))


def _drawing_seeds() -> tuple[bytes, ...]:
    """A stroke cut in two, and two that are one digit."""
    ink = Ink.from_json([[[1, 2], [3, 4], [9, 9]], [[5, 6]], [[7, 7], [8, 5]]])
    (first, *others), pieces = ink.strokes, Ink.from_json([[[1, 2], [3, 4]], [[3, 4], [9, 9]]])
    cut = Arrangement((first,), tuple(Ink((piece,)) for piece in pieces.strokes))
    joined = Arrangement(tuple(others), (Ink(tuple(others)),))
    return (encode_drawing(ArrangedInk(ink, (cut, joined))), encode_drawing(ArrangedInk(ink)))


def _announced_start(data: bytes, folder: Path) -> object:
    """What a later start of the program wants the first one to open."""
    (folder / "later.start").write_bytes(data)
    return take_starts(folder)


def _handed_over() -> tuple[bytes, ...]:
    layers = [{"kind": "GlobalMaxPooling2D"}, {"kind": "Dense", "units": 10}]
    head = {"layers": layers, "given": [28, 28, 1], "answers": "logits"}
    return (json.dumps(head).encode() + b"\n" + bytes(80),)


def _taken_over(data: bytes) -> object:
    """As read_in_child does it."""
    try:
        return read_from(io.BytesIO(data))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("what came is not what a sound child hands over") from None


def _container_seeds() -> tuple[bytes, ...]:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata.json", "{}")
        archive.writestr("config.json", json.dumps(keras3_config()))
        archive.writestr("model.weights.h5", b"\x89HDF\r\n\x1a\n" + bytes(40))
    return memory.getvalue(), b"\x89HDF\r\n\x1a\n" + bytes(40)


def _description_seeds() -> tuple[bytes, ...]:
    return json.dumps(keras2_config()).encode(), json.dumps(keras3_config()).encode()


PARSERS: Final[dict[str, Parser]] = {
    "strokes": Parser(_file("digits.jsonl", read_digit_set), _strokes_seeds),
    "drawings": Parser(_file("digits.jsonl", lambda p: list(read_drawings(p))), _strokes_seeds),
    "lesson": Parser(_file("lesson.jsonl", read_lesson), _strokes_seeds),
    "idx": Parser(_idx, _idx_seeds),
    "npz": Parser(_file("digits.npz", lambda p: read_digit_set(p, "train")), _npz_seeds),
    "npy": Parser(_npy_members, _npy_seeds),
    "writers": Parser(_file("digits.npz", lambda p: read_writers(p, "train")), _npz_seeds),
    "picture": Parser(_file("digit.png", read_digit_image), _picture_seeds),
    "pasted picture": Parser(
        lambda data, _: read_picture_bytes(data, "the picture"), _picture_seeds
    ),
    "pictures by label": Parser(_pictures_of_folder, _picture_seeds),
    "exported strokes": Parser(
        _file("mine.jsonl.gz", lambda p: list(drawings_of(p))), _strokes_seeds
    ),
    "exported archive": Parser(
        _file("mine.npz", lambda p: list(drawings_of(p))), _exported_archive
    ),
    "exported picture": Parser(
        _exported_picture, lambda: (_picture("PNG", "L", _STROKES.split(b"\n")[0].decode()),)
    ),
    "ink": Parser(lambda data, _: Ink.from_json(_json(data)), lambda: (b"[[[1, 2], [3, 4]]]",)),
    "stored ink": Parser(lambda data, _: decode_ink(data), _ink_seeds),
    "arranged drawing": Parser(lambda data, _: decode_drawing(data), _drawing_seeds),
    "kept drawing": Parser(_kept_ink, _kept_ink_seeds, refuses=False),
    "announced start": Parser(_announced_start, lambda: (b'["/a.png", "/b"]',), refuses=False),
    "model card": Parser(_text(ModelCard.from_json), _card_seeds),
    "architecture": Parser(
        lambda data, _: Architecture.from_data(_json(data)),
        lambda: (b'[{"kind": "Flatten"}, {"kind": "Dense", "units": 10}]',),
    ),
    "comparison": Parser(_text(NetworkComparison.from_json), _comparison_seeds),
    "training events": Parser(_text(training_events.from_line), _training_seeds, refuses=False),
    "lesson events": Parser(_text(lesson_events.from_line), _lesson_seeds, refuses=False),
    "fetch events": Parser(_text(fetch_events.from_line), _fetch_seeds, refuses=False),
    "settings": Parser(_text(_settings), lambda: (b"dark", b"true", b"14"), refuses=False),
    "library": Parser(_library, _library_seeds, refuses=False),
    "model file": Parser(_file("network.keras", read_container), _container_seeds),
    "model description": Parser(
        lambda data, _: read_config(parse_description(data)), _description_seeds
    ),
    "handed-over model": Parser(lambda data, _: _taken_over(data), _handed_over),
}
