"""Uses the real window for an hour, or for some minutes: what grows, and what becomes slower.

Memory is what this process alone has of the machine's, where the network and the store live, too.
It is compared with what it was after 600 numbers had been written: until then fonts, pictures of
the strip's 500 drawings, TensorFlow's kernels and each dialog are made for the first time, and
everything has been done several times. From there on the highest figure counts, not the last one,
and a line through all of them says what 1,000 numbers cost. No garbage is collected for it.

What the window's thread computes for a number is divided by what it computes for a fixed piece of
work, since a busy machine makes both slower; the first quarter after the warm-up is compared with
the last one. The network's thread is left out: it answers the more often, the more time it has.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from qtdigits.core.paths import shipped_model
from soak_person import Person
from stage import private_settings, warm_program

_GROWTH_MB: Final = 50.0
_SLOWER: Final = 1.5
_LINE_EVERY_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process was like at one time."""

    minutes: float
    memory_mb: float
    handles: int
    threads: int
    none_references: int
    window_ms: float
    fixed_ms: float
    numbers: int

    @property
    def effort(self) -> float:
        """What a number costs the window's thread, in times of the fixed piece of work."""
        return self.window_ms / self.fixed_ms


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print the figures; returns 1 when one of them is not as it should be."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="for how long (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="which use (default: 1)")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        # Before Qt and platformdirs look: nothing of the person's is touched.
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        return judge(_use(args.minutes * 60, args.seed, Path(home)))


def _use(seconds: float, seed: int, folder: Path) -> list[Sample]:
    """Use the window for so long, and look at the process now and then."""
    application = QApplication(["soak"])
    samples: list[Sample] = []
    begun = time.monotonic()
    print(
        "minutes  memory MB  handles  threads  refs of None  window ms  fixed ms  numbers",
        flush=True,
    )
    with private_settings(), warm_program(shipped_model()) as program:
        person = Person(program, random.Random(seed), folder)
        while (passed := time.monotonic() - begun) < seconds:
            person.write_and_change()
            if passed >= len(samples) * _LINE_EVERY_S:
                samples.append(_look(passed, person))
    application.processEvents()
    return samples


def _look(passed: float, person: Person) -> Sample:
    """The process as it is now; printed, too."""
    times, person.times_ms = person.times_ms, []
    fixed, person.fixed_ms = person.fixed_ms, []
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    sample = Sample(
        passed / 60,
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        len(os.listdir("/proc/self/fd")),
        len(os.listdir("/proc/self/task")),
        sys.getrefcount(None),
        statistics.median(times),
        statistics.median(fixed),
        person.numbers,
    )
    print(
        f"{sample.minutes:7.1f} {sample.memory_mb:10.1f} {sample.handles:8} {sample.threads:8} "
        f"{sample.none_references:13,} {sample.window_ms:10.1f} {sample.fixed_ms:9.2f} "
        f"{sample.numbers:8,}",
        flush=True,
    )
    return sample


def judge(samples: Sequence[Sample]) -> int:
    """Compare the process after the warm-up with the rest; returns the exit status."""
    compared = [sample for sample in samples if sample.numbers >= Person.EVERYTHING_DONE]
    quarter = len(compared) // 4
    if not quarter:
        print(f"NOT WELL: too short; {Person.EVERYTHING_DONE} numbers are written first")
        return 1
    warm, last = compared[0], compared[-1]
    first, later = (
        statistics.median(sample.effort for sample in some)
        for some in (compared[:quarter], compared[-quarter:])
    )
    growth = max(sample.memory_mb for sample in compared) - warm.memory_mb
    found = {
        f"memory grew by {growth:.1f} MB at most (allowed: {_GROWTH_MB:.0f}), "
        f"{_slope(compared):.1f} MB in 1,000 numbers": growth < _GROWTH_MB,
        f"handles went from {warm.handles} to {last.handles}": last.handles <= warm.handles + 2,
        f"threads went from {warm.threads} to {last.threads}": last.threads <= warm.threads + 2,
        f"a number cost the window {first:.1f} times the fixed work, then {later:.1f} times": (
            later < _SLOWER * first
        ),
        f"None had {warm.none_references:,} references, then {last.none_references:,}": (
            last.none_references > 0.9 * warm.none_references
        ),
    }
    for words, is_well in found.items():
        print(f"{'well' if is_well else 'NOT WELL'}: {words}")
    return 0 if all(found.values()) else 1


def _slope(samples: Sequence[Sample]) -> float:
    """By how much 1,000 numbers make the memory grow, MB: the least squares' line."""
    numbers = [float(sample.numbers) for sample in samples]
    slope, _ = statistics.linear_regression(numbers, [sample.memory_mb for sample in samples])
    return 1000 * slope


if __name__ == "__main__":
    if sys.platform != "linux":
        sys.exit("the soak reads Linux' /proc; run it there")
    sys.exit(main())
