"""Learning a hand: the last layer of a network, changed for one person's drawings.

Only the last layer learns, by core.last_layer, which needs neither MNIST nor gradients through
the network: the features of a few hundred images once, and then a small convex problem. So a
lesson, with the five lessons less that judge it, takes about a second, and its effect on the guard
is known before anything is saved.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink_variation import vary_tracks
from qtdigits.core.last_layer import extended, learnt_change
from qtdigits.core.lesson import (
    MOST_DRAWINGS,
    LessonDrawing,
    LessonOutcome,
    TaughtDrawing,
    check_lesson,
)
from qtdigits.core.lesson_gate import Judgement, Witness, judge
from qtdigits.core.model_card import ModelCard
from qtdigits.core.raster import SIDE, rasterize_tracks
from qtdigits.ml.features import Features, Matrix
from qtdigits.ml.model_file import save_with_card
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import load_network
from qtdigits.ml.rehearsal import Rehearsal, rehearsal_for
from qtdigits.ml.views import SHIFTS

_MOST_RENDERINGS: Final = 8
"""Varied renderings of each drawing, which together weigh as much as the drawing itself."""
_MOST_ROWS: Final = 840
"""Of many drawings there are fewer renderings: they vary by themselves, and time is short."""
_FOLDS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Drawings as the last layer sees them: each with its varied renderings.

    features: (n, 1 + renderings, d), the unvaried drawing first; labels: (n,).
    """

    features: Matrix
    labels: NDArray[np.int64]

    def at(self, places: NDArray[np.intp]) -> Seen:
        return Seen(self.features[places], self.labels[places])

    @property
    def plain(self) -> Matrix:
        """The features of the unvaried drawings, (n, d)."""
        return self.features[:, 0]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What came of a lesson, and what it adds to the last layer: (d + 1, 10), zero if refused."""

    outcome: LessonOutcome
    change: Matrix


class Teacher:
    """A network with all that lessons need. The network itself is never changed."""

    def __init__(
        self, network: keras.Sequential, card: ModelCard, rehearsal: Rehearsal | None = None
    ) -> None:
        """rehearsal: None for that of the cache, which is made where it is missing."""
        self._network = network
        self._features = Features(network)
        if rehearsal is None:
            rehearsal = rehearsal_for(self._features, card.sha256, card.temperature)
        self._rehearsal = rehearsal
        self._guard_logits = self._features.logits(rehearsal.guard)
        self.card: Final = card

    @classmethod
    def load(cls, path: Path) -> Teacher:
        """Load a network of this program; raises ValueError with a sentence."""
        return cls(*load_network(path))

    def teach(self, drawings: Sequence[LessonDrawing], seed: int = 0) -> Lesson:
        """Learn from drawings, and judge what was learnt.

        Raises ValueError with a sentence where there is too little to learn from.
        """
        check_lesson([one.label for one in drawings])
        started = time.monotonic()
        rng = np.random.default_rng(seed)
        labels = np.array([one.label for one in drawings], np.int64)
        plain = self.features(drawings)
        chosen = self._hardest(plain, labels)
        seen = self._seen(plain[chosen], [drawings[at] for at in chosen.tolist()], rng)
        judgement, change, held_back = self.learn(seen, rng)
        strength = np.float32(judgement.strength)
        effect = extended(plain) @ change * strength
        answers = np.full(len(drawings), -1, np.int64)
        answers[chosen] = (self.logits(seen.plain) + held_back * strength).argmax(axis=1)
        beside = (self.logits(plain) + effect).argmax(axis=1)
        outcome = LessonOutcome(
            used=judgement.used,
            reason=judgement.reason,
            strength=judgement.strength,
            drawings=self._taught(plain, effect, labels, np.where(answers < 0, beside, answers)),
            guard=judgement.guard,
            seconds=round(time.monotonic() - started, 3),
        )
        return Lesson(outcome, change * strength * np.float32(judgement.used))

    def see(self, drawings: Sequence[LessonDrawing], rng: np.random.Generator) -> Seen:
        """Drawings and their varied renderings as the last layer sees them."""
        return self._seen(self.features(drawings), drawings, rng)

    def _seen(
        self, plain: Matrix, drawings: Sequence[LessonDrawing], rng: np.random.Generator
    ) -> Seen:
        count = max(1, min(_MOST_RENDERINGS, _MOST_ROWS // len(drawings) - 1))
        varied = np.array([_varied(one, count, rng) for one in drawings])
        features = self._features.of_one_view(varied.reshape(-1, 28, 28))
        features = features.reshape(len(drawings), count, -1)
        labels = np.array([one.label for one in drawings], np.int64)
        return Seen(np.concatenate([plain[:, None], features], axis=1), labels)

    def features(self, drawings: Sequence[LessonDrawing]) -> Matrix:
        """Features of drawings as they are, (n, d)."""
        return self.features_of(np.array([_image(one) for one in drawings]))

    def features_of(self, images: NDArray[np.uint8]) -> Matrix:
        """Features of digit images (n, 28, 28), 0 for paper to 255 for ink, (n, d)."""
        return self._features.of(images)

    def logits(self, features: Matrix) -> Matrix:
        """What the network answers before any lesson, (n, 10), from features (n, d)."""
        return self._features.logits(features)

    def learn(self, seen: Seen, rng: np.random.Generator) -> tuple[Judgement, Matrix, Matrix]:
        """Learn from drawings and judge it: the judgement, the change at full strength, (d + 1,
        10), and what lessons without them add to the logits of the drawings, (n, 10).
        """
        change = self._change(seen)
        held_back = np.zeros((len(seen.labels), 10), np.float32)
        folds = _folds(seen.labels, rng)
        for fold in range(_FOLDS):
            kept, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
            if len(kept) and len(rest):
                without = self._change(seen.at(rest))
                held_back[kept] = extended(seen.plain[kept]) @ without
        scale = np.float32(self.card.temperature)
        own = Witness(self.logits(seen.plain) / scale, held_back / scale, seen.labels)
        guard = Witness(
            self._guard_logits / scale,
            extended(self._rehearsal.guard) @ change / scale,
            self._rehearsal.guard_labels,
        )
        return judge(own, guard), change, held_back

    def save(self, lesson: Lesson, out: Path) -> ModelCard:
        """Save the network with what a lesson added, and its card; raises ValueError."""
        taught = build_network(self.card.network, 0.0)
        taught.set_weights(self._network.get_weights())
        kernel, bias = taught.layers[-1].get_weights()
        taught.layers[-1].set_weights([kernel + lesson.change[:-1], bias + lesson.change[-1]])

        def check(draft: Path) -> None:
            read_back = build_network(self.card.network, 0.0)
            read_back.load_weights(draft)
            pairs = zip(taught.get_weights(), read_back.get_weights(), strict=True)
            if not all(np.array_equal(one, other) for one, other in pairs):
                raise ValueError("the network was not read back as it was saved; free some space")

        return save_with_card(
            taught, out, check, lambda sha256: self._card(lesson, out.stem, sha256)
        )

    def _card(self, lesson: Lesson, name: str, sha256: str) -> ModelCard:
        outcome = lesson.outcome
        lesson_settings: dict[str, Any] = {
            "adapted_from": self.card.sha256,
            "drawings": len(outcome.drawings),
            "strength": outcome.strength,
            "right_before": outcome.right_before,
            "right_after": outcome.right_after,
            "right_held_back": outcome.right_held_back,
        }
        if outcome.guard is not None:
            lesson_settings["guard_accuracy"] = round(outcome.guard.accuracy_after, 5)
        # The figures were measured before the lesson, and are not those of this network.
        figures = {f"before_lesson_{key}": value for key, value in self.card.figures.items()}
        return replace(
            self.card,
            name=name,
            sha256=sha256,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            settings={**self.card.settings, "lesson": lesson_settings},
            figures=figures,
        )

    def _change(self, seen: Seen) -> Matrix:
        n, each, d = seen.features.shape
        rows = seen.features.reshape(n * each, d)
        weights = np.full((n, each), 1 / max(each - 1, 1), np.float32)
        weights[:, 0] = 1
        return learnt_change(
            rows,
            self.logits(rows),
            np.repeat(seen.labels, each),
            weights.ravel(),
            self._rehearsal.whitener,
            self.card.temperature,
        )

    def _hardest(self, plain: Matrix, labels: NDArray[np.int64]) -> NDArray[np.intp]:
        """The drawings to learn from: all, or those whose right digit is least probable."""
        if len(labels) <= MOST_DRAWINGS:
            return np.arange(len(labels))
        scale = np.float32(self.card.temperature)
        shares = Witness(self.logits(plain) / scale, np.zeros((1, 10), np.float32), labels)
        return np.sort(np.argsort(shares.share_of_label(), kind="stable")[:MOST_DRAWINGS])

    def _taught(
        self,
        plain: Matrix,
        effect: Matrix,
        labels: NDArray[np.int64],
        held_back: NDArray[np.int64],
    ) -> tuple[TaughtDrawing, ...]:
        scale = np.float32(self.card.temperature)
        witness = Witness(self.logits(plain) / scale, effect / scale, labels)
        before, after = witness.probabilities(), witness.probabilities(1.0)
        return tuple(
            TaughtDrawing(
                label=label,
                before=int(before[at].argmax()),
                after=int(after[at].argmax()),
                before_share=round(float(before[at, label]), 4),
                after_share=round(float(after[at, label]), 4),
                held_back=int(held_back[at]),
            )
            for at, label in enumerate(labels.tolist())
        )


def _image(drawing: LessonDrawing) -> NDArray[np.uint8]:
    """The digit image that is read."""
    tracks = [stroke.points() for stroke in drawing.ink.strokes]
    return np.rint(rasterize_tracks(tracks) * 255).astype(np.uint8)


def _varied(
    drawing: LessonDrawing, count: int, rng: np.random.Generator
) -> list[NDArray[np.uint8]]:
    """The same drawing as the same hand might write it at other times.

    Each is seen in one of the views that reading averages; the pen's width stays as it is, for
    drawings are always read at the same one.
    """
    tracks = [stroke.points() for stroke in drawing.ink.strokes]
    varied = []
    for _ in range(count):
        image = np.rint(rasterize_tracks(vary_tracks(tracks, rng)) * 255).astype(np.uint8)
        top, left = SHIFTS[rng.integers(len(SHIFTS))]
        varied.append(np.pad(image, 1)[top : top + SIDE, left : left + SIDE])
    return varied


def _folds(labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.intp]:
    """The fold that each drawing is held back in, each digit spread over the folds."""
    order = rng.permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    folds = np.empty(len(labels), np.intp)
    folds[order] = np.arange(len(labels)) % _FOLDS
    return folds
