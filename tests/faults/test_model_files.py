"""Model files from elsewhere, all at one reader: nothing runs, nothing else is opened or grows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from foreign_networks import h5_file, keras_file
from hostile_networks import HOSTILE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")
MOST_MB = 100
LONGEST_S = 10

READER = """
import json, resource, sys, time
from pathlib import Path
from qtdigits.ml.foreign.reading import read_foreign

good, hostile = sys.argv[1:3], sys.argv[3:]
for path in good:
    read_foreign(Path(path))  # what is imported late is imported now

TELLING = ("exec", "compile", "import", "marshal.loads", "pickle.find_class", "ctypes.dlopen")
TELLING += ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")
TELLING += ("socket.__new__", "socket.connect", "socket.getaddrinfo", "open")
watched = None
events = []

def watch(event, args):
    is_handle = event == "open" and isinstance(args[0], int)  # of a file that was told of
    if watched is not None and event in TELLING and not is_handle:
        events.append([event, str(args[0])])

sys.addaudithook(watch)

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

found = {}
for path in hostile:
    before, began, watched = peak_mb(), time.process_time(), path
    events.clear()
    try:
        read_foreign(Path(path))
        said = ""
    except ValueError as refused:
        said = str(refused)
    watched = None
    found[path] = {
        "said": said,
        "events": list(events),
        "seconds": time.process_time() - began,
        "grown_mb": peak_mb() - before,
    }
assert not {"keras", "tensorflow"} & set(sys.modules)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that exists only if code of theirs ran."""
    return tmp_path_factory.mktemp("canary") / "ran"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, canary: Path) -> dict[str, dict[str, Any]]:
    """What came of each file, by its name in the table; all read by one process, one by one."""
    root = tmp_path_factory.mktemp("hostile")
    places = {}
    for number, (name, (make, _)) in enumerate(HOSTILE.items()):
        folder = root / str(number)
        folder.mkdir()
        places[str(make(folder, canary))] = name
    good = [h5_file(root / "good.h5"), keras_file(root / "good.keras")]
    done = subprocess.run(
        [sys.executable, "-c", READER, *good, *places],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return {places[path]: about | {"path": path} for path, about in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_read_as_data_and_nothing_else(
    name: str, found: dict[str, dict[str, Any]], canary: Path
) -> None:
    about = found[name]
    assert HOSTILE[name][1] in about["said"]
    assert about["events"] in ([], [["open", about["path"]]])
    assert about["seconds"] < LONGEST_S
    assert about["grown_mb"] < MOST_MB
    assert not canary.exists()


@pytest.mark.parametrize(
    "name", ["number bomb", "deep description", "many parts", "huge number", "same key twice"]
)
def test_bomb_in_the_description_is_refused_within_a_second(
    name: str, found: dict[str, dict[str, Any]]
) -> None:
    assert found[name]["seconds"] < 1
