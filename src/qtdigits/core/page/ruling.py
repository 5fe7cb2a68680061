"""Printed lines on paper: found by their length and taken away where no ink runs over them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.masks import Mask

_STRIPS: Final = 48
"""The picture is looked at in so many upright strips; a printed line goes through most."""
_NARROWEST: Final = 8
_FULL: Final = 0.7
"""Share of a strip's columns that a line covers."""
_SLOPE: Final = 0.12
"""Steepest line, in rows a column: seven degrees."""
_SHARE: Final = 0.45
"""Share of all strips that a line must be seen in."""
_SHARE_BETWEEN: Final = 0.3
"""… which is less where it lies as far from others as they lie from each other."""
_OFF: Final = 0.1
"""How much less or more far that may be, in distances of lines."""
_TRACE: Final = 0.15
"""Share of all strips that a line is followed through at once, before ink leads astray."""
_LONG_TRACE: Final = 0.6
_BEND: Final = 1.5
"""Rows that a line strays from the curve through it: paper under a camera bends no more."""
_THICKEST: Final = 0.012
"""A printed line is thinner than this share of the picture's longer side."""
_MOST_LINES: Final = 400


def without_ruling(mask: Mask) -> Mask:
    """The ink without lines that run on along or across most of the picture."""
    flat = _without_level_lines(mask)
    return _without_level_lines(flat.T).T


