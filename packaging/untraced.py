"""What of the program no traced feature loaded: nobody knows whether the built file has its needs.

The build fails on it, so that who adds a feature also adds it to features.py.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from feature_trace import Trace

_NEVER_TRACED: Final = {
    "qtdigits.__main__": "is called __main__ while it runs",
    "qtdigits.demo": "only make run starts it, in a checkout",
    "qtdigits.frozen": "runs in the executable file alone",
    "qtdigits.library": "what other people's Python programs import; this one does not",
    "qtdigits.core.mnist_download": "needs the network, and nothing but Python's own library",
    "qtdigits.core.web_request": "the same",
    "qtdigits.core.fetch_words": "the same",
}
"""Modules, with all below them, and why a run from source does not load them."""


def untraced(trace: Trace, sources: Path) -> list[str]:
    """The modules below the folder `sources` that were not loaded, and what in others was not.

    The latter are imports from other packages, wherever in a module they stand: those inside
    functions run late, or in a feature that nobody traced. Python's own library is left out, for
    PyInstaller finds what of it our modules name.
    """
    missing = []
    for file in sorted(sources.rglob("*.py")):
        name = ".".join(file.relative_to(sources).with_suffix("").parts).removesuffix(".__init__")
        if _is_never_traced(name):
            continue
        if name not in trace.modules:
            missing.append(name)
            continue
        tree = ast.parse(file.read_bytes(), str(file))
        missing += [
            f"{imported} in {name}" for imported in _foreign(tree) if imported not in trace.modules
        ]
    return missing


def _is_never_traced(name: str) -> bool:
    return any(name == known or name.startswith(f"{known}.") for known in _NEVER_TRACED)


def _foreign(tree: ast.AST) -> Iterator[str]:
    """The modules of other packages that a source imports when it runs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top != "qtdigits":
                yield name
        yield from _foreign(node)
