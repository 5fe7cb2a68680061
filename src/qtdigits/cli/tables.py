"""The figures of qtdigits evaluate as a text for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from qtdigits.core.evaluation import CLASSES

_WORST: Final = 5
"""So many writers are listed; JSON has all."""


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
    if figures["error_when_sure"] is not None:
        wrong = f"{_percent(figures['error_when_sure'])} of these wrong"
        rows.append(("sure", f"{_percent(figures['coverage'])}, {wrong}"))
    rows.append(("digits refused", _percent(figures["digits_refused"])))
    if figures["empty"]:
        rows.append(("no digit found", f"{figures['empty']:,}"))
    if "per_writer" in figures:
        rows += _writer_rows(figures["per_writer"])
    if "compare" in figures:
        rows += _comparison_rows(figures["compare"])
    return _aligned(rows)


def _writer_rows(writers: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """The writers who are read worst, one a row; they come sorted."""
    flawless = sum(one["right"] == one["n"] for one in writers.values())
    rows = [("writers", f"{len(writers):,}, {flawless:,} of them read without an error")]
    worst = [(name, one) for name, one in writers.items() if one["right"] < one["n"]]
    for at, (name, one) in enumerate(worst[:_WORST]):
        right = f"{_percent(one['accuracy']):>8}  ({one['right']:,} of {one['n']:,})"
        rows.append(("read worst" if at == 0 else "", f"{name[:24]:<24} {right}"))
    return rows


def _comparison_rows(figures: dict[str, Any]) -> list[tuple[str, str]]:
    """The other network's share beside, and what McNemar's test says of the two."""
    refused = "refused" in figures
    share = figures["refused" if refused else "accuracy"]
    interval = figures["refused_interval" if refused else "interval"]
    only = f"{figures['only_this_right']:,} right only here, {figures['only_other_right']:,} there"
    return [
        ("the other network", f"{_percent(share)}  ({_interval(interval)})"),
        ("compared with it", f"{figures['verdict']}  (p = {figures['p']:.2g}; {only})"),
    ]


def _non_digit_lines(figures: dict[str, Any]) -> list[str]:
    rows = [("not digits", f"{figures['n']:,}"), ("refused", _refused(figures))]
    if figures["look_alikes"]["n"]:
        if figures["without_look_alikes"]["n"]:
            rows.append(("but look-alikes", _refused(figures["without_look_alikes"])))
        rows.append(("look-alikes", _refused(figures["look_alikes"])))
    if "compare" in figures:
        rows += _comparison_rows(figures["compare"])
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
