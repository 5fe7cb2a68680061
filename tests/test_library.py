"""qtdigits as a library reads what it is given, in this process and in others."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from qtdigits import Recognizer
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Verdict

SEVEN = [[(20, 20), (80, 20), (45, 110)]]


def picture() -> Image.Image:
    """Two sevens: black on white."""
    image = Image.new("L", (220, 140), 255)
    draw = ImageDraw.Draw(image)
    for shift in (0, 90):
        draw.line([(x + shift, y) for x, y in SEVEN[0]], fill=0, width=8, joint="curve")
    return image


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer.load()


def arrays() -> dict[str, NDArray[Any]]:
    grey = np.asarray(picture())
    return {
        "uint8": grey,
        "inverted": 255 - grey,
        "float": grey / 255.0,
        "bool": grey > 127,
        "rgb": np.stack([grey] * 3, axis=2),
        "rgb float": np.stack([grey] * 3, axis=2).astype(np.float32) / np.float32(255),
        "transparent": np.stack([0 * grey] * 3 + [255 - grey], axis=2),
        "not contiguous": np.asfortranarray(grey),
    }


@pytest.mark.parametrize("kind", arrays())
def test_array_is_read_whatever_its_type_and_polarity(recognizer: Recognizer, kind: str) -> None:
    assert recognizer.read(arrays()[kind]).text == "77"


def test_path_and_pillow_image_are_read(recognizer: Recognizer, tmp_path: Path) -> None:
    picture().save(tmp_path / "sevens.png")
    given: list[Any] = [tmp_path / "sevens.png", str(tmp_path / "sevens.png"), picture()]
    assert [recognizer.read(one).text for one in given] == ["77"] * 3


def test_strokes_are_read(recognizer: Recognizer) -> None:
    readings = recognizer.read_all([SEVEN, Ink.from_json(SEVEN), []])
    assert [reading.text for reading in readings] == ["7", "7", ""]
    assert readings[2].verdict is Verdict.EMPTY


def test_many_are_read_in_their_order(recognizer: Recognizer) -> None:
    blank = np.zeros((30, 30), np.uint8)
    given: list[Any] = [blank, picture(), SEVEN, blank, picture()]
    texts = [reading.text for reading in recognizer.read_all(given)]
    assert texts == ["", "77", "7", "", "77"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (np.zeros((2, 3, 4, 5)), "shape"),
        (np.zeros((0, 5)), "shape"),
        (np.full((5, 5), 7.0), r"0\.\.1"),
        (np.zeros((5, 5), np.int64), "int64"),
        (7, "not int"),
        ([[("a", "b")]], "point"),
        ("gone.png", "does not exist"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(
    recognizer: Recognizer,
    given: Any,  # noqa: ANN401 - it is what a caller should not give
    says: str,
) -> None:
    with pytest.raises(ValueError, match=says):
        recognizer.read(given)


def test_network_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "network.keras").write_bytes(b"words")
    with pytest.raises(ValueError, match="not a Keras network"):
        Recognizer.load(tmp_path / "network.keras")


def read_text(recognizer: Recognizer, levels: NDArray[np.uint8]) -> str:
    return recognizer.read(levels).text


def test_pickled_recognizer_reads_in_another_process(recognizer: Recognizer) -> None:
    assert len(pickle.dumps(recognizer)) < 1000
    levels = np.asarray(picture())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
        assert workers.submit(read_text, recognizer, levels).result(timeout=120) == "77"


def test_importing_the_package_imports_nothing_else() -> None:
    program = "import sys, qtdigits; print({'numpy', 'PIL', 'keras'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "set()\n"


def test_dask_example_of_the_readme_reads_pictures(tmp_path: Path) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (example,) = (part for part in readme.split("```python\n") if part.startswith("import dask"))
    (tmp_path / "example.py").write_text(example.split("```")[0], encoding="utf-8")
    (tmp_path / "scans").mkdir()
    for name in ("a.png", "b.png"):
        picture().save(tmp_path / "scans" / name)
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, capture_output=True, text=True, timeout=200
    )
    assert done.stdout == "['77', '77']\n", done.stderr
