"""The labelled data that a network is measured on: read, and reduced to the part that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.core.data_files.digit_set import DigitSet, Part
    from qtdigits.core.ink import Ink
    from qtdigits.core.model_card import ModelCard

HELD_OUT: Final = "held-out"
PARTS: Final = ("test", "train", HELD_OUT)


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A digit set and, where they were asked for and are known, the inks of its images."""

    digit_set: DigitSet
    inks: tuple[Ink, ...] = ()

    def where(self, chosen: NDArray[np.bool_]) -> Labelled:
        """The images for which `chosen`, of shape (n,), is true, with their inks."""
        inks = tuple(ink for ink, stays in zip(self.inks, chosen.tolist(), strict=False) if stays)
        return Labelled(self.digit_set.where(chosen), inks)


def read_labelled(
    paths: Sequence[Path], part: str, writers: Path | None, with_inks: bool = False
) -> list[Labelled]:
    """Read all data; raises ValueError with a sentence.

    A path such as synthetic:5000 asks for so many new digits of the synthetic pen. writers: an
    archive that names the writers of images whose own file does not. Of the held-out part the whole
    training part is returned: see held_out.
    """
    from qtdigits.core.data_files.reader import read_digit_set
    from qtdigits.core.data_files.regular import shown
    from qtdigits.core.data_files.writers import read_writers
    from qtdigits.core.drawn_digits import drawn_count, drawn_digit_set

    read_part: Part = "test" if part == "test" else "train"
    names = None if writers is None else read_writers(writers, read_part)
    sets = [
        read_digit_set(path, read_part) if count is None else drawn_digit_set(count)
        for path, count in ((path, drawn_count(str(path))) for path in paths)
    ]
    if writers is not None and names is not None:
        fitting = [not one.writers and len(one) == len(names) for one in sets]
        if not any(fitting):
            raise ValueError(
                f"{shown(writers)} names the writers of {len(names):,} images, "
                "but none of the data without writers has as many"
            )
        sets = [
            replace(one, writers=names) if fits else one
            for one, fits in zip(sets, fitting, strict=True)
        ]
    if part == HELD_OUT:
        for one in sets:
            _require_writers(one)
    return [
        Labelled(one, _inks(path) if with_inks else ())
        for path, one in zip(paths, sets, strict=True)
    ]


def held_out(data: Labelled, card: ModelCard) -> Labelled:
    """Only what was written by those that training a network kept back, as its card says."""
    import numpy as np

    from qtdigits.core.held_out import held_out_writers

    share, fold = kept_back(card)
    names = np.array(data.digit_set.writers, np.str_)
    inked = data.digit_set.images.any(axis=(1, 2))  # training leaves empty drawings out
    kept = held_out_writers(names[inked].tolist(), share, fold)
    return data.where(np.isin(names, list(kept)) & inked)


def kept_back(card: ModelCard) -> tuple[float, int]:
    """The share of the writers that training kept back, and which; raises ValueError."""
    share, fold = card.settings.get("validation_share", 0.1), card.settings.get("fold", 0)
    if not isinstance(share, int | float) or not isinstance(fold, int):
        raise ValueError(f"the model card of {card.name} does not say which writers were kept back")
    if not 0 < share <= 1 or fold < 0:
        raise ValueError(
            f"the model card of {card.name} says that fold {fold} of {share:g} of the writers "
            "was kept back, which cannot be"
        )
    return float(share), int(fold)


def sample(data: Labelled, limit: int | None, seed: int) -> Labelled:
    """At most `limit` images, drawn at random without repetition, in the order of the file."""
    import numpy as np

    n = len(data.digit_set)
    if limit is None or limit >= n:
        return data
    chosen = np.zeros(n, np.bool_)
    chosen[np.random.default_rng(seed).choice(n, limit, replace=False)] = True
    return data.where(chosen)


def _require_writers(digit_set: DigitSet) -> None:
    if len(set(digit_set.writers)) < 2:
        found = "only one writer" if digit_set.writers else "no writers"
        raise ValueError(
            f"{digit_set.source} names {found}, so that nobody in it was held out; "
            "for MNIST give --writers with the file that names them"
        )


def _inks(path: Path) -> tuple[Ink, ...]:
    from qtdigits.core.data_files.regular import Content, content_of
    from qtdigits.core.data_files.strokes import read_drawings

    if not path.is_file() or content_of(path) is not Content.STROKES:
        return ()
    return tuple(drawing.ink for drawing in read_drawings(path))
