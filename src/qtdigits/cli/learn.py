"""qtdigits learn: let a network learn one person's hand from labelled drawings."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.arguments import add_json, add_model, path

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.lesson import LessonOutcome

_SHOWN: Final = 20


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "learn",
        help="let a network learn a hand from labelled drawings",
        description="Let a network learn one person's hand from labelled drawings. What was learnt "
        "is judged before it is saved: by the person's own drawings, each held back once, and by "
        "digits of many other hands. A lesson that does not help, or that harms, is refused with "
        "the reason; that is no error, and nothing is saved then.",
    )
    parser.add_argument(
        "--strokes",
        type=path,
        metavar="FILE",
        help="a strokes file, all of whose drawings have digits as labels",
    )
    add_model(parser)
    parser.add_argument(
        "--out", type=path, required=True, metavar="FILE", help="where to save (.keras or .h5)"
    )
    add_json(parser, "one JSON object")
    parser.add_argument(
        "--events",
        action="store_true",
        help="for another program: say when all is loaded, read the strokes file from standard "
        "input up to an empty line, and print what came of it as a line of JSON",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Learn, judge and save; returns the exit status. Raises ValueError for bad input."""
    from qtdigits.cli.teaching import use_one_blas_thread

    use_one_blas_thread()
    if args.events:
        if args.json or args.strokes is not None:
            raise ValueError("--events reads the drawings from standard input and prints JSON")
        from qtdigits.cli.learn_child import run_as_child

        return run_as_child(args.model, args.out)
    if args.strokes is None:
        raise ValueError("there is nothing to learn from; give a strokes file with --strokes")
    from qtdigits.core.lesson import check_lesson, read_lesson

    drawings = read_lesson(args.strokes)
    check_lesson([one.label for one in drawings])

    from qtdigits.cli.teaching import load_teacher

    teacher = load_teacher(args.model, args.out)
    lesson = teacher.teach(drawings)
    if lesson.outcome.used:
        teacher.save(lesson, args.out)
    if args.json:
        saved = str(args.out) if lesson.outcome.used else None
        print(json.dumps({"file": str(args.strokes), "out": saved} | lesson.outcome.to_json()))
    else:
        print(_report(lesson.outcome, args.out))
    return 0


def _report(outcome: LessonOutcome, out: Path) -> str:
    """What came of the lesson, for people."""
    n = len(outcome.drawings)
    lines = [
        f"{'Used' if outcome.used else 'Refused'}: {outcome.reason}",
        f"  drawings         {n:,}, {outcome.right_before:,} of them read right before",
    ]
    if outcome.used:
        lines.append(f"  after            {outcome.right_after:,} read right")
        changed = [
            f"    drawing {place}: {one.label} was read as {one.before}, now as {one.after}"
            for place, one in enumerate(outcome.drawings, 1)
            if one.turns_right or one.turns_wrong
        ]
        lines += changed[:_SHOWN]
        if len(changed) > _SHOWN:
            lines.append(f"    and {len(changed) - _SHOWN} more, see --json")
    guard = outcome.guard
    if guard is not None:
        lines.append(
            f"  other hands      {guard.accuracy_before:.2%} right before, "
            f"{guard.accuracy_after:.2%} after ({guard.n:,} digits)"
        )
    lines.append(f"  time             {outcome.seconds:.1f} s")
    if outcome.used:
        lines.append(f"Saved {out}.")
    return "\n".join(lines)
