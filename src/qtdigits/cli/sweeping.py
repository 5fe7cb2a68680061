"""qtdigits evaluate --sweep: accuracy under variation, as a table, CSV, JSON and a picture."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final

from qtdigits.cli.labelled import Labelled
from qtdigits.cli.reading import about_networks, read_digits
from qtdigits.cli.saving import save
from qtdigits.core.charts import Chart, line_charts, stacked
from qtdigits.core.data_files.digit_set import NOT_A_DIGIT
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.sweep import Axis, Curve, SweptDigits, sweep

Swept = tuple[str, tuple[Curve, ...]]
"""The source of a digit set, and its curves."""

_COLUMNS: Final = (
    "data",
    "network",
    "varied",
    "axis",
    "value",
    "unit",
    "n",
    "right",
    "accuracy",
    "low",
    "high",
)


def report_sweep(
    data: Sequence[Labelled], networks: list[Recognizer], args: argparse.Namespace
) -> None:
    """Sweep all data and save and print what was asked for; raises ValueError with a sentence."""
    digits = [(one.digit_set.source, _digits(one)) for one in data]
    readers = [partial(read_digits, network) for network in networks]
    swept = [(source, sweep(some, readers)) for source, some in digits]
    names = [network.card.name for network in networks]
    if args.csv is not None:
        save(args.csv, _as_csv(swept, names).encode())
    if args.picture is not None:
        save(args.picture, _as_picture(swept, names))
    if args.json:
        results = [_as_json(one) for one in swept]
        result = results[0] if len(results) == 1 else {"sets": results}
        print(json.dumps(result | about_networks(networks)))
    else:
        print("\n\n".join(_as_text(one, names) for one in swept))


def _digits(data: Labelled) -> SweptDigits:
    only = data.where(data.digit_set.labels != NOT_A_DIGIT)
    if not len(only.digit_set):
        raise ValueError(f"{data.digit_set.source} holds no digits; a sweep needs some")
    tracks = tuple([stroke.points() for stroke in ink.strokes] for ink in only.inks)
    return SweptDigits(only.digit_set.images, only.digit_set.labels, tracks)


def _label(axis: Axis) -> str:
    return f"{axis.title} ({axis.unit})"


def _as_text(swept: Swept, names: Sequence[str]) -> str:
    """A table for each axis: the values, and below them what each network reads right."""
    source, curves = swept
    width = max(12, *(min(24, len(name)) for name in names))
    lines = [f"{source}, {curves[0].n:,} digits, read right in %"]
    for curve in curves:
        lines += ["", f"  {_label(curve.axis)}"]
        lines.append(f"    {'':<{width}}" + "".join(f" {v:>7g}" for v in curve.axis.values))
        for number, name in enumerate(names):
            shares = "".join(f" {100 * share:>7.2f}" for share in curve.accuracy(number))
            lines.append(f"    {name[:24]:<{width}}{shares}")
    return "\n".join(lines)


def _as_json(swept: Swept) -> dict[str, Any]:
    """`accuracy` of the network measured, `compare` of the other one, for each of the values."""
    source, curves = swept
    axes = []
    for curve in curves:
        axis = curve.axis
        about: dict[str, Any] = {"axis": axis.name, "varied": axis.varied, "unit": axis.unit}
        about |= {"values": list(axis.values), "usual": axis.usual}
        about["accuracy"] = list(curve.accuracy(0))
        about["interval"] = [list(interval) for interval in curve.intervals(0)]
        if len(curve.right) > 1:
            about["compare"] = list(curve.accuracy(1))
        axes.append(about)
    return {"file": source, "n": curves[0].n, "sweep": axes}


def _as_csv(swept: Sequence[Swept], names: Sequence[str]) -> str:
    """One row for each value and network."""
    file = StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(_COLUMNS)
    for source, curves in swept:
        for curve in curves:
            for number, name in enumerate(names):
                for value, right, interval in zip(
                    curve.axis.values, curve.right[number], curve.intervals(number), strict=True
                ):
                    shares = [f"{share:.6f}" for share in (right / curve.n, *interval)]
                    axis = curve.axis
                    about = (_harmless(source), _harmless(name), axis.varied, axis.name)
                    rows.writerow([*about, f"{value:g}", axis.unit, curve.n, right, *shares])
    return file.getvalue()


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _as_picture(swept: Sequence[Swept], names: Sequence[str]) -> bytes:
    pictures = []
    for source, curves in swept:
        charts = [
            Chart(
                curve.axis.title.capitalize(),
                curve.axis.unit,
                curve.axis.values,
                tuple(
                    tuple(100 * share for share in curve.accuracy(number))
                    for number in range(len(names))
                ),
            )
            for curve in curves
        ]
        title = f"Read right, {Path(source).name}, {curves[0].n:,} digits"
        pictures.append(line_charts(title, names, charts, columns=4 if len(charts) > 6 else 3))
    content = BytesIO()
    stacked(pictures).save(content, format="PNG", optimize=True)
    return content.getvalue()
