#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.ground.env import Refusal

    try:
        execute_from_command_line(sys.argv)
    except Refusal as refusal:
        # It is for whoever set the variable, who can do nothing with a traceback.
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
