"""The file of the drawing on the paper: exact, whole, and believed nothing."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.kept_ink import KeptInk
from qtdigits.core.store.ink_codec import encode_ink

INK = Ink(
    (Stroke((PenSample(1 / 3, 2.0, 5.5, 0.25), PenSample(7.0, 1e-9))), Stroke.from_points([(1, 2)]))
)
ARRANGED = ArrangedInk(INK, (Arrangement(INK.strokes[:1], (Ink(INK.strokes[:1]),)),))
DRAWING = ArrangedInk(INK)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "paper.ink"


def test_drawing_comes_back_to_the_last_bit(file: Path) -> None:
    KeptInk(file).keep(DRAWING)
    assert KeptInk(file).recover() == (DRAWING, "")


def test_what_was_said_of_a_drawing_comes_back_with_it(file: Path) -> None:
    KeptInk(file).keep(ARRANGED)
    assert KeptInk(file).recover() == (ARRANGED, "")


def test_file_of_an_earlier_version_is_read(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"qtdigits ink 1\n\1" + encode_ink(INK))
    assert KeptInk(file).recover() == (DRAWING, "")
    assert KeptInk(file).recover() == (
        None,
        f"The drawing of last time made qtdigits end twice; "
        f"it lies in {file.with_suffix('.unreadable')}.",
    )


def test_nothing_was_kept_after_a_good_end(file: Path) -> None:
    kept = KeptInk(file)
    kept.keep(DRAWING)
    kept.forget()
    assert kept.recover() == (None, "")
    assert list(file.parent.iterdir()) == []


def test_empty_paper_leaves_no_file(file: Path) -> None:
    kept = KeptInk(file)
    kept.keep(DRAWING)
    kept.keep(ArrangedInk())
    assert not file.exists()


def test_drawing_recovered_twice_without_a_good_end_is_set_aside(file: Path) -> None:
    KeptInk(file).keep(DRAWING)
    assert [KeptInk(file).recover()[0] for _ in range(3)] == [DRAWING, DRAWING, None]
    aside = file.with_suffix(".unreadable")
    assert aside.exists()
    assert not file.exists()


def test_drawing_that_goes_on_may_be_recovered_again(file: Path) -> None:
    KeptInk(file).keep(DRAWING)
    for _ in range(4):
        drawing, _ = KeptInk(file).recover()
        assert drawing == DRAWING
        KeptInk(file).keep(drawing)


@pytest.mark.parametrize("seed", range(60))
def test_damaged_file_is_a_sentence_and_stays(seed: int, file: Path) -> None:
    KeptInk(file).keep(ARRANGED)
    rng = random.Random(seed)
    data = bytearray(file.read_bytes())
    if seed % 3 == 0:
        del data[rng.randrange(len(data)) :]
    else:
        for _ in range(rng.randrange(1, 9)):
            data[rng.randrange(len(data))] = rng.randrange(256)
    file.write_bytes(data)
    drawing, sentence = KeptInk(file).recover()
    if drawing is None:
        assert "drawing of last time" in sentence
        assert file.with_suffix(".unreadable").read_bytes() == data
    else:  # a flipped bit may change where a sample lies, or how often it was tried
        assert sentence == ""


def test_enormous_file_is_not_read(file: Path) -> None:
    file.parent.mkdir()
    with file.open("wb") as stream:
        stream.truncate(1 << 40)
    drawing, sentence = KeptInk(file).recover()
    assert drawing is None
    assert "is damaged" in sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_in_its_place_is_not_waited_for(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    drawing, sentence = KeptInk(file).recover()
    assert drawing is None
    assert "is damaged" in sentence
    KeptInk(file).keep(DRAWING)
    assert KeptInk(file).recover() == (DRAWING, "")


@pytest.mark.skipif(sys.platform == "win32", reason="folders can be opened elsewhere")
def test_folder_in_its_place_is_a_sentence(file: Path) -> None:
    file.mkdir(parents=True)
    drawing, sentence = KeptInk(file).recover()
    assert drawing is None
    assert "cannot be read" in sentence


def test_write_that_fails_leaves_the_older_drawing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptInk(file)
    kept.keep(DRAWING)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        kept.keep(ArrangedInk(Ink((Stroke.from_points([(0, 0), (9, 9)]),))))
    assert kept.recover() == (DRAWING, "")
