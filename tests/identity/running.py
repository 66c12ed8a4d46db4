# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Identity providers as programs of their own."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(program: Sequence[str | Path], given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Run a provider with this configuration until the block ends; yields the configuration and what it answered."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [*map(str, program), folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(given))
            process.stdin.close()
            said = process.stdout.readline().strip()
            assert said.startswith("ready"), f"{program} did not start"
            yield {**given, **json.loads(said.removeprefix("ready").strip() or "{}")}
        finally:
            process.terminate()
            process.wait(timeout=10)
            process.stdout.close()
