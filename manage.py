#!/usr/bin/env python
"""Runs Django's commands, and those of config/management/ and rooms/management/."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.ground.env import InvalidVariable

    try:
        execute_from_command_line(sys.argv)
    except InvalidVariable as problem:
        # The sentence is for the person who set the variable, to whom a traceback would say nothing.
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
