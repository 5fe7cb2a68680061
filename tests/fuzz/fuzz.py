"""The coverage-guided fuzzer: `make fuzz`, for the parsers of parsers.py, one after the other.

Atheris measures which lines of ours an input reaches, and goes on with those inputs that reach new
ones. What breaks the rule is written to build/fuzz/found; README.md says what to do with it.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path

from mutation import mutated

try:
    import atheris
except ModuleNotFoundError:
    sys.exit("The fuzzer, Atheris, is not to be had for this system; make fuzz needs Linux on x86.")

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "fuzz"
LONGEST_S = 10
MEMORY_MB = 1024
LONGEST_BYTES = 16_384


def main() -> int:
    """Without a parser named, a process for each; the status is that of the worst."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("parsers", nargs="*", help="names of parsers.py (default: all)")
    options.add_argument("--seconds", type=int, default=150, help="for each parser (150)")
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.here:
        return _fuzz(args.parsers[0], args.seconds)
    found = [name for name in args.parsers or _names() if _in_process(name, args.seconds)]
    print(f"against the rule: {', '.join(found)}; see {WORK}" if found else "nothing found")
    return 1 if found else 0


def _names() -> list[str]:
    from parsers import PARSERS

    return list(PARSERS)


def _in_process(name: str, seconds: int) -> int:
    command = [sys.executable, __file__, "--here", "--seconds", str(seconds), name]
    return subprocess.run(command, check=False).returncode


def _fuzz(name: str, seconds: int) -> int:
    """Fuzz one parser in this process, which ends with the fuzzer's own status."""
    with atheris.instrument_imports(include=["qtdigits", "zipfile", "json"]):
        from parsers import PARSERS, refusal
    parser = PARSERS[name]
    folder_name = name.replace(" ", "-")
    corpus, found, work = (WORK / kind / folder_name for kind in ("corpus", "found", "work"))
    for folder in (corpus, found, work):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(parser.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    os.environ["HOME"] = str(work)  # nothing of a person's is read or written

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        """Half of the time by libFuzzer's own changes, half of the time by those of ours."""
        rng = random.Random(seed)
        if rng.random() < 0.5:
            return bytes(atheris.Mutate(data, size))
        return mutated(data, rng)[:size]

    def one_input(data: bytes) -> None:
        refusal(parser, data, work)

    arguments = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={seconds}",
        f"-artifact_prefix={found}/",
        f"-timeout={LONGEST_S}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-max_len={LONGEST_BYTES}",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup(arguments, one_input, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
