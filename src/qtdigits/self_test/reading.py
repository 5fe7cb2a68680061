"""Checks that what is written with the mouse is read right, and kept."""

from __future__ import annotations

from qtdigits.app import Program
from qtdigits.core.history import HistoryEntry
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.samples import sample_drawings
from qtdigits.self_test.waiting import SelfTestError, trigger, wait_for
from qtdigits.ui.replay import replay


def check_reading(program: Program) -> None:
    """A sample of each digit is read right, and lies in the history with its label.

    Raises SelfTestError.
    """
    statuses: list[NetworkStatus] = []
    entries: list[HistoryEntry] = []
    labelled: list[HistoryEntry] = []
    program.inference.status_changed.connect(statuses.append)
    program.session.settled.connect(entries.append)
    program.desk.saved.connect(lambda _, entry: labelled.append(entry))
    wait_for(lambda: bool(statuses) and statuses[-1].state is not NetworkState.LOADING, "loading")
    if statuses[-1].state is NetworkState.FAILED:
        raise SelfTestError(statuses[-1].details)
    wait_for(lambda: program.desk.person is not None, "opening the drawings")
    samples = {one.label: one for one in sample_drawings() if one.label}
    for label, drawing in samples.items():
        for _ in replay(program.canvas, drawing.ink):
            pass
        entries.clear()
        wait_for(lambda: bool(entries), f"reading a {label}")
        if entries[-1].prediction.text != label:
            raise SelfTestError(f"a {label} was read as {entries[-1].prediction.text!r}")
        trigger(f"Label{label}", program.window)
        program.canvas.clear()
    wait_for(lambda: len({e.id for e in labelled if e.label is not None}) == len(samples), "saving")
