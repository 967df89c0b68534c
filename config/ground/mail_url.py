"""Django's e-mail settings from EMAIL_URL."""

from __future__ import annotations

from typing import Any

import dj_email_url

# dj_email_url does not know these schemes, and would send mails and the password unencrypted.
ENCRYPTED = {
    "smtp+tls": {"EMAIL_USE_TLS": True, "EMAIL_PORT": 587},  # STARTTLS (RFC 3207)
    "smtp+ssl": {"EMAIL_USE_SSL": True, "EMAIL_PORT": 465},  # TLS from the start (RFC 8314)
}


def mail_settings(url: str) -> dict[str, Any]:
    """Return the EMAIL_* settings; the port is the scheme's own where the URL has none."""
    scheme, _, rest = url.partition("://")
    if scheme not in ENCRYPTED:
        return dict(dj_email_url.parse(url))
    encrypted = dict(ENCRYPTED[scheme])
    if port := dj_email_url.parse(f"dummy://{rest}")["EMAIL_PORT"]:
        encrypted["EMAIL_PORT"] = port
    return {**dj_email_url.parse(f"smtp://{rest}"), **encrypted}
