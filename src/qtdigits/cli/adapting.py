"""qtdigits evaluate --adapt: what lessons of a few drawings do for each writer's other drawings."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.labelled import HELD_OUT

if TYPE_CHECKING:
    import numpy as np

    from qtdigits.core.adaptation import AdaptationFigures, Answers
    from qtdigits.core.lesson import LessonDrawing
    from qtdigits.core.model_card import ModelCard
    from qtdigits.ml.adapt import Teacher

_SHOWN: Final = 30
_ByWriter = dict[str, list["LessonDrawing"]]


def report_adaptation(args: argparse.Namespace) -> None:
    """Print what lessons of args.adapt drawings of each digit do, writer by writer."""
    for option in ("compare", "sheet", "writers", "csv", "picture"):
        if getattr(args, option) is not None:
            raise ValueError(f"--{option} does not go together with --adapt; leave it out")
    if args.sweep or args.limit is not None:
        raise ValueError("--sweep and --limit do not go together with --adapt; leave them out")

    from qtdigits.cli.teaching import load_teacher, use_one_blas_thread

    use_one_blas_thread()
    found = [_writers(path) for path in args.data]
    teacher = load_teacher(args.model)
    several = len(found) > 1
    writers: _ByWriter = {}
    for path, one in zip(args.data, found, strict=True):
        if args.part == HELD_OUT:
            one = _held_out(one, teacher.card)
        writers.update({f"{path.name}: {name}" if several else name: d for name, d in one.items()})
    answers = _answers(teacher, writers, args.adapt, args.repeat, args.seed)
    if not answers:
        raise ValueError(
            f"nobody wrote more than {args.adapt} drawings of each digit; give a smaller number"
        )

    from qtdigits.core.adaptation import adaptation_figures

    figures = adaptation_figures(answers, teacher.card)
    left_out = len(writers) - len(answers)
    if args.json:
        about = {
            "files": [str(path) for path in args.data],
            "drawings_each": args.adapt,
            "repeats": args.repeat,
            "seed": args.seed,
            "writers_left_out": left_out,
            "model": {"name": teacher.card.name, "sha256": teacher.card.sha256},
        }
        print(json.dumps(about | figures.to_json()))
    else:
        print(_table(figures, args.adapt, left_out))


def _writers(path: Path) -> _ByWriter:
    """The digits of a strokes file by writer; raises ValueError where it names none."""
    from qtdigits.core.data_files.regular import shown
    from qtdigits.core.data_files.strokes import read_drawings
    from qtdigits.core.lesson import LessonDrawing

    writers: _ByWriter = defaultdict(list)
    for drawing in read_drawings(path):
        if drawing.digit >= 0 and not drawing.ink.is_empty and drawing.writer:
            writers[drawing.writer].append(LessonDrawing(drawing.ink, drawing.digit))
    if not writers:
        raise ValueError(f"{shown(path)} holds no digits whose writers are named")
    return dict(writers)


def _held_out(writers: _ByWriter, card: ModelCard) -> _ByWriter:
    """Only those whom training the network kept back, as its card says."""
    from qtdigits.cli.labelled import kept_back
    from qtdigits.core.held_out import held_out_writers

    kept = held_out_writers(writers, *kept_back(card))
    return {name: drawings for name, drawings in writers.items() if name in kept}


def _answers(
    teacher: Teacher, writers: _ByWriter, each: int, repeats: int, seed: int
) -> dict[str, Answers]:
    """The trials of all writers with enough drawings."""
    import numpy as np

    answers: dict[str, Answers] = {}
    for at, (name, drawings) in enumerate(writers.items()):
        rng = np.random.default_rng([seed, at])
        one = _writer_answers(teacher, drawings, each, repeats, rng)
        if one is not None:
            answers[name] = one
    return answers


def _writer_answers(
    teacher: Teacher,
    drawings: Sequence[LessonDrawing],
    each: int,
    repeats: int,
    rng: np.random.Generator,
) -> Answers | None:
    import numpy as np

    from qtdigits.core.adaptation import Answers
    from qtdigits.ml.trial import lesson_places, try_lesson

    trials = []
    for _ in range(repeats):
        chosen = lesson_places([one.label for one in drawings], each, rng)
        if chosen is None:
            return None
        pairs = list(zip(drawings, chosen.tolist(), strict=True))
        lesson = [one for one, learns in pairs if learns]
        others = [one for one, learns in pairs if not learns]
        trials.append(try_lesson(teacher, lesson, others, rng))
    return Answers(
        np.concatenate([one.before for one in trials]),
        np.concatenate([one.after for one in trials]),
        np.concatenate([one.labels for one in trials]),
        sum(one.judgement.used for one in trials),
        len(trials),
    )


def _table(figures: AdaptationFigures, each: int, left_out: int) -> str:
    """The figures as a text for people."""
    lines = [
        f"Lessons of {each} drawings of each digit, {len(figures.writers)} writers"
        + (f" ({left_out} with too few drawings left out)" if left_out else ""),
        "",
        f"  {'writer':<28} {'drawings':>8} {'errors':>7} {'after':>6}  lesson",
    ]
    told = [one for one in figures.writers if one.errors_before or one.errors_after]
    for one in told[:_SHOWN]:
        taken = "used" if one.used == one.lessons else "refused"
        if 0 < one.used < one.lessons:
            taken = f"used {one.used} of {one.lessons} times"
        lines.append(
            f"  {one.writer[:28]:<28} {one.n:>8,} {one.errors_before:>7} "
            f"{one.errors_after:>6}  {taken}"
        )
    if len(told) > _SHOWN:
        lines.append(f"  and {len(told) - _SHOWN} more, see --json")
    flawless = len(figures.writers) - len(told)
    if flawless:
        lines.append(f"  {flawless} writers were and are read without an error")
    removed = "" if figures.removed is None else f", {figures.removed:.1%} taken away"
    before, after = figures.before, figures.after
    lines += [
        "",
        f"  errors             {before.errors} of {figures.n:,}, after {after.errors}{removed}",
        f"  writers            {figures.better} better, {figures.worse} worse "
        f"(sign test p = {figures.p:.2g}), {figures.clearly_worse} clearly worse",
        f"  calibration error  {before.ece:.2%}, after {after.ece:.2%}",
        f"  sure               {before.sure:.2%}, after {after.sure:.2%}",
        f"  refused            {before.refused:.2%}, after {after.refused:.2%}",
    ]
    return "\n".join(lines)
