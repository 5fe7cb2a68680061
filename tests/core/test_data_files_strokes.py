"""Strokes files are read line by line, and every complaint names its line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT
from qtdigits.core.data_files.strokes import read_drawings, read_strokes
from qtdigits.core.raster import rasterize

BAR = [[[10, 0], [10, 50], [10, 100]]]


def line(label: object = 1, strokes: object = BAR, **more: object) -> str:
    return json.dumps({"label": label, "strokes": strokes} | more)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "pen.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ValueError, match=r"pen\.jsonl") as caught:
        read_strokes(path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    return str(caught.value)


def test_strokes_give_rendered_digits(tmp_path: Path) -> None:
    path = write(tmp_path, line(1, writer="anna"), "", line("7", writer="ben"))
    digits = read_strokes(path)
    assert digits.labels.tolist() == [1, 7]
    assert digits.writers == ("anna", "ben")
    ink = next(read_drawings(path)).ink
    np.testing.assert_allclose(digits.pixels()[0], rasterize(ink), atol=1e-6)


def test_gzipped_file_with_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pen"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + line().encode()))
    assert read_strokes(path).labels.tolist() == [1]


def test_labels_that_are_no_digits_make_non_digits(tmp_path: Path) -> None:
    digits = read_strokes(write(tmp_path, line("A"), line(3), line("12")))
    assert digits.labels.tolist() == [NOT_A_DIGIT, 3, NOT_A_DIGIT]
    assert digits.non_digits().names == ("A", "12")
    assert digits.digits().labels.tolist() == [3]


def test_drawings_know_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "", line(), "  ", line())
    assert [drawing.line for drawing in read_drawings(path)] == [2, 4]


def test_drawing_without_label_may_be_drawn_but_not_measured(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"strokes": BAR}))
    assert [drawing.label for drawing in read_drawings(path)] == [None]
    assert "line 1 of" in refusal(path)


def test_drawing_without_strokes_has_no_ink(tmp_path: Path) -> None:
    digits = read_strokes(write(tmp_path, line(strokes=[])))
    assert not digits.images.any()


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{not json", "not a JSON object"),
        ("[1, 2]", 'not a JSON object with "strokes"'),
        ("{}", 'not a JSON object with "strokes"'),
        (line(strokes=5), "strokes must be a list"),
        (line(strokes=[[[1]]]), "pair of numbers"),
        (line(strokes=[[["x", "y"]]]), "finite numbers"),
        (line(strokes=[[[float("nan"), 0]]]), "finite numbers"),
        (line(strokes=[[[1e300, 0]]]), "finite numbers"),
        (line(strokes=[[[10**400, 0]]]), "cannot be used"),
        ('{"strokes": ' + "[" * 100_000 + "]" * 100_000 + "}", "not a JSON object"),
        (line(strokes=[[[0, 0]] * 100_001]), "more than 100,000 points"),
        (line(label=10), "a label is a digit"),
        (line(label=-1), "a label is a digit"),
        (line(label=True), "a label is a digit"),
        (line(label=""), "a label is a digit"),
        (line(label=[1]), "a label is a digit"),
        (line(strokes=[], pad="x" * (5 << 20)), "longer than 4 MB"),
    ],
)
def test_bad_line_is_named(tmp_path: Path, bad: str, says: str) -> None:
    message = refusal(write(tmp_path, line(), line(), bad))
    assert message.startswith("line 3 of ")
    assert says in message


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pen.jsonl"
    path.write_bytes(line().encode("utf-16"))
    assert "line 1" in refusal(path)


def test_file_of_blank_lines_is_refused(tmp_path: Path) -> None:
    assert "holds no drawings" in refusal(write(tmp_path, "", " "))


def test_truncated_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pen.jsonl"
    path.write_bytes(gzip.compress(line().encode())[:-9])
    assert "damaged or incomplete" in refusal(path)


def test_line_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "pen.jsonl"
    path.write_bytes(gzip.compress(b'{"strokes": [' + b" " * (100 << 20), 1))
    assert "longer than 4 MB" in refusal(path)
