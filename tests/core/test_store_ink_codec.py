"""Ink as bytes: exact, small, and never trusted."""

from __future__ import annotations

import random
import zlib

import pytest

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.samples import sample_drawings
from qtdigits.core.store.ink_codec import decode_ink, encode_ink, ink_digest


def random_ink(rng: random.Random) -> Ink:
    def sample() -> PenSample:
        return PenSample(rng.uniform(-1e9, 1e9), rng.gauss(0, 1), rng.uniform(0, 1e6), rng.random())

    return Ink(
        tuple(
            Stroke(tuple(sample() for _ in range(rng.randrange(1, 40))))
            for _ in range(rng.randrange(6))
        )
    )


@pytest.mark.parametrize("seed", range(20))
def test_every_number_comes_back_exactly(seed: int) -> None:
    ink = random_ink(random.Random(seed))
    assert decode_ink(encode_ink(ink)) == ink


def test_handwriting_takes_a_few_hundred_bytes() -> None:
    sizes = [len(encode_ink(drawing.ink)) for drawing in sample_drawings()]
    assert sum(sizes) / len(sizes) < 1500


@pytest.mark.parametrize("seed", range(200))
def test_changed_bytes_are_refused_or_read_but_never_worse(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(encode_ink(random_ink(rng)))
    for _ in range(rng.randrange(1, 4)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        decode_ink(bytes(data[: rng.choice([len(data), rng.randrange(len(data))])]))
    except ValueError as error:
        assert "strokes" in str(error)  # noqa: PT017 - both ends are right, but no other error


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = zlib.compress(b"\0" * (65 << 20))
    with pytest.raises(ValueError, match="strokes"):
        decode_ink(b"\x01\x01\0\0\0" + packed)


def test_digest_survives_export_and_tells_drawings_apart() -> None:
    inks = [drawing.ink for drawing in sample_drawings()]
    assert len({ink_digest(ink) for ink in inks}) == len(inks)
    for ink in inks:
        assert ink_digest(Ink.from_json(ink.to_json())) == ink_digest(ink)
