"""The person's home, where the environment names none that can be one."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Final

NO_HOME: Final = os.devnull
"""The home of who has none: below a device nothing can be made, for root neither."""


def settle_home(environ: MutableMapping[str, str]) -> None:
    """Give HOME a value where it is missing, empty or relative; nothing to do on Windows.

    Services, containers and restricted logins start programs in this way. Qt would take the root
    directory for the home then, or a folder below the working one, and Python the one that the
    system knows: settings and drawings would lie in two places. Where the system knows none either,
    what is drawn lasts until the end.
    """
    if os.name == "posix" and not os.path.isabs(environ.get("HOME", "")):
        environ["HOME"] = _known_to_the_system()


def _known_to_the_system() -> str:
    import pwd  # not there on Windows

    try:
        home = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:  # a container's user of whom only the number is known
        return NO_HOME
    return home if os.path.isabs(home) else NO_HOME
