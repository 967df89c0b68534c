"""The number of examples: LANAI_EXAMPLES multiplies that of `make test`, and then they differ each time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("LANAI_EXAMPLES") or 1)


def examples(count: int, **more: object) -> settings:
    """Settings for so many examples; the same ones each time in `make test`."""
    return settings(
        max_examples=count * FACTOR,
        derandomize=FACTOR == 1,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        **more,  # type: ignore[arg-type]
    )
