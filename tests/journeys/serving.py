# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A program that has read the whole application once, and forks a web server for each journey.

It takes lines of "DATABASE PORT" and answers each with the number of the process that serves that database there.
"""

from __future__ import annotations

import os
import signal
import sys

from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from overens.web.wsgi import application


class Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, port: str) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        for name, value in (("bind", f"127.0.0.1:{self.port}"), ("threads", 4), ("loglevel", "warning")):
            self.cfg.set(name, value)

    def load(self) -> object:
        return application


def main() -> None:
    get_resolver().url_patterns  # noqa: B018  (reads every view)
    for line in sys.stdin:
        database, port = line.split()
        process = os.fork()
        if not process:
            os.setsid()  # it is ended with its worker
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what it logs is no answer
            for alias in connections:
                connections[alias].settings_dict["NAME"] = database
            Server(port).run()
        print(process, flush=True)


if __name__ == "__main__":
    # Nobody waits for the servers that have ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    main()
