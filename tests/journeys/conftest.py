# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium before a real server on a database of the journey's own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.integration.conftest import *  # noqa: F403  (the databases with something in them)

# Playwright's own loop runs in this thread; what the tests ask of the database is not done in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise AssertionError("Chromium is missing: make test installs it as root, else: sudo apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with its module: other tests of this process, which seal papers, need a thread without a loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                  "--disable-sync", "--no-first-run"],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def program() -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """The program of serving.py under the configuration that this process has now."""
    started: dict[tuple[tuple[str, str], ...], subprocess.Popen[str]] = {}

    def configured() -> subprocess.Popen[str]:
        key = tuple(sorted(pair for pair in os.environ.items() if pair[0].startswith("OVERENS_")))
        if key not in started:
            started[key] = subprocess.Popen(
                [sys.executable, "-W", "ignore", Path(__file__).with_name("serving.py")],
                env={**os.environ, "SECRET_KEY": "for one journey"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return started[key]

    yield configured
    for each in started.values():
        with each:  # it ends when nothing more is asked
            pass


@pytest.fixture
def site(fresh_demo: str, program: Callable[[], subprocess.Popen[str]]) -> Iterator[str]:
    """The web server on a fresh copy of the demo; its address."""
    servers = program()
    assert servers.stdin
    assert servers.stdout
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    print(fresh_demo, port, file=servers.stdin, flush=True)
    process = int(servers.stdout.readline())
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/logga-in/", timeout=5)
                break
            except OSError:
                assert is_there(process), "the server ended at once"
                time.sleep(0.1)
        yield address
    finally:
        os.killpg(process, signal.SIGKILL)


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Visitor:
    """Somebody at a browser. Each page that is opened is checked by axe, for errors in the console, and for width."""

    page: Page
    site: str
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.hears(str(error)))
        self.page.on("console", lambda said: self.hears(said.text) if said.type == "error" else None)

    def hears(self, text: str) -> None:
        """A refused form answers 422, which the browser reports and a person does not mind."""
        if "status of 4" not in text:
            self.trouble.append(text)

    def opens(self, path: str) -> Visitor:
        self.page.goto(self.site + path)
        return self.sees_a_good_page()

    def logs_in_as(self, organisation: str, role: str) -> Visitor:
        self.page.goto(self.site + "/logga-in/")
        self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        self.page.get_by_role("button", name=re.compile(rf"^{role}\s*, {organisation}$")).click()
        return self

    def presses(self, name: str) -> Visitor:
        self.page.get_by_role("button", name=name).first.click()
        return self

    def follows(self, name: str) -> Visitor:
        self.page.get_by_role("link", name=name).first.click()
        return self

    def fills(self, label: str, text: str) -> Visitor:
        self.page.get_by_label(label).first.fill(text)
        return self

    def reads(self, text: str) -> Visitor:
        """Waits for it: a click returns before the page that it opens is there."""
        expect(self.page.locator("body")).to_contain_text(" ".join(text.split()), use_inner_text=True, timeout=15_000)
        return self

    def sees_a_good_page(self) -> Visitor:
        self.page.wait_for_load_state()
        assert not self.trouble, self.trouble
        # Without the styles that axe would load beside those of the page: its policy refuses them aloud.
        found = Axe().run(self.page, options={"preload": False})
        assert found.violations_count == 0, f"{self.page.url}: {found.generate_report()}"
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{self.page.url} is wider than {width}"
        )
        return self


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Visitor(context.new_page(), site)
    context.close()
