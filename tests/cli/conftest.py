"""A network that needs no Keras, and files for the commands to read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from qtdigits.cli import evaluate, recognize
from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction, Verdict


class FakeNetwork:
    """Reads a drawing as 1 if it is narrow; refuses one that is wide and flat; else 0, unsure."""

    card = ModelCard(
        name="fake",
        network="fake",
        parameters=0,
        created="",
        sha256="00",
        conformal_threshold=0.25,
        energy_threshold=-2.4,
    )

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        probabilities = np.array([p.probabilities for p in self.predict(images)], np.float32)
        return np.log(np.maximum(probabilities, np.float32(1e-9)))

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        assert images.dtype == np.float32
        assert images.max() <= 1
        return [self._read(image) for image in images]

    def _read(self, image: NDArray[np.float32]) -> Prediction:
        height, width = (int(np.ptp(places)) for places in np.nonzero(image > 0.5))
        if width < height / 2:
            return Prediction((0.0, 0.9, *[0.0125] * 8), Verdict.DIGIT, (1,))
        if height < width / 2:
            return Prediction((0.1,) * 10, Verdict.NOT_A_DIGIT, ())
        return Prediction((0.5, 0.0, *[0.025] * 6, 0.3, 0.05), Verdict.UNSURE, (0, 8))


class EightsNetwork(FakeNetwork):
    """Reads everything as 8."""

    card = ModelCard(name="eights", network="fake", parameters=0, created="", sha256="08")

    def _read(self, image: NDArray[np.float32]) -> Prediction:
        return Prediction((*[0.02] * 8, 0.82, 0.02), Verdict.DIGIT, (8,))


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> FakeNetwork:
    fake = FakeNetwork()

    def load(path: Path | None) -> FakeNetwork:
        return fake

    def load_several(paths: Sequence[Path | None]) -> list[FakeNetwork]:
        return [EightsNetwork() if path and path.stem == "eights" else fake for path in paths]

    monkeypatch.setattr(recognize, "load_network", load)
    monkeypatch.setattr(evaluate, "load_networks", load_several)
    return fake


@pytest.fixture
def one_png(tmp_path: Path) -> Path:
    """A picture of a one: black on white, 200 x 200."""
    picture = Image.new("L", (200, 200), "white")
    ImageDraw.Draw(picture).line((100, 40, 100, 160), fill="black", width=8)
    picture.save(tmp_path / "one.png")
    return tmp_path / "one.png"


@pytest.fixture
def strokes_file(tmp_path: Path) -> Path:
    """A one, a zero, a dash labelled 'Z' and a one labelled 'x'."""
    path = tmp_path / "pen.jsonl"
    path.write_text(
        '{"label": 1, "strokes": [[[0, 0], [0, 9]]]}\n'
        '{"label": 0, "strokes": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}\n'
        '{"label": "Z", "strokes": [[[0, 0], [9, 0]]]}\n'
        '{"label": "x", "strokes": [[[0, 0], [0, 9]]]}\n'
    )
    return path
