"""The figures of qtdigits evaluate as a text for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qtdigits.core.evaluation import CLASSES


def report(figures: dict[str, Any]) -> str:
    """The text for one set, several lines without an end of line at the end."""
    lines = [figures["file"]]
    if "confusion" in figures:
        lines += _digit_lines(figures)
        if "non_digits" in figures:
            lines += _non_digit_lines(figures["non_digits"])
        lines += ["", *_confusion_lines(figures["confusion"], figures["per_class"])]
    else:
        lines += _non_digit_lines(figures)
    return "\n".join(lines)


def _digit_lines(figures: dict[str, Any]) -> list[str]:
    rows = [
        ("digits", f"{figures['n']:,}"),
        ("read right", f"{_percent(figures['accuracy'])}  ({_interval(figures['interval'])})"),
        ("errors", f"{figures['errors']:,}"),
        ("calibration error", _percent(figures["ece"])),
    ]
    if figures["sure_accuracy"] is not None:
        right = f"{_percent(figures['sure_accuracy'])} of these right"
        rows.append(("sure", f"{_percent(figures['sure'])}, {right}"))
    rows.append(("refused", _percent(figures["refused"])))
    if figures["empty"]:
        rows.append(("no digit found", f"{figures['empty']:,}"))
    return _aligned(rows)


def _non_digit_lines(figures: dict[str, Any]) -> list[str]:
    rows = [("not digits", f"{figures['n']:,}"), ("refused", _refused(figures))]
    if figures["look_alikes"]["n"]:
        if figures["without_look_alikes"]["n"]:
            rows.append(("but look-alikes", _refused(figures["without_look_alikes"])))
        rows.append(("look-alikes", _refused(figures["look_alikes"])))
    return _aligned(rows)


def _refused(figures: dict[str, Any]) -> str:
    share, interval = figures["refused"], figures["refused_interval"]
    return f"{_percent(share)} of {figures['n']:,}  ({_interval(interval)})"


def _aligned(rows: Sequence[tuple[str, str]]) -> list[str]:
    return [f"  {name:<18} {value}" for name, value in rows]


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _interval(ends: Sequence[float]) -> str:
    return f"95 % interval {100 * ends[0]:.2f} to {100 * ends[1]:.2f} %"


def _confusion_lines(
    confusion: Sequence[Sequence[int]], per_class: Sequence[float | None]
) -> list[str]:
    width = max(3, *(len(str(count)) for row in confusion for count in row))
    head = "".join(f" {digit:>{width}}" for digit in range(CLASSES))
    lines = ["  written \\ read as", f"     {head}    right"]
    for digit, (row, share) in enumerate(zip(confusion, per_class, strict=True)):
        counts = "".join(f" {count or '·':>{width}}" for count in row)
        lines.append(f"    {digit}{counts}  {'–' if share is None else _percent(share):>8}")
    return lines
