"""Serves Lanai on one process."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.asgi import application
from config.serving import serve
from config.serving.listen import ListenAddress


class Command(BaseCommand):
    """Runs the server that LANAI_SERVER names, after all system checks have passed."""

    help = "Serves Lanai on one process until it is told to stop."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--certificate", type=Path, help="PEM file, for https without a proxy")
        parser.add_argument("--key", type=Path, help="PEM file of the certificate's private key")

    def handle(self, *, host: str, port: int, certificate: Path | None, key: Path | None, **options: object) -> None:
        if bool(certificate) != bool(key):
            raise CommandError("--certificate and --key go together.")
        self.stdout.write(f"Lanai is at {settings.SITE_ORIGINS[0]} (stop with Ctrl+C)")
        sys.stdout.flush()
        serve(application, ListenAddress("127.0.0.1" if host == "localhost" else host, port, certificate, key))
