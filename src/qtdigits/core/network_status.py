"""What the network is doing, as one value for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NetworkState(StrEnum):
    """Whether drawings can be read."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NetworkStatus:
    """The state in a few words for the person (`text`), and what lies behind it (`details`).

    details is '' when there is nothing more to say; for a failure it says why and what to do.
    """

    state: NetworkState
    text: str
    details: str = ""
