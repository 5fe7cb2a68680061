"""Unpacking a part at the moment one of its packages is imported."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class PartFinder:
    """Stands first in sys.meta_path and finds nothing: it sees to it that the others find it."""

    def __init__(self, packages: Iterable[str], provide: Callable[[], None]) -> None:
        """provide is called once, in the thread that imports one of the packages first."""
        self._packages = frozenset(packages)
        self._provide = provide
        self._is_provided = False
        self._lock = threading.RLock()

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """None, after the part is where the import system looks."""
        if not self._is_provided and fullname in self._packages:
            with self._lock:
                if not self._is_provided:
                    self._provide()
                    self._is_provided = True
        return None
