#!/usr/bin/env python
# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's own commands. The database they need is started for as long as they run."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overens.web.settings")

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    from overens.web import database

    with database.running():
        execute_from_command_line(sys.argv)
