"""Serves Lanai over https in the local network (`make run-lan`)."""

from __future__ import annotations

import ipaddress
import os
import subprocess
import sys
from pathlib import Path

import segno
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.ground import env
from config.lan.certificates import certificate_for
from config.lan.hosts import host_names, lan_address

PORT = 8443
WARNING = """\
  Every browser warns at the first visit, because no authority vouches for a private address.
  That is expected here: choose "Advanced", then go on to {address}. The connection is encrypted.
"""


class Command(BaseCommand):
    """Prepares, prints the link with its QR code, and replaces this process by `serve`."""

    help = "Serves Lanai over https to the local network, for phones and friends on the same Wi-Fi."

    def handle(self, **options: object) -> None:
        address = self._address()
        port = env.number("PORT", PORT, least=1, most=65535)
        certificate, key = certificate_for(address, settings.DATA_DIR / "lan")
        origins = [f"https://{host}:{port}" for host in (address, *host_names())]
        # This process has read its settings already; the processes below read these.
        os.environ.update(SITE_ORIGINS=",".join(origins), HOST=address, PORT=str(port))

        manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
        if subprocess.run([*manage, "prepare"], check=False).returncode:  # noqa: S603 - our own command
            raise CommandError("The database could not be prepared; the lines above say why.")
        self._show(origins[0] + "/", address)
        serve = ["serve", "--host", "0.0.0.0", "--port", str(port)]  # noqa: S104 - for the network
        tls = ["--certificate", str(certificate), "--key", str(key)]
        os.execv(sys.executable, [*manage, *serve, *tls])  # noqa: S606 - our own command

    def _address(self) -> str:
        address = env.text("HOST") or lan_address()
        if not address:
            raise CommandError("This machine is in no network. Connect it, or say its address: HOST=192.168.1.5")
        try:
            return str(ipaddress.IPv4Address(address))
        except ValueError:
            raise CommandError(f"HOST takes this machine's address, such as 192.168.1.5, not {address!r}.") from None

    def _show(self, link: str, address: str) -> None:
        self.stdout.write(f"\n  Others in your network open {link} or scan this:\n")
        segno.make(link, error="l").terminal(out=sys.stdout, compact=True)
        self.stdout.write(WARNING.format(address=address))
        self.stdout.flush()
