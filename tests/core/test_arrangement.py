"""What a person said of their strokes holds as long as these strokes are there."""

from __future__ import annotations

from qtdigits.core.arrangement import Arrangement, still_valid
from qtdigits.core.ink import Ink

INK = Ink.from_json([[[0, 0], [0, 9]], [[5, 0], [5, 9]], [[8, 0], [8, 9]]])


def test_arrangement_ends_with_one_of_its_strokes() -> None:
    joined = Arrangement(INK.strokes[:2], (Ink(INK.strokes[:2]),))
    assert joined.holds_for(INK)
    assert still_valid([joined], Ink(INK.strokes[:2])) == (joined,)
    assert still_valid([joined], Ink(INK.strokes[1:])) == ()
