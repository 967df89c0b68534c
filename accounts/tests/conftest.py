from __future__ import annotations

from accounts.tests.cast import (  # noqa: F401
    as_guest,
    as_outsider,
    as_owner,
    fresh_throttles,
    outsider,
    owner,
    quick_pages,
)
