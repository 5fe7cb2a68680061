"""How Hypothesis searches: the same examples each time, and no folder of its own."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_QUICK = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=25,
    # The fixtures of every test, in conftest.py above, do not change from example to example.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("quick", _QUICK)
settings.register_profile("long", _QUICK, derandomize=False, max_examples=200)
settings.load_profile("long" if "QTDIGITS_MUTATIONS" in os.environ else "quick")
