"""From the data that a person names to arrays to train on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.training import TrainingConfig
from qtdigits.ml.datasets import TrainingData, read_training_data

CONFIG = TrainingConfig(renderings=2, validation_share=0.2)


def read(*sources: Path | str, writers: Path | None = None) -> TrainingData:
    return read_training_data([str(source) for source in sources], writers, CONFIG)


def save_images(path: Path, labels: Sequence[int], value: int = 200) -> Path:
    """An archive with a picture for each label, each with a mark of its own number."""
    images = np.zeros((len(labels), 28, 28), np.uint8)
    for number in range(len(labels) if value else 0):
        images[number, 10:18, 10:18] = value
        images[number, 12, 12] = number % 256
        images[number, 13, 13] = number // 256
    np.savez(path, x_train=images, y_train=np.array(labels, np.uint8))
    return path


def numbers(images: NDArray[np.uint8]) -> list[int]:
    """The numbers that save_images marked the pictures with."""
    return [int(image[12, 12]) + 256 * int(image[13, 13]) for image in images]


def save_strokes(path: Path, writers: int, each: int) -> Path:
    """Drawings whose writer shows in the picture: a bar that leans as far as their number says."""
    lines = []
    for writer in range(writers):
        for number in range(each):
            track = [[0, 0], [writer * 6, 100], [writer * 6, 120 + number]]
            lines.append({"label": number % 10, "writer": f"w{writer}", "strokes": [track]})
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_synthetic_digits_are_divided(tmp_path: Path) -> None:
    data = read("synthetic:200")
    assert (len(data.images), len(data.validation_images), len(data.test_images)) == (160, 40, 0)
    assert data.images.dtype == np.uint8
    assert set(data.labels.tolist()) == set(range(10))


def test_non_digits_join_digits_with_their_own_label() -> None:
    data = read("synthetic:100", "non-digits:50")
    assert (data.labels == -1).sum() == 40
    assert (data.validation_labels == -1).sum() == 10


def test_same_seed_reads_the_same_arrays() -> None:
    one, other = read("synthetic:60"), read("synthetic:60")
    assert np.array_equal(one.images, other.images)
    assert np.array_equal(one.validation_images, other.validation_images)


def test_another_seed_draws_another_division(tmp_path: Path) -> None:
    path = save_images(tmp_path / "a.npz", [0, 1] * 100)
    one = read(path)
    other = read_training_data([str(path)], None, replace(CONFIG, seed=2))
    assert numbers(one.validation_images) != numbers(other.validation_images)


def test_archive_is_divided_and_nothing_is_lost(tmp_path: Path) -> None:
    data = read(save_images(tmp_path / "a.npz", [0, 1] * 200))
    learnt, checked = set(numbers(data.images)), set(numbers(data.validation_images))
    assert learnt | checked == set(range(400))
    assert not learnt & checked
    assert 40 <= len(checked) <= 120


def test_archive_with_a_test_part_keeps_it_apart(archive: Path) -> None:
    data = read(archive)
    assert len(data.images) + len(data.validation_images) == 400
    assert len(data.test_images) == len(data.test_labels) == 80


def test_archive_without_a_test_part_has_none(tmp_path: Path) -> None:
    data = read(save_images(tmp_path / "a.npz", [0, 1] * 50))
    assert len(data.test_images) == 0


def test_archive_that_is_not_divided_is_not_its_own_test_part(tmp_path: Path) -> None:
    images = np.full((60, 28, 28), 90, np.uint8)
    np.savez(tmp_path / "a.npz", x=images, y=np.arange(60) % 10)
    assert len(read(tmp_path / "a.npz").test_images) == 0


def test_archive_with_writers_has_none_on_both_sides(tmp_path: Path) -> None:
    path = save_images(tmp_path / "a.npz", [0, 1] * 200)
    names = np.array([f"writer {number // 10}" for number in range(400)])
    np.savez(tmp_path / "writers.npz", train_writer=names)
    data = read(path, writers=tmp_path / "writers.npz")
    learnt = {number // 10 for number in numbers(data.images)}
    checked = {number // 10 for number in numbers(data.validation_images)}
    assert not learnt & checked
    assert len(checked) == 8


def test_writers_kept_back_are_the_same_for_every_seed(tmp_path: Path) -> None:
    path = save_images(tmp_path / "a.npz", [0, 1] * 200)
    names = np.array([f"writer {number // 10}" for number in range(400)])
    np.savez(tmp_path / "writers.npz", train_writer=names)
    kept = [
        numbers(
            read_training_data(
                [str(path)], tmp_path / "writers.npz", replace(CONFIG, seed=seed)
            ).validation_images
        )
        for seed in (1, 2)
    ]
    assert kept[0] == kept[1]


def test_folds_keep_back_other_writers(tmp_path: Path) -> None:
    path = save_strokes(tmp_path / "a.jsonl", writers=10, each=10)
    kept = [
        {
            image.tobytes()
            for image in read_training_data(
                [str(path)], None, replace(CONFIG, fold=fold)
            ).validation_images
        }
        for fold in (0, 1, 5)
    ]
    assert not kept[0] & kept[1]
    assert kept[0] == kept[2]  # five folds of a fifth: the sixth is the first again


def test_writers_of_other_images_are_not_used(tmp_path: Path) -> None:
    np.savez(tmp_path / "writers.npz", train_writer=np.array(["a", "b"]))
    data = read(save_images(tmp_path / "a.npz", [0, 1] * 50), writers=tmp_path / "writers.npz")
    assert len(data.images) + len(data.validation_images) == 100


def test_strokes_have_no_writer_on_both_sides(tmp_path: Path) -> None:
    data = read(save_strokes(tmp_path / "a.jsonl", writers=10, each=20))
    assert len(data.validation_images) == 2 * 20
    assert len(data.images) == 8 * 20 * CONFIG.renderings
    # The unvaried renderings of a kept writer are in no training picture.
    learnt = {image.tobytes() for image in data.images}
    assert not learnt & {image.tobytes() for image in data.validation_images}


def test_strokes_of_one_writer_are_divided_at_random(tmp_path: Path) -> None:
    data = read(save_strokes(tmp_path / "a.jsonl", writers=1, each=100))
    assert len(data.validation_images) + len(data.images) // CONFIG.renderings == 100
    assert len(data.validation_images) > 5


def test_strokes_are_rendered_as_drawn_and_then_varied(tmp_path: Path) -> None:
    path = save_strokes(tmp_path / "a.jsonl", writers=10, each=20)
    data = read(path)
    plain = read_training_data([str(path)], None, replace(CONFIG, renderings=1))
    assert np.array_equal(data.images[::2], plain.images)
    assert not np.array_equal(data.images[1::2], plain.images)


def test_sources_of_several_kinds_are_joined(tmp_path: Path) -> None:
    strokes = save_strokes(tmp_path / "a.jsonl", writers=4, each=20)
    data = read(save_images(tmp_path / "a.npz", [0, 1] * 50), strokes, "synthetic:40")
    assert len(data.images) == len(data.labels)
    assert len(data.images) + len(data.validation_images) > 100 + 80 + 40


def test_few_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"only \d digits to learn from; 20 are needed"):
        read(save_images(tmp_path / "a.npz", [0, 1, 2]))


def test_pictures_of_one_digit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only pictures of 4"):
        read(save_images(tmp_path / "a.npz", [4] * 100))


def test_blank_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="blank"):
        read(save_images(tmp_path / "a.npz", [0, 1] * 50, value=0))


def test_non_digits_alone_are_refused() -> None:
    with pytest.raises(ValueError, match="only 0 digits"):
        read("non-digits:50")


@pytest.mark.parametrize("count", ["0", "19", "1000001", "-5", "many", "1e3", "²"])
def test_synthetic_count_out_of_range_is_refused(count: str) -> None:
    with pytest.raises(ValueError, match="a number of drawings from 20 to 1000000"):
        read(f"synthetic:{count}")


def test_strokes_without_labels_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"strokes": [[[0, 0], [1, 1]]]}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="no labelled drawings"):
        read(tmp_path / "a.jsonl")


@pytest.mark.parametrize("source", ["missing.npz", "synthetic", "synthetic:", "."])
def test_source_that_is_nothing_is_refused(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"\w"):
        read(source)


def test_writers_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = save_images(tmp_path / "a.npz", [0, 1] * 50)
    other, wrong = tmp_path / "other", tmp_path / "wrong.npz"
    np.savez(wrong, writers=np.arange(3))
    (tmp_path / "array.npy").write_bytes(b"")
    np.save(tmp_path / "array.npy", np.arange(3))
    other.write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "text").write_text("writers", encoding="utf-8")
    for bad in (other, wrong, tmp_path / "array.npy", tmp_path / "text"):
        with pytest.raises(ValueError, match="does not name the writers"):
            read(path, writers=bad)
    for bad in (tmp_path, tmp_path / "missing"):
        with pytest.raises(ValueError, match=bad.name):
            read(path, writers=bad)
