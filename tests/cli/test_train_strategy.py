"""qtdigits train --strategy mirrored: on one device, and on two that share each batch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from qtdigits.core.model_card import read_card

TWO_DEVICES: Final = """
import os, sys
from qtdigits.ml.preload import import_keras
import_keras()
import tensorflow as tf
(cpu,) = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
from qtdigits.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""The program on a machine whose processor counts as two devices."""
OPTIONS: Final = ("--preset", "quick", "--data", "synthetic:1510", "--batch-size", "63")
LEARNT: Final = 0.6


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", TWO_DEVICES, "train", "--strategy", "mirrored", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": "-1"},
    )


def test_one_device_learns_as_without_a_strategy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qtdigits.__main__ import main

    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    out = tmp_path / "one.keras"
    arguments = ["train", "--strategy", "mirrored", *OPTIONS, "--json", "--out", str(out)]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert "training on 1 CPU, 63 images a batch" in printed.err
    assert json.loads(printed.out)["validation_accuracy"] > LEARNT
    assert read_card(out).settings["batch_size"] == 63


def test_two_devices_share_every_batch_and_learn(tmp_path: Path) -> None:
    out = tmp_path / "two.keras"
    child = start(*OPTIONS, "--epochs", "4", "--json", "--out", str(out))
    printed, said = child.communicate(timeout=240)
    assert child.returncode == 0, said
    assert said.splitlines() == ["qtdigits: training on 2 CPUs, 62 images a batch"]
    result = json.loads(printed)
    assert result["epochs"] == 4
    assert result["validation_accuracy"] > LEARNT
    # The card says what was done, the average of the weights included.
    card = read_card(out)
    assert card.settings["batch_size"] == 62
    assert card.settings["averaging"] > 0


def test_stopping_on_two_devices_keeps_the_best(tmp_path: Path) -> None:
    out = tmp_path / "stopped.keras"
    child = start(*OPTIONS, "--epochs", "500", "--events", "--out", str(out))
    assert child.stdin is not None
    assert child.stdout is not None
    best, events = 0.0, []
    for line in child.stdout:
        event = json.loads(line)
        events.append(event["event"])
        if event["event"] == "epoch":
            best = max(best, event["validation_accuracy"])
            if event["epoch"] == 3:
                child.stdin.write("stop\n")
                child.stdin.flush()
        elif event["event"] == "result":
            result = event["result"]
    child.communicate(timeout=60)
    assert child.returncode == 0
    assert {"started", "progress", "epoch", "result"} <= set(events)
    assert result["stopped"]
    assert result["validation_accuracy"] >= best - 0.03  # of one view there, of five here
    assert read_card(out).figures["validation_n"] == 151
