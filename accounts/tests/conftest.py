from __future__ import annotations

from accounts.tests.clients import (  # noqa: F401
    as_guest,
    as_outsider,
    as_owner,
    outsider,
    owner,
    plain_static_files,
    reset_throttles,
)
