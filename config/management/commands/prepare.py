"""Prepares a new or updated installation: tables, static files, the first admin."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.first_admin import EMAIL, ensure_first_admin
from config.assets.collecting import collect_static_files


class Command(BaseCommand):
    """Each step does nothing where there is nothing to do."""

    help = "Migrates the database, collects static files and makes the first admin. Safe to run again."

    def handle(self, **options: object) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        collect_static_files()
        password = ensure_first_admin()
        if password:
            self.stdout.write(
                "\n  Your admin account was made. This is shown only once:\n"
                f"    e-mail    {EMAIL}\n"
                f"    password  {password}\n"
                f"  Sign in at {settings.SITE_ORIGINS[0]}/accounts/login/ and choose a new password.\n"
            )
