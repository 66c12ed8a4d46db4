# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents say nothing about the tree that is not so: files, links, make targets, commands, variables."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# A path that begins in one of the tree's folders; what is only a name beside such a path is not looked for.
PATH = re.compile(r"(?<![\w/.])((?:overens|tests|docs|tools|bench|requirements)/[\w./-]*\w)(?![\w/<*{])")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")


def pages() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])


def named(page: Path) -> Iterator[str]:
    """Paths in the page's code. The tutorial writes ``(new)`` behind a file that it asks the reader to make."""
    text = page.read_text(encoding="utf-8")
    for code in [*CODE.findall(re.sub(r"`[^`\n]+` \(new\)", "", FENCE.sub("", text)))]:
        yield from PATH.findall(code)


def test_there_are_pages() -> None:
    assert {"README.md", "architecture.md", "process.md", "first-change.md", "operate.md", "domain.md"} <= {
        page.name for page in PAGES
    }


@pages()
def test_every_file_that_is_named_exists(page: Path) -> None:
    assert [name for name in named(page) if not (ROOT / name).exists()] == []


@pages()
def test_no_link_is_broken(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    broken = [
        link for link in links
        if not link.startswith("#") and not (page.parent / link.partition("#")[0]).resolve().exists()
    ]  # fmt: skip
    assert broken == []


@pages()
def test_every_anchor_is_a_heading(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        target, _, anchor = link.partition("#")
        if anchor and "://" not in link:
            there = (page.parent / target).resolve() if target else page
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, link


@pages()
def test_every_make_target_that_is_named_is_one(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    shown = [*CODE.findall(text), *re.findall(r"^ {4}(.+)$", text, re.MULTILINE)]
    assert {name for each in shown for name in MAKE.findall(each)} <= targets


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_readme_names_the_two_commands(target: str) -> None:
    assert f"\n    make {target} " in (ROOT / "README.md").read_text(encoding="utf-8")


@pages()
def test_every_command_of_overens_that_is_named_is_one(page: Path) -> None:
    from overens.cli.main import app

    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    text = page.read_text(encoding="utf-8")
    shown = [*CODE.findall(text), *re.findall(r"^ {4}(?:\$ )?(overens .+)$", text, re.MULTILINE)]
    found = {match[1] for each in shown if (match := re.match(r"overens ([a-z]+)", each))}
    assert found <= known


def test_every_variable_that_the_code_reads_is_in_the_operators_table() -> None:
    read = set()
    for source in (ROOT / "overens").rglob("*.py"):
        read |= set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', source.read_text(encoding="utf-8")))
    table = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operate.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert table == {name for name in read if name.startswith(("OVERENS_", "DATABASE_", "SECRET_"))} - OURS


# For those who work on the code: debug pages, and another database on the embedded server.
OURS = {"OVERENS_DEBUG", "OVERENS_DATABASE"}


def test_what_was_chosen_in_the_agreement_is_to_be_confirmed() -> None:
    agreement = tomllib.loads((ROOT / "overens/reference/agreements/2019.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "to-be-confirmed.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| .+ \| `([a-z-]+)` \| .+ \|$", page, re.MULTILINE)
    assert listed == [choice["id"] for choice in agreement["our_choice"]]


def test_every_source_that_assumes_something_is_to_be_confirmed() -> None:
    page = (ROOT / "docs" / "to-be-confirmed.md").read_text(encoding="utf-8")
    assuming = [
        str(source.relative_to(ROOT))
        for source in (ROOT / "overens").rglob("*.py")
        if re.search(r"\bassumed\b", source.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert len(assuming) >= 5
    # One line for both languages.
    assert [name for name in assuming if name.replace("/en/", "/sv/") not in page] == []


def test_the_readmes_table_is_what_the_command_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "overens.cli.main", "allocate", "2019", "--format", "csv"],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.splitlines()  # fmt: skip
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}" for line in printed[:4]) in readme


def test_decisions_are_numbered_and_whole() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, record in enumerate(records, start=1):
        text = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04d}-")
        assert f"\n# {number}. " in text
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
            "Context",
            "Decision",
            "Rejected",
            "Consequences",
        ]
