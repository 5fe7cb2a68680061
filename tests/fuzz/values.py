"""Hypothesis' strategies for the values that the program writes to files and reads again."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qtdigits.core import fetch_events, lesson_events, training_events
from qtdigits.core.evaluation import ComparedAs, Interval, ReliabilityBin
from qtdigits.core.history import HistoryEntry, Origin
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.lesson import GuardFigures, LessonOutcome, TaughtDrawing
from qtdigits.core.mnist_download import FetchProgress
from qtdigits.core.model_card import ModelCard
from qtdigits.core.training import (
    DrawingsWatched,
    EpochFinished,
    TrainingProgress,
    TrainingResult,
    TrainingStarted,
    WatchedAnswer,
)
from qtdigits.core.training_figures import ComparedNetwork, MeasuredOn, ReadImage, ResultFigures
from qtdigits.core.verdict import UNREAD

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=20,
)

_COUNTS = st.integers(0, 10**9)
_SHARES = st.floats(0, 1)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_PLACES = st.floats(-1e8, 1e8)
_DIGITS = st.integers(0, 9)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

SAMPLES = st.builds(PenSample, _PLACES, _PLACES, _NUMBERS, _SHARES)
INKS = st.builds(
    Ink,
    st.lists(st.builds(Stroke, st.lists(SAMPLES, min_size=1, max_size=9).map(tuple))).map(tuple),
)
NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=80)
ENTRIES = st.builds(
    HistoryEntry,
    st.just(0),
    INKS.filter(lambda ink: not ink.is_empty),
    st.just(UNREAD),
    st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),
    st.none() | _DIGITS,
    origin=st.just(Origin.DRAWN),
)
IMAGES = arrays.arrays(np.uint8, st.tuples(st.integers(1, 5), st.just(28), st.just(28)))

_INTERVALS = st.builds(Interval, _SHARES, _SHARES)
_IMAGE_READ = st.builds(ReadImage, _DIGITS, _DIGITS, _SHARES, st.binary(min_size=784, max_size=784))
_COMPARED = st.builds(
    *(ComparedNetwork, _TEXTS, _SHARES, _INTERVALS, _COUNTS, _COUNTS, _SHARES),
    st.sampled_from(ComparedAs),
)
_ROWS = st.lists(_COUNTS, min_size=10, max_size=10).map(tuple)
_BINS = st.builds(
    ReliabilityBin, _SHARES, _SHARES, _COUNTS, st.none() | _SHARES, st.none() | _SHARES
)
_FIGURES = st.builds(
    *(ResultFigures, st.sampled_from(MeasuredOn), _COUNTS, _SHARES, _INTERVALS, _SHARES),
    st.lists(_ROWS, min_size=10, max_size=10).map(tuple),
    st.lists(_BINS, max_size=3).map(tuple),
    st.lists(_IMAGE_READ, max_size=2).map(tuple),
    st.none() | _COMPARED,
)
_LOSSES = _NUMBERS | st.just(math.nan)
TRAINING_EVENTS = st.one_of(
    st.builds(TrainingStarted, _COUNTS, _COUNTS, _COUNTS, _COUNTS),
    st.builds(
        *(TrainingProgress, _COUNTS, _COUNTS, _COUNTS, _COUNTS, _NUMBERS), st.none() | _NUMBERS
    ),
    st.builds(
        *(EpochFinished, _COUNTS, _COUNTS, _LOSSES, _SHARES, _LOSSES, _SHARES, _NUMBERS, _NUMBERS)
    ),
    st.builds(
        DrawingsWatched,
        _COUNTS,
        st.lists(st.builds(WatchedAnswer, _DIGITS, _SHARES)).map(tuple),
    ),
    st.builds(
        training_events.TrainingFinished,
        st.builds(
            *(TrainingResult, _TEXTS, _TEXTS, _COUNTS, _NUMBERS, _COUNTS, _COUNTS, _SHARES),
            *(_COUNTS, st.none() | _SHARES, st.booleans()),
        ),
        _FIGURES,
    ),
    st.builds(training_events.TrainingFailed, _TEXTS),
)

_TAUGHT = st.builds(TaughtDrawing, _DIGITS, _DIGITS, _DIGITS, _SHARES, _SHARES, _DIGITS)
_GUARDS = st.builds(GuardFigures, _COUNTS, _SHARES, _SHARES, _SHARES, _SHARES, _NUMBERS)
_OUTCOMES = st.builds(
    *(LessonOutcome, st.booleans(), _TEXTS, _SHARES, st.lists(_TAUGHT).map(tuple)),
    *(st.none() | _GUARDS, _NUMBERS),
)
LESSON_EVENTS = st.one_of(
    st.builds(lesson_events.LessonReady),
    st.builds(lesson_events.LessonFinished, _OUTCOMES, st.booleans()),
    st.builds(lesson_events.LessonFailed, _TEXTS),
)
FETCH_EVENTS = st.one_of(
    st.builds(FetchProgress, _COUNTS, _COUNTS),
    st.builds(fetch_events.Fetched, NAMES.map(Path)),
    st.builds(fetch_events.FetchFailed, _TEXTS),
)

_WHOLE = st.dictionaries(_TEXTS, st.none() | st.integers() | _NUMBERS | _TEXTS, max_size=4)
CARDS: st.SearchStrategy[Any] = st.builds(
    ModelCard,
    name=_TEXTS,
    network=st.sampled_from(("digits", "small", "lenet")),
    parameters=_COUNTS,
    created=_TEXTS,
    sha256=_TEXTS,
    temperature=st.floats(0.01, 100),
    conformal_threshold=_SHARES,
    energy_threshold=_NUMBERS | st.just(math.inf),
    seed=_COUNTS,
    data=st.lists(_TEXTS, max_size=3).map(tuple),
    settings=_WHOLE,
    versions=st.dictionaries(_TEXTS, _TEXTS, max_size=3),
    figures=_WHOLE,
)
