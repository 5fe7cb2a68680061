"""Tries out a built program: it must do what the sources do, and say nothing unexpected."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import numpy as np

from features import FEATURES, Feature, prepare, printed, read_printed, run_feature

_PATIENCE_S: Final = 600
_NETWORKS: Final = (".keras", ".h5")


class BuildError(Exception):
    """What the built program does wrong."""


def check(program: Path, reference: Path, quick: bool) -> None:
    """Raise BuildError unless the program works as the sources did.

    reference: the folder in which the features ran from source. quick: the self-test alone.
    """
    with tempfile.TemporaryDirectory(prefix="qtdigits Prüfung ") as folder:
        place = Path(folder)
        copy = _copied(program, place / "bin")
        self_test(copy, bare_environment(place / "home"), "at the first start")
        self_test(copy, bare_environment(place / "home"), "at a later start")
        self_test(copy, bare_environment(_unwritable(place)), "where no home can be written")
        if not quick:
            _compare(copy, place, reference)


def bare_environment(home: Path) -> dict[str, str]:
    """What a program finds in the barest session: a home, and the system's own commands."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    path = os.environ["PATH"] if sys.platform == "win32" else "/usr/bin:/bin"
    return environ | {"PATH": path, "HOME": str(home), "USERPROFILE": str(home)}


def self_test(program: Path, environ: dict[str, str], when: str) -> None:
    """Run the self-test, which must print nothing; raises BuildError."""
    done = subprocess.run(
        [str(program), "--self-test"],
        cwd=program.parent,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_PATIENCE_S,
        check=False,
    )
    said = (done.stdout + done.stderr).strip()
    if done.returncode != 0:
        raise BuildError(f"the self-test ended with status {done.returncode} {when}: {said}")
    if said:
        raise BuildError(f"the self-test said {when}: {said}")


def _copied(program: Path, folder: Path) -> Path:
    """The program in another place, whose name is none of the easy ones."""
    if program.parent.name == "dist":
        folder.mkdir()
        return Path(shutil.copy(program, folder))
    shutil.copytree(program.parent, folder, symlinks=True)
    return folder / program.name


def _unwritable(place: Path) -> Path:
    """A home in which nothing can be made, for an administrator neither."""
    file = place / "no home"
    file.touch()
    return file / "home"


def _compare(program: Path, place: Path, reference: Path) -> None:
    work = place / "work"
    work.mkdir()
    prepare(work)
    # As from source: there may be no screen.
    environ = bare_environment(work / "home") | {"QT_QPA_PLATFORM": "offscreen"}
    for feature in FEATURES:
        print(f"trying {feature.name} …", file=sys.stderr, flush=True)
        done = run_feature([str(program)], feature, work, environ)
        if done.returncode != 0:
            raise BuildError(
                f"{feature.name} ended with status {done.returncode}: {done.stderr.strip()}"
            )
        _compare_feature(feature, done, work, reference)


def _compare_feature(
    feature: Feature, done: subprocess.CompletedProcess[str], work: Path, reference: Path
) -> None:
    """Raise BuildError unless it printed and made the same as from source."""
    (expected, murmured), (out, err) = read_printed(feature, reference), printed(done, work)
    if feature.prints_same and out != expected:
        raise BuildError(f"{feature.name} printed\n{out}\nand from source\n{expected}")
    if err != murmured:
        raise BuildError(f"{feature.name} said\n{err}\nand from source\n{murmured}")
    for name in feature.files:
        made, expected_file = work / name, reference / name
        if name.endswith(_NETWORKS):
            alike = _same_weights(made, expected_file)
        else:
            alike = made.read_bytes() == expected_file.read_bytes()
        if not alike:
            raise BuildError(f"{feature.name} made another {name} than from source")


def _same_weights(one: Path, other: Path) -> bool:
    """Whether two networks are equal in every bit of every weight."""
    mine, yours = weights(one), weights(other)
    return mine.keys() == yours.keys() and all(
        np.array_equal(mine[name], yours[name]) for name in mine
    )


def weights(network: Path) -> dict[str, np.ndarray]:
    """All arrays of a network's file, by their names."""
    import io
    import zipfile

    import h5py

    if zipfile.is_zipfile(network):
        with zipfile.ZipFile(network) as archive:
            content = io.BytesIO(archive.read("model.weights.h5"))
    else:
        content = io.BytesIO(network.read_bytes())
    found: dict[str, np.ndarray] = {}

    def note(name: str, item: object) -> None:
        if isinstance(item, h5py.Dataset):
            found[name] = np.asarray(item[()])

    with h5py.File(content) as file:
        file.visititems(note)
    return found
