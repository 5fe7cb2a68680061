"""A network saved over an older one while the disk fills, the process is killed, or it may not be.

In processes of their own: the kills are real.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qtdigits.__main__ import main
from qtdigits.core import paths
from qtdigits.core.model_card import read_card

needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")

SAVED_AND_KILLED = """
import os, signal, sys
from pathlib import Path
from qtdigits.ml.preload import import_keras
import_keras()
from qtdigits.ml.calibrate import Contract
from qtdigits.ml.model_file import NewModel, save_model
from qtdigits.ml.network import build_network
import keras

def killing(function, calls):
    left = [calls]
    def work(*args, **options):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **options)
    return work

def half(network, path, **options):
    Path(path).write_bytes(b"PK half a network")
    os.kill(os.getpid(), signal.SIGKILL)

def new(seed):
    keras.utils.set_random_seed(seed)
    contract = Contract(1.0, 0.5, 0.0)
    return NewModel(build_network("small", 0.0), "small", seed, (), {}, {}, contract)

place, moment = Path(sys.argv[1]), sys.argv[2]
if not place.exists():
    save_model(new(1), place)
print("saved", flush=True)
if moment == "writing":
    keras.Sequential.save = half
elif moment == "flushing":
    os.fsync = killing(os.fsync, 0)
elif moment == "moving":
    os.replace = killing(os.replace, 0)
else:
    os.replace = killing(os.replace, 1)
save_model(new(2), place)
"""
HUNG_S = 600
"""Loading TensorFlow takes minutes where ten others want the processor."""
MOMENTS = ("writing", "flushing", "moving")


@needs_posix
@pytest.mark.parametrize("moment", MOMENTS if "QTDIGITS_KILLS" in os.environ else MOMENTS[2:])
def test_older_network_is_the_same_to_the_last_byte_when_its_saver_is_killed(
    moment: str, tmp_path: Path
) -> None:
    folder = tmp_path / "networks"
    folder.mkdir()
    place = folder / "mine.keras"
    saver = subprocess.Popen(
        [sys.executable, "-c", SAVED_AND_KILLED, place, moment], stdout=subprocess.PIPE
    )
    assert saver.stdout is not None
    with saver.stdout:
        assert saver.stdout.readline() == b"saved\n"
        before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        assert saver.wait(HUNG_S) == -signal.SIGKILL
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before
    assert read_card(place).seed == 1


@needs_posix
@pytest.mark.long
def test_newer_network_is_whole_when_its_saver_is_killed_between_its_two_moves(
    tmp_path: Path,
) -> None:
    place = tmp_path / "mine.keras"
    for moment in ("between", "between"):
        command = [sys.executable, "-c", SAVED_AND_KILLED, str(place), moment]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, timeout=HUNG_S, check=False)
        assert done.returncode == -signal.SIGKILL
    assert read_card(place).seed == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a" * 300 + ".keras", "is too long; choose a shorter one"),
        ("con.keras", "is the name of a device on Windows"),
        ("mine.docx", "not as 'mine.docx'"),
        ("missing/mine.keras", "does not exist; make it, or choose another"),
    ],
)
def test_place_that_cannot_be_is_refused_in_one_sentence(
    name: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "export", "shipped", str(tmp_path / name)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_folder_that_may_not_be_written_to_is_refused_in_one_sentence(
    bound_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = bound_folder / "locked"
    place.mkdir(mode=0o500)
    assert main(["models", "export", "shipped", str(place / "mine.keras")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be written to" in line or "(Permission denied)" in line
    assert list(place.iterdir()) == []
    assert paths.shipped_model().exists()
