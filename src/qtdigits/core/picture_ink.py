"""Which pixels of a picture are ink: polarity, lighting, contrast and specks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from qtdigits.core.masks import Mask, components

Grey = NDArray[np.float32]
"""Shape (height, width), 0 for black to 1 for white."""

_FLAT: Final = 0.04
"""A picture whose levels differ by less shows nothing; paper seen by a camera differs by less."""
_FLOOR: Final = 0.1
"""Share of the picture's contrast below which nothing is ink."""
_NOISE_FACTOR: Final = 4.0
_INK_LEVEL: Final = 0.4
"""Where between paper and full ink the edge of a stroke is taken to be."""
_EVEN_BORDER: Final = 0.1
_NEIGHBOURHOODS: Final = ((64, 64 / 6), (256, 256 / 40))
"""The side that a picture is reduced to, and the radius in which its contrast is looked at then:
for a marker that fills the picture, and for the writing on a page."""
_BACKGROUND_SIDE: Final = 64
_BACKGROUND_WINDOW: Final = 17
"""In pixels of the picture reduced to _BACKGROUND_SIDE: wider than any stroke."""
_COARSE_SIDE: Final = 256
_SPECK: Final = 0.04
"""A component with less than this share of the largest one's area is dirt."""
_MOST_COMPONENTS: Final = 12
"""More than this many shapes of like size are noise or a text, not a digit."""


@dataclass(frozen=True, slots=True, eq=False)
class StandOut:
    """How a picture's pixels stand out from its paper.

    difference: float32, 0 for paper, in shares of the picture's contrast; ink is above it. edge:
    the difference at which a stroke ends. even: whether the paper is equally bright all around.
    light_ink: whether the ink is lighter than the paper.
    """

    difference: Grey
    edge: float
    even: bool
    light_ink: bool

    def mask(self) -> Mask:
        """The pixels that may be ink."""
        return np.asarray(self.difference > self.edge)

    def coverage(self) -> NDArray[np.float32]:
        """The share of ink in each pixel, 0..1, where 0.5 is the edge of a stroke."""
        share = np.clip(self.difference / np.float32(2 * self.edge), 0, 1)
        return np.asarray(share, np.float32)


def ink_coverage(grey: Grey) -> tuple[NDArray[np.float32], Mask] | None:
    """Find the ink of one digit in a picture, whether it is dark on light or light on dark.

    Returns how much each pixel stands out from the paper (0..1, where 0.5 is the edge of a stroke)
    and the mask of the pixels that are ink; None if there is nothing that could be a digit.
    """
    found = stand_out(grey)
    if found is None:
        return None
    mask = _without_specks(found.mask(), drop_at_border=not found.even)
    return None if mask is None else (found.coverage(), mask)


def stand_out(grey: Grey) -> StandOut | None:
    """Find what stands out from the paper of a picture; None if nothing does."""
    low, high = float(grey.min()), float(grey.max())
    if min(grey.shape) < 4 or high - low < _FLAT:
        return None
    stretched = (grey - np.float32(low)) / np.float32(high - low)
    ring = _border(stretched)
    lower, middle, upper = _quantiles(ring, 0.25, 0.5, 0.75)
    found = None
    if upper - lower < _EVEN_BORDER:
        found = _on_even_paper(stretched, middle)
    # A shadow may begin inside the picture, and hide all ink from one level for the whole paper.
    return found or _on_uneven_paper(stretched)


def _on_even_paper(grey: Grey, paper: float) -> StandOut | None:
    difference = grey - np.float32(paper)
    light_ink = float(difference.sum()) > 0
    if not light_ink:
        np.negative(difference, out=difference)
    edge = ink_edge(difference)
    return None if edge is None else StandOut(difference, edge, True, light_ink)


def _on_uneven_paper(grey: Grey) -> StandOut | None:
    light_ink = _is_light_ink(grey)
    light = grey if light_ink else 1 - grey
    difference = light - _paper_under_light_ink(light)
    edge = ink_edge(difference)
    return None if edge is None else StandOut(difference, edge, False, light_ink)


