# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read, not run: no template holds code for the browser, and nothing typed is taken for markup, format or code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "overens"
PAGES = sorted([*PACKAGE.glob("web/templates/**/*.html"), *PACKAGE.glob("desks/**/templates/**/*.html")])
LETTERS = sorted([*PACKAGE.glob("web/templates/**/*.txt"), *PACKAGE.glob("desks/**/templates/**/*.txt")])
SOURCES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(path for path in PACKAGE.glob("web/static/**/*.js"))

# Where text is said to be markup already, and why it is.
MARKED_SAFE = {
    "overens/web/icons.py": "our own shapes only",
    "overens/web/templatetags/overens_tags.py": "pictures that are escaped where they are drawn",
    "overens/desks/public/views.py": "a picture that is escaped where it is drawn",
    "overens/desks/editions/seen.py": "a document that is escaped where it is rendered",
    "overens/desks/saying.py": "a picture that is escaped where it is drawn",
    "overens/desks/national/differing.py": "a picture that is escaped where it is drawn",
    "overens/desks/national/shown.py": "a report whose every text is escaped where it is drawn",
    "overens/desks/templatetags/writing_tags.py": "paragraphs and lists of a text that is escaped there",
}
# Who opens connections: to what the operator has named in the settings.
CONNECTING = {
    "overens/web/database.py": "the database",
    "overens/web/backup.py": "the database",
    "overens/records/seals.py": "a time-stamping service",
    "overens/web/login/oidc.py": "identity providers",
    "overens/statistics/fetching.py": "Statistics Sweden and Kolada, at the hosts of a setting",
    "overens/reminders/letters.py": "the mail server, by Django: only its refusal is named",
}
# Who runs programs: with arguments of ours, and no shell.
RUNNING = {"overens/cli/serve.py": "gunicorn and the worker", "overens/web/backup.py": "pg_dump and pg_restore"}
# Formats that do not stand where they are filled in.
FORMATS = {
    ("overens/archive/package/documentation.py", "READ_ME"): "a text of the file",
    ("overens/demo/simulate.py", "TEXT"): "a text of the file",
    ("overens/demo/agency.py", "_said()['memo'].strip()"): "a text of the file beside it",
    ("overens/desks/facts/shown.py", "word(f'facts-note-{code}', in_words)"): "wording",
    ("overens/followup/reference.py", "MEASURES if pages[0] >= BILAGA_3 else FIGURE"): "texts of the file",
    ("overens/cli/allocate.py", "word('allocation-more-evidence', language)"): "wording",
    ("overens/cli/plan.py", "word('supply-left', language)"): "wording",
    ("overens/ledger/reading.py", "words"): "a text of the file",
    ("overens/rules/findings.py", "_Filler(words, language)"): "wording, by a finding's code",
    ("overens/rules/identifiers.py", "orgnr"): "a module that formats numbers",
}
CODE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|<object|<embed|<iframe|<base\b",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"<(?:script|link|img|form|source)\b[^>]*(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_comments(text: str) -> str:
    return re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.DOTALL)


@cache
def parsed() -> list[tuple[str, ast.AST]]:
    """Parsed once: several tests read all of it."""
    return [(name(source), ast.parse(source.read_text(encoding="utf-8"))) for source in SOURCES]


def trees() -> Iterator[tuple[str, ast.AST]]:
    for where, tree in parsed():
        for node in ast.walk(tree):
            yield where, node