def _without_level_lines(mask: Mask) -> Mask:
    height, width = mask.shape
    step = max(_NARROWEST, width // _STRIPS)
    thickest = max(3, round(_THICKEST * max(height, width)))
    strips = width // step
    if strips < 6:
        return mask
    thin = _thin_runs(mask, thickest)
    near = thin.copy()
    near[1:] |= thin[:-1]
    near[:-1] |= thin[1:]
    filled = near[:, : strips * step].reshape(height, strips, step).mean(axis=2) >= _FULL
    places = [_run_middles(filled[:, strip]) for strip in range(strips)]
    lines = _chains(places, step)
    if not lines:
        return mask
    kept = mask.copy()
    for line in lines[:_MOST_LINES]:
        _take_away(kept, mask, line, step, thickest)
    return kept


def _thin_runs(mask: Mask, thickest: int) -> Mask:
    """The ink that is at most so many rows thick, measured down its column."""
    lengths = np.zeros(mask.shape, np.int32)
    padded = np.pad(mask, ((1, 1), (0, 0))).astype(np.int8)
    edges = np.diff(padded, axis=0).T
    columns, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    lengths = (ends - starts).astype(np.int32)
    thin = np.zeros((mask.shape[1], mask.shape[0] + 1), np.int8)
    few = lengths <= thickest
    np.add.at(thin, (columns[few], starts[few]), 1)
    np.add.at(thin, (columns[few], ends[few]), -1)
    return np.asarray(np.cumsum(thin, axis=1)[:, :-1].T > 0)


def _run_middles(column: Mask) -> NDArray[np.float64]:
    edges = np.diff(np.pad(column, 1).astype(np.int8))
    return np.asarray((np.flatnonzero(edges == 1) + np.flatnonzero(edges == -1) - 1) / 2)


def _chains(places: list[NDArray[np.float64]], step: int) -> list[NDArray[np.float64]]:
    """Lines through the strips: for each an array (n, 2) of strip and row."""
    open_lines: list[list[tuple[int, float]]] = []
    for strip, rows in enumerate(places):
        free = rows.tolist()
        for line in open_lines:
            last_strip, last_row = line[-1]
            if not free or strip - last_strip > len(places) // 4:
                continue
            expected = last_row + _trend(line) * (strip - last_strip)
            nearest = min(free, key=lambda row: abs(row - expected))
            room = 2.0 + _SLOPE * step * (1 if len(line) < 3 else 0.3)
            if abs(nearest - expected) <= room:
                line.append((strip, nearest))
                free.remove(nearest)
        open_lines += [[(strip, row)] for row in free]
    return _whole_lines(open_lines, places, step)


def _whole_lines(
    traces: list[list[tuple[int, float]]], places: list[NDArray[np.float64]], step: int
) -> list[NDArray[np.float64]]:
    """The lines that traces belong to, each once, those with the longest traces first."""
    lines: list[NDArray[np.float64]] = []
    for trace in sorted(traces, key=len, reverse=True):
        if len(trace) < _TRACE * len(places):
            break
        line = _followed(np.array(trace), places)
        if len(line) < _SHARE_BETWEEN * len(places) or not _is_level(line, step):
            continue
        enough = len(line) >= _SHARE * len(places) or _is_between(line, lines, len(places) / 2)
        if enough and not _is_known(line, lines):
            lines.append(line)
    return lines


def _followed(line: NDArray[np.float64], places: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The curve that most of a trace lies on, wherever it is seen: strip and row, shape (n, 2).

    What was taken for the line where ink runs beside it or over it, is left out.
    """
    least = len(line) // 2
    # A short trace says nothing of a bend, and the rest of the line lies on neither side of it.
    degree = 2 if np.ptp(line[:, 0]) > _LONG_TRACE * len(places) else 1
    while len(line) >= max(4, least):
        curve = np.polyfit(line[:, 0], line[:, 1], degree)
        strays = np.abs(np.polyval(curve, line[:, 0]) - line[:, 1])
        if strays.max() <= _BEND:
            seen = _seen_on(curve, places)
            if degree == 2 or np.ptp(seen[:, 0]) <= _LONG_TRACE * len(places):
                return seen
            return _seen_on(np.polyfit(seen[:, 0], seen[:, 1], 2), places)
        line = np.delete(line, int(strays.argmax()), axis=0)
    return line[:0]


def _seen_on(curve: NDArray[np.float64], places: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    seen = []
    for strip, rows in enumerate(places):
        if len(rows):
            row = np.polyval(curve, strip)
            nearest = float(rows[np.abs(rows - row).argmin()])
            if abs(nearest - row) <= _BEND:
                seen.append((float(strip), nearest))
    return np.array(seen).reshape(-1, 2)


def _is_between(line: NDArray[np.float64], lines: list[NDArray[np.float64]], middle: float) -> bool:
    """Does a line stand in the regular ruling of others, at least four, by its row in `middle`?"""
    rows = np.sort([np.polyval(np.polyfit(other[:, 0], other[:, 1], 1), middle) for other in lines])
    if len(rows) < 4:
        return False
    distance = float(np.median(np.diff(rows)))
    row = float(np.polyval(np.polyfit(line[:, 0], line[:, 1], 1), middle))
    away = float(np.abs(rows - row).min()) / max(distance, 1.0)
    return round(away) >= 1 and abs(away - round(away)) <= _OFF


def _is_known(line: NDArray[np.float64], lines: list[NDArray[np.float64]]) -> bool:
    """Is it one of the lines found already, reached from another trace of it?"""
    own = {tuple(place) for place in line.tolist()}
    return any(2 * len(own & {tuple(at) for at in other.tolist()}) > len(own) for other in lines)


def _trend(line: list[tuple[int, float]]) -> float:
    """Rows a strip, from the last strips of a line."""
    first, last = line[max(0, len(line) - 8)], line[-1]
    return 0.0 if last[0] == first[0] else (last[1] - first[1]) / (last[0] - first[0])


def _is_level(line: NDArray[np.float64], step: int) -> bool:
    """Does it rise or fall no more than it may?"""
    rise = abs(float(line[-1, 1] - line[0, 1])) / max(1.0, float(np.ptp(line[:, 0])) * step)
    return rise <= _SLOPE


def _take_away(kept: Mask, mask: Mask, line: NDArray[np.float64], step: int, thickest: int) -> None:
    """Clear a line from `kept`, column by column, where the ink is as thin as the line is."""
    height, width = mask.shape
    curve = np.polyfit(line[:, 0] * step + step / 2, line[:, 1], 2)
    columns = np.arange(width)
    rows = np.interp(columns, line[:, 0] * step + step / 2, line[:, 1])
    ends = (columns < line[0, 0] * step) | (columns > line[-1, 0] * step)
    rows[ends] = np.polyval(curve, columns[ends])
    reach = thickest + 3
    offsets = np.arange(-reach, reach + 1)
    window = np.rint(rows)[None, :].astype(np.intp) + offsets[:, None]
    inside = (window >= 0) & (window < height)
    ink = mask[np.clip(window, 0, height - 1), columns[None, :]] & inside
    runs = _run_through(ink, reach)
    thickness = runs.sum(axis=0)
    seen = thickness[thickness > 0]
    if not len(seen):
        return
    limit = min(float(thickest), 1.5 * float(np.median(seen)) + 1)
    clear = runs & (thickness <= limit)[None, :]
    down, across = np.nonzero(clear)
    kept[window[down, across], across] = False


def _run_through(ink: Mask, middle: int) -> Mask:
    """The connected ink of each column that lies at its middle, or within two rows of it."""
    seed = np.zeros_like(ink)
    for offset in (0, -1, 1, -2, 2):
        empty = ~seed.any(axis=0)
        seed[middle + offset] |= ink[middle + offset] & empty
    for row in range(middle - 2, len(ink) - 1):
        seed[row + 1] |= seed[row] & ink[row + 1]
    for row in range(len(ink) - 1, 0, -1):
        seed[row - 1] |= seed[row] & ink[row - 1]
    return seed
