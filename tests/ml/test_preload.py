"""Importing TensorFlow quietly."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import weakref
from pathlib import Path

import numpy as np
import pytest

from qtdigits.ml import preload
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import KerasRecognizer, load_network, load_recognizer


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that has none of the settings that this one has made."""
    made = ("TF_CPP_MIN_LOG_LEVEL", "KERAS_HOME", "KERAS_BACKEND", "CUDA_VISIBLE_DEVICES")
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={name: text for name, text in os.environ.items() if name not in made},
    )


def test_import_prints_nothing_and_leaves_the_collector_on(own_files: Path) -> None:
    done = run(
        "from qtdigits.ml.preload import import_keras\n"
        "import_keras()\n"
        "import gc, sys\n"
        "import keras\n"
        "keras.ops.zeros(1)\n"
        "assert 'tensorflow' in sys.modules\n"
        "assert gc.isenabled()\n"
        "assert 'PySide6' not in sys.modules\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_environment_a_person_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    preload.prepare_environment()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "1"


@pytest.mark.parametrize(("with_gpus", "seen"), [(False, "-1"), (True, None)])
def test_gpus_are_seen_only_when_asked_for(
    with_gpus: bool, seen: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Set before it is deleted, so that the test leaves it as it was either way.
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    preload.prepare_environment(with_gpus)
    assert os.environ.get("CUDA_VISIBLE_DEVICES") == seen


def test_environment_keeps_kerass_files_in_the_programs_folder(
    own_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KERAS_HOME", raising=False)
    preload.prepare_environment()
    home = Path(os.environ["KERAS_HOME"])
    assert home.is_relative_to(own_files)
    assert "qtdigits" in home.parts


def test_chatter_is_held_back_and_other_lines_pass(capfd: pytest.CaptureFixture[str]) -> None:
    with preload._without_chatter():
        os.write(2, b"WARNING: All log messages before absl::InitializeLog() is called\n")
        os.write(2, b"I0000 00:00:1700000000.000000 cpu_feature_guard.cc] something\n")
        os.write(2, b"a real fault\n")
        os.write(2, b"To enable the following instructions: AVX2, rebuild\n")
        os.write(2, b"another, without its end")
    assert capfd.readouterr().err == "a real fault\nanother, without its end"


def test_lines_pass_also_when_the_import_fails(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with preload._without_chatter():
            os.write(2, b"a real fault\n")
            raise RuntimeError("the import failed")

    with pytest.raises(RuntimeError, match="the import failed"):
        fail()
    assert capfd.readouterr().err == "a real fault\n"


def test_program_without_stderr_imports_too() -> None:
    done = run(
        "import os\nos.close(2)\n"
        "from qtdigits.ml import preload\n"
        "with preload._without_chatter():\n    pass\nprint('done')\n"
    )
    assert done.stdout == "done\n"


def test_failed_import_turns_the_collector_on_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("the library is damaged")

    monkeypatch.setattr(preload, "_load_big_libraries", fail)
    monkeypatch.delitem(sys.modules, "qtdigits.ml.network")
    with pytest.raises(OSError, match="damaged"):
        preload.import_keras()
    assert gc.isenabled()


def test_network_let_go_of_is_collected_although_keras_was_asked_for_meanwhile(
    trained: Path,
) -> None:
    network, card = load_network(trained)
    recognizer = KerasRecognizer(network, card)
    gone = weakref.ref(network)
    preload.import_keras()  # as for the network that takes its place
    del network, recognizer
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    ("facts", "is_fit"),
    [
        ("processor: 0\nflags\t\t: fpu sse2 avx avx2\n", True),
        ("processor: 0\nflags\t\t: fpu sse2 avx512\n", False),
        ("Features\t: fp asimd\n", True),  # an ARM processor has no such flags
        ("", True),
    ],
)
def test_processor_without_avx_is_a_sentence(facts: str, is_fit: bool, tmp_path: Path) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(facts)
    if is_fit:
        preload._require_avx(file)
    else:
        with pytest.raises(ValueError, match="lacks AVX"):
            preload._require_avx(file)


def test_want_of_a_temporary_folder_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_found() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none_found)
    monkeypatch.setenv("TMPDIR", "/nonexistent")
    monkeypatch.delitem(sys.modules, "qtdigits.ml.network")
    with pytest.raises(ValueError, match="free some space in /nonexistent, or set TMPDIR"):
        preload.import_keras()


def test_networks_after_forgetting_take_the_names_that_are_cached() -> None:
    names = []
    for _ in range(2):
        preload.forget_networks()
        names.append([variable.path for variable in build_network("small", 0.0).variables])
    assert names[0] == names[1]


def test_network_in_use_answers_the_same_after_forgetting(trained: Path) -> None:
    images = np.random.default_rng(2).random((5, 28, 28), np.float32)
    recognizer = load_recognizer(trained)
    before = recognizer.logits(images)
    preload.forget_networks()
    load_recognizer(trained)
    assert np.array_equal(recognizer.logits(images), before)
