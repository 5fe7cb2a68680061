"""Importing a large library beside the window, before somebody needs it."""

from __future__ import annotations

import importlib
import sys
import threading
from contextlib import suppress


def import_ahead(module: str) -> threading.Thread | None:
    """Import a module in a thread of its own; None when it is there already.

    Whoever imports it meanwhile waits for the thread, as Python does. The thread is no daemon: a
    program that ends just then lets it finish. That a module is missing is told to those who need
    it, not here.
    """
    if module in sys.modules:
        return None
    thread = threading.Thread(target=_import, args=(module,), name=f"import of {module}")
    thread.start()
    return thread


def _import(module: str) -> None:
    with suppress(ImportError):
        importlib.import_module(module)
