"""What the fuzzer and the mutated files found, made small: each broke the rule once."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from parsers import PARSERS, Parser, refusal

HUGE = 10**400
"""A whole number that is too large for a float."""


def changed(parser: Parser, *way: str | int, to: object, seed: int = 0) -> bytes:
    """What the parser is usually given, with another value in one place of its JSON."""
    value: Any = json.loads(parser.seeds()[seed])
    holder = value
    for step in way[:-1]:
        holder = holder[step]
    holder[way[-1]] = to
    return json.dumps(value).encode()


def archive_member(head: bytes, name: str = "x_train") -> bytes:
    """A numpy archive whose images have this head, with labels beside them."""
    memory, labels = io.BytesIO(), io.BytesIO()
    np.save(labels, np.array([1, 2]))
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.npy", head)
        archive.writestr("y_train.npy", labels.getvalue())
    return memory.getvalue()


def many_members(count: int) -> bytes:
    """An archive of empty members with long names."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number:0400}.npy", b"")
    return memory.getvalue()


LESSONS, CARDS = PARSERS["lesson events"], PARSERS["model card"]
FOUND: dict[str, tuple[str, bytes, str]] = {
    "too large a number in a lesson": (
        "lesson events",
        changed(LESSONS, "outcome", "guard", "drift", to=HUGE, seed=1),
        "",
    ),
    "too large a number in a comparison": (
        "comparison",
        changed(PARSERS["comparison"], "accuracy", to=HUGE),
        "the comparison ended without figures",
    ),
    "a page for a verdict": (
        "comparison",
        changed(PARSERS["comparison"], "compare", "verdict", to="a" * 1000),
        "the comparison ended without figures",
    ),
    "a name nested too deeply for Python": (
        "comparison",
        b'{"model": {"name": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
        "the comparison ended without figures",
    ),
    "too large a number among layers": (
        "architecture",
        b'[{"kind": "Rescaling", "scale": %d}]' % HUGE,
        "must lie between",
    ),
    "too large a temperature": (
        "model card",
        changed(CARDS, "temperature", to=HUGE),
        "temperature must be a number, got a number of many digits",
    ),
    "temperature that makes a logit infinite": (
        "model card",
        changed(CARDS, "temperature", to=1e-320),
        "temperature must be above 0",
    ),
    "a page for a version": (
        "model card",
        changed(CARDS, "preprocessing", to="a" * 2000),
        "preprocessing version 'aaaa",
    ),
    "a page for a point": ("ink", json.dumps([[["a" * 2000, 1]]]).encode(), "got 'aaaa"),
    "half a character for a label": (
        "lesson",
        b'{"label": "\\ud800", "strokes": [[[1, 2]]]}',
        "shows '\ufffd'",
    ),
    "too long a name of a network": (
        "library",
        json.dumps({"version": 1, "current": "a" * 300}).encode() + b"\n{}",
        "",
    ),
    "head of an array without an end": (
        "npz",
        archive_member(b"\x93NUMPY\1\0\x10\0{'descr': '<f4',"),
        "its header cannot be read",
    ),
    "head of an array of many gigabytes": (
        "npz",
        archive_member(b"\x93NUMPY\2\0\xff\xff\xff\xff" + bytes(50 << 20)),
        "its header has 4,294,967,295 bytes",
    ),
    "a stroke of no extent to speak of": (
        "strokes",
        b'{"label": 1, "strokes": [[[0, 0], [1e-320, 0]], [[0, 0]]]}',
        "",
    ),
    "a stroke of no extent far away": (
        "strokes",
        b'{"label": 1, "strokes": [[[1e8, 1e8], [100000000.00000001, 1e8]]]}',
        "",
    ),
    "a hundred thousand blank lines more than drawings may have": (
        "strokes",
        gzip.compress(b'{"label": 1, "strokes": []}' + b"\n" * 2_100_000),
        "has more than 2,000,000 lines",
    ),
    "directory of an archive without an end": (
        "npz",
        many_members(3000),
        "it has too many members",
    ),
    "name of an array that cannot be shown": (
        "npz",
        archive_member(b"", "x\n\ud7ff"),
        "and has x\ufffd\ufffd, y_train",
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_input_that_once_broke_the_rule_keeps_it(case: str, tmp_path: Path) -> None:
    name, data, words = FOUND[case]
    sentence = refusal(PARSERS[name], data, tmp_path)
    assert words in sentence
    assert bool(sentence) == bool(words)


MODES = ("I;16", "RGBA", "LA") if "QTDIGITS_MUTATIONS" in os.environ else ("I;16",)
OF_64_MILLION = """
import resource, sys
from pathlib import Path
from qtdigits.core.picture_files import read_grey
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert max(read_grey(Path(sys.argv[1])).shape) < 2400
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted otherwise")
@pytest.mark.parametrize("mode", MODES)
def test_largest_picture_takes_a_few_times_its_own_size(mode: str, tmp_path: Path) -> None:
    """Thirty-two bits made of 16, and the same again made smaller, not eight times that."""
    Image.new(mode, (7_900, 8_000)).save(tmp_path / "large.png", compress_level=1)
    done = subprocess.run(
        [sys.executable, "-c", OF_64_MILLION, tmp_path / "large.png"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) < 700


def test_what_pillow_says_of_damage_is_not_printed(tmp_path: Path) -> None:
    memory = io.BytesIO()
    Image.new("RGB", (30, 40)).save(memory, "TIFF")
    data = memory.getvalue()
    at = data.find(b"\x15\x01\x03\x00")  # samples per pixel
    damaged = data[: at + 8] + b"\x2c" + data[at + 9 :]
    (tmp_path / "damaged.tif").write_bytes(damaged)
    done = subprocess.run(
        [sys.executable, "-m", "qtdigits", "recognize", tmp_path / "damaged.tif"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "is not a picture that can be read" in line
