"""qtdigits recognize answers for every good file and tells of every bad one."""

from __future__ import annotations

import io
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from qtdigits.__main__ import main
from qtdigits.cli.progress import Progress

pytestmark = pytest.mark.usefixtures("network")


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    main(["recognize", "--json", *arguments])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_picture_is_read(one_png: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recognize", str(one_png)]) == 0
    assert capsys.readouterr().out == f"{one_png}  1   90.0 %\n"


def test_json_has_the_keys_that_scripts_rely_on(
    one_png: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (answer,) = run_json(capsys, str(one_png))
    assert answer["file"] == str(one_png)
    assert (answer["text"], answer["confidence"], answer["verdict"]) == ("1", 0.9, "digit")


def test_each_drawing_of_a_strokes_file_is_read(
    strokes_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = run_json(capsys, str(strokes_file))
    assert [answer["line"] for answer in answers] == [1, 2, 3, 4]
    assert [answer["text"] for answer in answers] == ["1", "0", "", "1"]
    verdicts = [answer["verdict"] for answer in answers]
    assert verdicts == ["digit", "unsure", "not_a_digit", "digit"]


def test_words_tell_every_verdict(
    strokes_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("L", (40, 40), "white").save(tmp_path / "blank.png")
    main(["recognize", str(strokes_file), str(tmp_path / "blank.png")])
    out = capsys.readouterr().out
    assert "unsure: 0 or 8" in out
    assert "not a digit" in out
    assert "no digit found" in out


def test_blank_picture_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.new("L", (40, 40), "white").save(tmp_path / "blank.png")
    (answer,) = run_json(capsys, str(tmp_path / "blank.png"))
    assert (answer["text"], answer["confidence"], answer["verdict"]) == ("", 0.0, "empty")


def test_good_files_are_answered_beside_a_bad_one(
    one_png: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["recognize", str(tmp_path / "gone.png"), str(one_png)])
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out.splitlines() == [f"{one_png}  1   90.0 %"]
    assert len(captured.err.splitlines()) == 1
    assert "gone.png does not exist" in captured.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"words", "neither a picture nor a strokes file"),
        (b"PK\x03\x04", "is a data set"),
        (b"\0\0\x08\x03", "is a data set"),
        (b"\x89PNG\r\n\x1a\n", "not a picture that can be read"),
        (b'{"strokes": 1}', "line 1 of"),
    ],
)
def test_bad_file_gives_one_sentence_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, says: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert main(["recognize", str(tmp_path / "file")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert says in captured.err


def test_folder_without_anything_to_read_gives_one_sentence_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("words")
    assert main(["recognize", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err == (f"qtdigits: {tmp_path} holds neither pictures nor strokes files; give another\n")


def test_folder_gives_its_pictures_and_strokes_files_by_name(
    one_png: Path, strokes_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    one_png.rename(inner / "one.png")
    (tmp_path / ".hidden.png").write_bytes(b"nothing")
    (tmp_path / "notes.txt").write_text("words")
    answers = run_json(capsys, str(tmp_path))
    files = [str(strokes_file)] * 4 + [str(inner / "one.png")]
    assert [answer["file"] for answer in answers] == files


def test_list_on_standard_input_names_the_files(
    one_png: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{one_png}\n\n{one_png.parent}/gone.png\n"))
    assert main(["recognize", "-"]) == 2
    captured = capsys.readouterr()
    assert captured.out == f"{one_png}  1   90.0 %\n"
    assert captured.err.count("does not exist") == 1


def test_answers_stay_in_the_order_of_the_files(
    one_png: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = Image.open(one_png)
    files = []
    for number in range(300):
        path = tmp_path / f"{number}.png"
        picture.crop((60, 30, 140, 170)).save(path)
        files.append(str(path))
    assert [answer["file"] for answer in run_json(capsys, *files)] == files


def test_boxes_are_in_pixels_of_the_whole_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = Image.new("L", (3600, 2400), "white")
    ImageDraw.Draw(picture).rectangle((1500, 600, 1620, 1800), fill="black")
    picture.save(tmp_path / "large.png")
    (answer,) = run_json(capsys, str(tmp_path / "large.png"))
    (digit,) = answer["digits"]
    assert digit["box"] == pytest.approx([1500, 600, 1620, 1800], abs=4)
    assert (digit["text"], digit["line"], digit["number"]) == ("1", 0, 0)


def test_progress_is_shown_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.monotonic", count(step=1.0).__next__)
    Progress(2).add()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = Progress(2)
    progress.add()
    assert "1 of 2, 1 a second" in capsys.readouterr().err
    progress.clear()
    assert capsys.readouterr().err == "\r\x1b[K"
