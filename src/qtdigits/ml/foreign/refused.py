"""Why a network from elsewhere is not taken."""

from __future__ import annotations


class RefusedError(ValueError):
    """A reason in words that complete 'FILE …', such as 'is damaged'."""