def ink_edge(difference: Grey) -> float | None:
    """The difference from the paper at which strokes end; None if nothing stands out."""
    # Sigma of the noise, from the darker half, in which there is little or no ink.
    low, middle = _quantiles(difference.ravel(), 0.16, 0.5)
    noise = middle - low
    floor = max(_FLOOR, _NOISE_FACTOR * noise)
    standing_out = difference[difference > floor]
    if not len(standing_out):
        return None
    return max(_INK_LEVEL * _quantiles(standing_out, 0.9)[0], floor)


def _quantiles(levels: Grey, *shares: float) -> list[float]:
    """The levels below which these shares of them lie; quicker than numpy's, which interpolates."""
    places = [round(share * (len(levels) - 1)) for share in shares]
    ordered = np.partition(levels, places)
    return [float(ordered[place]) for place in places]


def _border(grey: Grey) -> Grey:
    """The pixels along the four sides, two per cent deep."""
    depth = max(1, min(grey.shape) // 50)
    return np.concatenate(
        [side.ravel() for side in (grey[:depth], grey[-depth:], grey[:, :depth], grey[:, -depth:])]
    )


def _is_light_ink(grey: Grey) -> bool:
    """Is the ink lighter than its paper, which is not even? The skew of local contrast says.

    What is local depends on the pen: the contrast is looked at in the neighbourhood, wide or
    narrow, in which it is most skewed. A shadow's edge is about as light as it is dark.
    """
    skews = [_skew_of_contrast(grey, side, radius) for side, radius in _NEIGHBOURHOODS]
    return max(skews, key=abs) > 0


def _skew_of_contrast(grey: Grey, side: int, radius: float) -> float:
    """Skewness of the difference from the neighbourhood; below 0 for dark ink, about 0 for none."""
    picture = Image.fromarray(grey).resize((side, side), Image.Resampling.BOX)
    local = np.asarray(picture.convert("F"), np.float64)
    blurred = _as_bytes(local).filter(ImageFilter.GaussianBlur(radius))
    difference = local - np.asarray(blurred, np.float64) / 255
    spread = float((difference**2).mean())
    return float(float((difference**3).mean()) / max(spread, 1e-9) ** 1.5)


def _paper_under_light_ink(light: Grey) -> Grey:
    """The paper's brightness everywhere, shadows and all: an opening wider than any stroke."""
    height, width = light.shape
    scale = _BACKGROUND_SIDE / max(height, width)
    small = Image.fromarray(light).resize(
        (max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.BOX
    )
    opened = (
        _as_bytes(np.asarray(small, np.float64))
        .filter(ImageFilter.MinFilter(_BACKGROUND_WINDOW))
        .filter(ImageFilter.MaxFilter(_BACKGROUND_WINDOW))
        .filter(ImageFilter.GaussianBlur(_BACKGROUND_WINDOW / 4))
    )
    paper = opened.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(paper, np.float32) / np.float32(255)


def _as_bytes(levels: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(np.rint(levels * 255).astype(np.uint8))


def any_in_blocks(mask: Mask, factor: int) -> Mask:
    """Reduce a mask: a block of factor x factor pixels is set if any pixel of it is."""
    height, width = mask.shape
    padded = np.pad(mask, ((0, -height % factor), (0, -width % factor)))
    blocks = padded.reshape(len(padded) // factor, factor, -1, factor)
    return np.asarray(blocks.any(axis=(1, 3)))


def _without_specks(mask: Mask, drop_at_border: bool) -> Mask | None:
    """Keep the shapes that may belong to a digit; None if none may."""
    factor = -(-max(mask.shape) // _COARSE_SIDE)
    labels, count = components(any_in_blocks(mask, factor))
    if count == 0:
        return None
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    areas[0] = 0
    if drop_at_border:
        # Uneven light comes from a camera: what is cut off by the edge is the table or a shadow.
        cut = np.unique(_border_labels(labels))
        inside = areas.copy()
        inside[cut] = 0
        if inside.max() > _SPECK * areas.max():
            areas = inside
    kept = areas >= max(1.0, _SPECK * float(areas.max()))
    if kept.sum() > _MOST_COMPONENTS:
        return None
    coarse = kept[labels]
    fine = np.repeat(np.repeat(coarse, factor, axis=0), factor, axis=1)
    return mask & fine[: mask.shape[0], : mask.shape[1]]


def _border_labels(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
