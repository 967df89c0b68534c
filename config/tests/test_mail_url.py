"""EMAIL_URL, as docs/self-hosting.md describes it."""

from __future__ import annotations

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from config.ground.mail_url import mail_settings

CASES = [
    ("smtp+tls://ada%40example.org:a%3Ab@mail.example.org:2587", 2587, True, False),
    ("smtp+tls://ada%40example.org:a%3Ab@mail.example.org", 587, True, False),
    ("smtp+ssl://ada%40example.org:a%3Ab@mail.example.org:4465", 4465, False, True),
    ("smtp+ssl://ada%40example.org:a%3Ab@mail.example.org", 465, False, True),
    ("smtp://ada%40example.org:a%3Ab@mail.example.org:25", 25, False, False),
]


@pytest.mark.parametrize(("url", "port", "tls", "ssl"), CASES)
def test_mails_are_sent_with_the_encryption_that_the_url_names(settings, url, port, tls, ssl):
    for name, value in mail_settings(url).items():
        setattr(settings, name, value)
    mailer = get_connection(settings.EMAIL_BACKEND)
    assert isinstance(mailer, EmailBackend)
    assert (mailer.host, mailer.port, mailer.use_tls, mailer.use_ssl) == ("mail.example.org", port, tls, ssl)
    assert (mailer.username, mailer.password) == ("ada@example.org", "a:b")
