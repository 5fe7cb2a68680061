"""From the data that a person names to the arrays that a network is trained and validated on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet
from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.data_files.regular import Content, content_of
from qtdigits.core.data_files.strokes import read_drawings
from qtdigits.core.data_files.writers import read_writers
from qtdigits.core.held_out import held_out_writers
from qtdigits.core.ink_variation import Tracks, vary_tracks
from qtdigits.core.non_digits import synthetic_non_digits
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.store.store import Store
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.core.training import TrainingConfig

_PEN_WIDTHS: Final = (1.6, 3.8)
"""Between these a pen track is rendered for training, pixels of the digit image."""

_FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Training, validation and test images (uint8, n x 28 x 28) with labels (-1: not a digit).

    The test part is empty where the data have none; nothing is ever chosen by it.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    validation_images: NDArray[np.uint8]
    validation_labels: NDArray[np.int64]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Part:
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]


_NOTHING: Final = _Part(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64))


def read_training_data(
    sources: Sequence[str], writers: Path | None, config: TrainingConfig
) -> TrainingData:
    """Read and divide the data.

    sources: 'synthetic:N', 'non-digits:N', 'drawings' or 'drawings:NAME' (labelled drawings of the
    store, of who is at the desk or of a person), or the path of a file or folder that
    read_digit_set knows. writers: a numpy archive with the array train_writer, the writer of each
    training image of MNIST. Where writers are known, no writer stands on both sides of the
    division; elsewhere images are drawn at random. Raises ValueError with one sentence.
    """
    training: list[_Part] = []
    validation: list[_Part] = []
    test: list[_Part] = []
    for number, source in enumerate(sources):
        rng = np.random.default_rng((config.seed, number))
        for kind, part in _read_source(source, writers, config, rng):
            {"training": training, "validation": validation, "test": test}[kind].append(part)
    learn, check, measure = _joined(training), _joined(validation), _joined(test)
    _check_enough(learn)
    if not (check.labels >= 0).any():
        raise ValueError("too few digits to keep some back for validation; add data")
    return TrainingData(
        learn.images, learn.labels, check.images, check.labels, measure.images, measure.labels
    )


def _read_source(
    source: str, writers: Path | None, config: TrainingConfig, rng: np.random.Generator
) -> Iterator[tuple[str, _Part]]:
    name, _, count = source.partition(":")
    if name in ("synthetic", "non-digits") and count:
        yield from _synthetic(name, count, config, rng)
    elif name == "drawings":
        yield from _own_drawings(count, config, rng)
    elif not (path := Path(source)).is_dir() and content_of(path) is Content.STROKES:
        yield from _pen_tracks(path, config, rng)
    else:
        yield from _images(path, writers, config, rng)


def _images(
    path: Path, writers: Path | None, config: TrainingConfig, rng: np.random.Generator
) -> Iterator[tuple[str, _Part]]:
    """Digit images as they are; a test part only where the data divide themselves."""
    training = read_digit_set(path, "train")
    yield from _divided_images(training.images, training.labels, writers, config, rng)
    try:
        test = read_digit_set(path, "test")
    except ValueError:
        return  # there is something to learn from, but no test part
    if not _same(training, test):
        yield "test", _Part(test.images, test.labels)


def _same(one: DigitSet, other: DigitSet) -> bool:
    return len(one) == len(other) and np.array_equal(one.images, other.images)


def _divided_images(
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    writers: Path | None,
    config: TrainingConfig,
    rng: np.random.Generator,
) -> Iterator[tuple[str, _Part]]:
    names = read_writers(writers, "train") if writers is not None else ()
    if len(names) != len(labels):  # none are known, or those of other images
        kept = rng.random(len(labels)) < config.validation_share
    else:
        kept = np.isin(names, list(validation_writers(names, config)))
    yield "training", _Part(images[~kept], labels[~kept])
    yield "validation", _Part(images[kept], labels[kept])


def validation_writers(names: Sequence[str], config: TrainingConfig) -> set[str]:
    """The writers that the settings keep back."""
    return held_out_writers(names, config.validation_share, config.fold)


def _pen_tracks(
    path: Path, config: TrainingConfig, rng: np.random.Generator
) -> Iterator[tuple[str, _Part]]:
    """Pen tracks, rendered as drawn and then anew with their strokes varied."""
    drawings = [
        (drawing.digit, drawing.writer, [stroke.points() for stroke in drawing.ink.strokes])
        for drawing in read_drawings(path)
        if drawing.label is not None and not drawing.ink.is_empty
    ]
    if not drawings:
        raise ValueError(f"{path} holds no labelled drawings; choose another strokes file")
    writers = [writer for _, writer, _ in drawings]
    if len(set(writers)) > 1:
        kept_writers = validation_writers(writers, config)
        kept = [writer in kept_writers for writer in writers]
    else:
        kept = list(rng.random(len(drawings)) < config.validation_share)
    learn = [
        (label, tracks) for (label, _, tracks), keep in zip(drawings, kept, strict=True) if not keep
    ]
    check = [
        (label, tracks) for (label, _, tracks), keep in zip(drawings, kept, strict=True) if keep
    ]
    yield "training", _rendered(learn, config.renderings, rng)
    if check:
        yield "validation", _rendered(check, 1, rng)


def _own_drawings(
    person: str, config: TrainingConfig, rng: np.random.Generator
) -> Iterator[tuple[str, _Part]]:
    """The labelled drawings of a person, or of who is at the desk, rendered as pen tracks are."""
    store = Store.open_to_read()
    try:
        whose = store.people.named(person) if person else store.people.current()
        drawings = [
            (entry.label, [stroke.points() for stroke in entry.ink.strokes])
            for entry in store.drawings.labelled(whose.id)
            if entry.label is not None
        ]
    finally:
        store.close()
    if not drawings:
        raise ValueError(
            f"none of the drawings of {whose.name} has a label; press the right digits first"
        )
    kept = rng.random(len(drawings)) < config.validation_share
    learn = [one for one, keep in zip(drawings, kept, strict=True) if not keep]
    check = [one for one, keep in zip(drawings, kept, strict=True) if keep]
    yield "training", _rendered(learn, config.renderings, rng)
    if check:
        yield "validation", _rendered(check, 1, rng)


def _synthetic(
    name: str, count: str, config: TrainingConfig, rng: np.random.Generator
) -> Iterator[tuple[str, _Part]]:
    if not count.isdecimal() or not _FEWEST <= int(count) <= 1_000_000:
        raise ValueError(f"{name} needs a number of drawings from 20 to 1000000, got {count!r}")
    drawings: list[tuple[int, Tracks]]
    if name == "synthetic":
        drawings = list(synthetic_digits(int(count), config.seed))
    else:
        drawings = [
            (NOT_A_DIGIT, tracks) for _, tracks in synthetic_non_digits(int(count), config.seed)
        ]
    # The hands are random already, so that the last ones are as good as any.
    share = max(1, round(int(count) * config.validation_share))
    yield "training", _rendered(drawings[:-share], 1, rng, all_widths=True)
    yield "validation", _rendered(drawings[-share:], 1, rng, all_widths=True)


def _rendered(
    drawings: Sequence[tuple[int, Tracks]],
    renderings: int,
    rng: np.random.Generator,
    all_widths: bool = False,
) -> _Part:
    """Digit images of the drawings; the first rendering of each is the unvaried drawing."""
    images = np.empty((len(drawings) * renderings, 28, 28), np.uint8)
    for at in range(len(images)):
        tracks = drawings[at // renderings][1]
        if at % renderings:
            image = rasterize_tracks(vary_tracks(tracks, rng), rng.uniform(*_PEN_WIDTHS))
        elif all_widths:
            image = rasterize_tracks(tracks, rng.uniform(*_PEN_WIDTHS))
        else:
            image = rasterize_tracks(tracks)
        images[at] = np.rint(image * 255)
    labels = np.repeat(np.array([label for label, _ in drawings], np.int64), renderings)
    return _Part(images, labels)


def _joined(parts: Sequence[_Part]) -> _Part:
    if not parts:
        return _NOTHING
    return _Part(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


def _check_enough(part: _Part) -> None:
    digits = part.labels[part.labels >= 0]
    if len(digits) < _FEWEST:
        raise ValueError(f"there are only {len(digits)} digits to learn from; {_FEWEST} are needed")
    if len(np.unique(digits)) < 2:
        raise ValueError(
            f"there are only pictures of {digits[0]}; a network needs two digits to tell apart"
        )
    if not part.images.any(axis=(1, 2)).any():
        raise ValueError("all pictures are blank; choose other data")
