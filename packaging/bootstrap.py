"""What make runs: checks the machine, makes the environment, and hands over to it.

It is started by whatever Python the machine has, so it and what it imports use the standard
library alone and stay readable to Python 3.8, which then gets a sentence and not a traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Dict, FrozenSet, List, NoReturn, Optional, Sequence, Set

import installed
import pythons
import system_libraries
from environment import Environment, PreparationError

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = {
    "package": ["packaging/build.py"],
    "package-folder": ["packaging/build.py", "--folder"],
    "measure-package": ["tests/benchmarks/measure_package.py"],
    "test-package": ["-m", "pytest", "tests/packaging/built"],
}  # type: Dict[str, List[str]]
EXTRAS = {
    "run": frozenset(),
    "test": frozenset({"test"}),
    "lint": frozenset({"dev"}),
    "fuzz": frozenset({"test", "fuzz"}),
    "measure": frozenset({"test"}),
    "soak": frozenset({"test"}),
    "lock": frozenset({"dev"}),
    "install": frozenset(),
    "uninstall": frozenset(),
    "package": frozenset({"package"}),
    "package-folder": frozenset({"package"}),
    "measure-package": frozenset({"package"}),
    "test-package": frozenset({"package", "test"}),
}  # type: Dict[str, FrozenSet[str]]


def say(text: str) -> None:
    """One line to the person, at once."""
    print(text, flush=True)


def fail(text: str) -> NoReturn:
    """Say why on stderr and end with status 1."""
    print(text, file=sys.stderr, flush=True)
    sys.exit(1)


def provide(absent: Dict[str, str], is_root: bool) -> None:
    """Install the packages that are absent (what -> package), or say how and end."""
    if not absent:
        return
    command = system_libraries.install_command(absent)
    what = ", ".join(absent)
    if not command:
        fail("Please install what holds these, with your system's package manager: " + what)
    if not is_root:
        fail(
            "These are missing on this machine: {}.\nType this once, then the same make again:\n"
            "  {}".format(what, command)
        )
    say("Installing what Qt needs from the system: " + " ".join(dict.fromkeys(absent.values())))
    last_words = system_libraries.install(absent)
    if last_words:
        fail("apt-get could not install it:\n{}\nThe command was: {}".format(last_words, command))


def prepare(
    extras: FrozenSet[str], kinds: Optional[Set[str]], tools: Sequence[str] = ()
) -> Environment:
    """The environment, ready; `kinds` of display need Qt's libraries, None needs none of them.

    `tools` are commands that must be on the path.
    """
    environment = Environment(ROOT)
    absent = {}  # type: Dict[str, str]
    if kinds is not None:
        absent = system_libraries.missing(system_libraries.needed(kinds), os.environ)
    absent.update(system_libraries.missing_tools(tools))
    is_ready = environment.is_ready(extras)
    python = None if is_ready else pythons.pick(pythons.candidates(os.environ))
    if not is_ready and python is None:
        fail(pythons.none_found(os.environ))
    if python is not None and not python.has_ensurepip:
        absent["Python's venv"] = "python{}.{}-venv".format(*python.version)
    provide(absent, os.geteuid() == 0)
    if python is not None:
        try:
            environment.prepare(python.path, extras, say)
        except PreparationError as failure:
            fail(str(failure))
    return environment


def become(environment: Environment, arguments: List[str], **variables: str) -> NoReturn:
    """Replace this process by the environment's Python."""
    os.chdir(str(ROOT))
    os.environ.update(variables)
    sys.stdout.flush()
    os.execv(str(environment.python), [str(environment.python), *arguments])


def lint(environment: Environment) -> NoReturn:
    """All three, whatever the first ones say, so that one run shows everything."""
    commands = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])
    statuses = [
        subprocess.run([str(environment.python), "-m", *command], cwd=str(ROOT)).returncode
        for command in commands
    ]
    sys.exit(1 if any(statuses) else 0)


def main(arguments: List[str]) -> NoReturn:
    """Do one of the commands in EXTRAS; what follows its name is passed on."""
    if not arguments or arguments[0] not in EXTRAS:
        fail("usage: bootstrap.py {} [arguments]".format("|".join(EXTRAS)))
    command, rest = arguments[0], arguments[1:]
    if command == "uninstall":
        sys.exit(installed.uninstall(installed.places(os.environ), say))
    if command in ("lint", "lock"):
        environment = prepare(EXTRAS[command], None)
        if command == "lint":
            lint(environment)
        become(environment, ["packaging/lock.py", *rest])
    kinds = system_libraries.displays(os.environ) if command == "run" else set()
    is_linux = sys.platform.startswith("linux")
    if not is_linux:
        kinds = {"native"}
    if command in PACKAGING:
        # Whatever Qt's plugins need of this system is packed, or is missing elsewhere, too.
        environment = (
            prepare(EXTRAS[command], {"x11", "wayland"}, ("objcopy", "strip", "cc"))
            if is_linux
            else prepare(EXTRAS[command], kinds)
        )
        variables = {"QT_QPA_PLATFORM": "offscreen"}
        if command == "test-package":
            variables["QTDIGITS_BUILT"] = str(ROOT / "dist" / "qtdigits")
        become(environment, [*PACKAGING[command], *rest], **variables)
    environment = prepare(EXTRAS[command], kinds)
    if command == "install":
        become(environment, ["packaging/install.py"])
    if command == "test":
        become(environment, ["-m", "pytest", *rest], QT_QPA_PLATFORM="offscreen")
    if command == "fuzz":
        become(environment, ["tests/fuzz/fuzz.py", *rest], PYTHONPATH="tests/corpus")
    if command == "soak":
        become(environment, ["tests/benchmarks/soak.py", *rest], QT_QPA_PLATFORM="offscreen")
    if command == "measure":
        become(environment, ["tests/benchmarks/measure.py", *rest], QT_QPA_PLATFORM="offscreen")
    if kinds:
        become(environment, ["-m", "qtdigits", *rest])
    say("There is no display here, so the window is drawn offscreen and shown what to read.")
    become(environment, ["-m", "qtdigits.demo", *rest], QT_QPA_PLATFORM="offscreen")


if __name__ == "__main__":
    main(sys.argv[1:])