def called(node: ast.AST) -> str:
    """The name of what a node calls: ``mark_safe`` of ``safestring.mark_safe(x)``; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def test_there_is_something_to_read() -> None:
    assert len(PAGES) > 100
    assert len(SOURCES) > 150


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_has_no_code_and_takes_none_from_elsewhere(page: Path) -> None:
    text = without_comments(page.read_text(encoding="utf-8"))
    assert CODE.findall(text) == []
    assert OUTSIDE.findall(text) == []


@pytest.mark.parametrize(
    "sample",
    [
        "<script>x</script>",
        '<p style="x">',
        '<a onclick="x">',
        '<a href="javascript:x">',
        "<b hx-on:click=x>",
        "<STYLE>",
    ],
)
def test_code_would_be_found(sample: str) -> None:
    assert CODE.findall(sample)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_escapes_everything(page: Path) -> None:
    text = without_comments(page.read_text(encoding="utf-8"))
    assert re.findall(r"\|\s*safe(?:seq)?\b|autoescape\s+off|{%\s*debug|{%\s*filter", text) == []


def test_only_letters_are_not_escaped() -> None:
    """E-mail is plain text, in which &amp; would be seen; its subject is one line."""
    assert LETTERS
    assert {letter.suffix for letter in LETTERS} == {".txt"}


def test_what_is_called_markup_is_so_for_a_reason() -> None:
    calls = {where for where, node in trees() if called(node) in ("mark_safe", "SafeString", "SafeText", "html_safe")}
    assert calls == set(MARKED_SAFE)


def test_markup_is_put_together_from_constants() -> None:
    """The first argument of format_html is a text that stands in the source."""
    wrong = [
        (where, node.lineno)  # type: ignore[attr-defined]
        for where, node in trees()
        if called(node) == "format_html" and not isinstance(node.args[0], ast.Constant)  # type: ignore[attr-defined]
    ]
    assert wrong == []


def test_formats_are_never_text_of_users() -> None:
    """What is filled in with ``format`` is a constant, SQL of constants, or one of those that are listed."""
    found = set()
    for where, node in trees():
        if isinstance(node, ast.Call) and called(node) == "format" and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if not isinstance(of, ast.Constant) and called(of) != "SQL":
                found.add((where, ast.unparse(of)))
    assert found == set(FORMATS)


def test_nothing_is_evaluated_and_no_object_is_read_from_bytes() -> None:
    forbidden = {"eval", "exec", "compile", "__import__", "render_to_string_from_string", "from_string"}
    modules = {"pickle", "marshal", "shelve", "yaml", "jsonpickle", "dill"}
    wrong = []
    for where, node in trees():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in forbidden:
            wrong.append((where, node.lineno, node.func.id))
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name.split(".")[0] for alias in node.names} if isinstance(node, ast.Import) else {
                (node.module or "").split(".")[0]
            }  # fmt: skip
            wrong += [(where, node.lineno, each) for each in names & modules]
    assert wrong == []


def test_programs_and_connections_are_those_that_are_listed() -> None:
    running, connecting = set(), set()
    for where, node in trees():
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            names = {module, *(alias.name for alias in node.names)}
            if "subprocess" in names:
                running.add(where)
            if names & {
                "requests",
                "socket",
                "urllib.request",
                "http.client",
                "httpx",
                "smtplib",
                "psycopg",
                "aiohttp",
            }:
                connecting.add(where)
        if isinstance(node, ast.keyword) and node.arg == "shell":
            raise AssertionError(f"{where} runs a shell")
    assert running == set(RUNNING)
    assert connecting <= set(CONNECTING) | {"overens/web/login/accounts.py", "overens/desks/people/invitations.py"}


# What keeps something in the reader's browser, and why.
KEEPING = {
    "overens/web/static/writing/keeping.js": "what is typed in a form until it is saved",
    "overens/web/static/writing/saving.js": "what is typed in an answer until it is saved",
    "overens/web/static/writing/section.js": "the choice to count minutes, and the minutes until they are sent",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_our_scripts_evaluate_nothing_and_keep_what_is_listed(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert re.findall(r"\beval\b|new Function|innerHTML|outerHTML|document\.write|insertAdjacentHTML", text) == []
    assert re.findall(r"indexedDB|document\.cookie", text) == []
    assert bool(re.findall(r"localStorage|sessionStorage", text)) == (name(script) in KEEPING)
    assert re.findall(r"https?://", re.sub(r"//.*", "", text.replace("http://www.w3.org", ""))) == []
