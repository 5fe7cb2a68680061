"""The best way to divide pieces into shapes, each piece in exactly one of them."""

from __future__ import annotations

from collections.abc import Sequence


def best_division(count: int, shapes: Sequence[tuple[int, float]]) -> list[int]:
    """Which shapes divide `count` pieces with the highest sum of scores; their places in `shapes`.

    A shape is a set of pieces, as the bits of a whole number (bit i for piece i), and its score.
    Together the chosen ones hold each piece once. Dynamic programming from the first piece on: what
    is best for the pieces left does not depend on how the others were divided, so it is exact, and
    quick as long as shapes hold neighbours. Raises ValueError where there is no such division.
    """
    beginning: list[list[int]] = [[] for _ in range(count)]
    for at, (members, _) in enumerate(shapes):
        if members:
            beginning[(members & -members).bit_length() - 1].append(at)
    # Sets of pieces that are divided already, each with its best sum and the last shape.
    reached: dict[int, tuple[float, int]] = {0: (0.0, -1)}
    for piece in range(count):
        bit = 1 << piece
        for done, (total, _) in [(d, r) for d, r in reached.items() if not d & bit]:
            if ~done & (bit - 1):
                continue  # an earlier piece is left over
            for at in beginning[piece]:
                members, score = shapes[at]
                after = done | members
                if not done & members and (
                    after not in reached or total + score > reached[after][0]
                ):
                    reached[after] = (total + score, at)
    done = (1 << count) - 1
    if done not in reached:
        raise ValueError("the shapes do not cover all pieces")
    chosen = []
    while done:
        _, at = reached[done]
        chosen.append(at)
        done &= ~shapes[at][0]
    return chosen[::-1]
