"""The limits on text as they are promised to users, and the sizes that the tests feed."""

from __future__ import annotations

MEGABYTE = 2**20
PATIENCE = 20  # seconds

# In code points: of a field, of an admin's search, of a nickname as typed; in bytes: of two headers.
FIELD, SEARCH, NICKNAME, REFERER, ORIGIN = 2_000, 200, 160, 4_000, 300
# In bytes: of whole parts of a request.
PATH, QUERY, HEAD, BODY = 2_000, 8_000, 16 * 1024, 128 * 1024
LIMITED_HEADERS = {
    "accept": 1_000, "accept-encoding": 300, "accept-language": 1_000, "content-type": 300, "host": 300,
    "if-modified-since": 100, "if-none-match": 1_000, "origin": ORIGIN, "range": 300, "referer": REFERER,
    "x-csrftoken": 300, "x-forwarded-for": 2_000, "x-forwarded-proto": 100,
}  # fmt: skip

# Texts that grow or take long when they are normalized.
MARKS, GRAVES = "\u0344", "\u0300"
