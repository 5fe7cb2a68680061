"""The small decisions of packing: what is stripped, what is written, what a trace says."""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path

import pytest

from feature_trace import Trace, read_trace, write_trace
from network_files import network_packages
from strip_elf import is_aligned, stripped
from write_part import write_part


def elf(offset: int, address: int) -> bytes:
    """The head of a 64-bit ELF file with one loaded segment."""
    head = b"\x7fELF\x02\x01\x01" + b"\0" * 9
    head += struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    return head + struct.pack("<IIQQQQQQ", 1, 5, offset, address, address, 100, 100, 4096)


@pytest.mark.parametrize(
    ("offset", "address", "aligned"), [(0x1000, 0x2000, True), (0x1010, 0x2000, False)]
)
def test_segment_must_lie_as_it_is_mapped(
    tmp_path: Path, offset: int, address: int, aligned: bool
) -> None:
    library = tmp_path / "library.so"
    library.write_bytes(elf(offset, address))
    assert is_aligned(library) is aligned


def test_what_is_no_library_is_packed_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "library.so"
    text.write_text("INPUT(libreal.so)")
    assert stripped(text, tmp_path / "copies") == text


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strip") is None, reason="needs strip"
)
def test_library_becomes_smaller_and_stays_a_library(tmp_path: Path) -> None:
    import _struct
    import ctypes

    source = getattr(_struct, "__file__", None)
    if source is None:
        pytest.skip("this Python has no extension modules")
    copy = stripped(Path(source), tmp_path)
    assert copy.stat().st_size <= Path(source).stat().st_size
    ctypes.CDLL(str(copy))


def test_trace_is_read_as_it_was_written(tmp_path: Path) -> None:
    trace = Trace(frozenset({"keras", "os"}), frozenset({"keras/__init__.py"}))
    write_trace(trace, tmp_path / "trace.json")
    assert read_trace(tmp_path / "trace.json") == trace


def test_packages_of_the_window_and_of_the_environment_are_not_the_networks() -> None:
    files = {
        "keras/__init__.py",
        "six.py",
        "numpy/__init__.py",
        "PySide6/QtCore.abi3.so",
        "h5py.libs/libhdf5.so",
        "setuptools/__init__.py",
        "__pycache__/six.cpython-311.pyc",
        "optree-1.0.dist-info/METADATA",
    }
    assert network_packages(Trace(frozenset(), frozenset(files))) == {"keras", "six"}


def test_same_files_make_the_same_part(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("content")
    for name in ("one", "two"):
        write_part(tmp_path / name, {"a.txt": source}, {}, ["a"], 3, tmp_path / f"frames {name}")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
