# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues of wording: merge the parts, compile them, and say what is missing.

Every room keeps its wording in a part of its own, ``overens/locale/<language>/parts/<room>.po``. Parts named
``findings-*.po`` make up the domain ``findings`` (msgid: the code of a finding, in every language), all others the
domain ``django`` (msgid: the Swedish wording in templates and Python; Swedish itself needs no part).

    python -m overens.web.translations              compile
    python -m overens.web.translations --missing    list the wording that no English part has, with its places
"""

from __future__ import annotations

import argparse
import ast
import io
import os
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
LANGUAGES = ("sv", "en")
DOMAINS = ("django", "findings")

# Which arguments of a translating function are its message; "c" marks the context, as in Babel.
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PERCENT = re.compile(r"%\((\w+)\)[sd]|(%[sd])")


class Conflict(Exception):
    """Two parts of one language translate the same message differently."""


@dataclass(frozen=True, order=True)
class Key:
    """What identifies a message: its wording in the source, with its plural and its context where it has them."""

    singular: str
    plural: str = ""
    context: str = ""


def compile_catalogues(locale: Path = LOCALE) -> None:
    """Write ``<language>/LC_MESSAGES/<domain>.mo`` from the parts. Raises Conflict, naming both files."""
    for language in LANGUAGES:
        for domain in DOMAINS:
            target = locale / language / "LC_MESSAGES" / f"{domain}.mo"
            target.parent.mkdir(parents=True, exist_ok=True)
            # Replaced in one step: a server that starts meanwhile reads the old one or the new one, whole.
            whole = merged(language, domain, locale)
            draft = target.with_suffix(f".{os.getpid()}.new")
            with draft.open("wb") as file:
                write_mo(file, whole)
            draft.replace(target)


def merged(language: str, domain: str, locale: Path = LOCALE) -> Catalog:
    """One catalogue of all parts of a language and domain. Raises Conflict, naming the files."""
    whole = Catalog(locale=language, domain=domain, charset="utf-8")
    origin: dict[Key, Path] = {}
    conflicts: list[str] = []
    for part in sorted((locale / language / "parts").glob("*.po")):
        if part.name.startswith("findings-") != (domain == "findings"):
            continue
        with part.open("rb") as file:
            messages = [message for message in read_po(file, locale=language, abort_invalid=True) if message.id]
        for message in messages:
            key = _key(message)
            known = whole.get(message.id, message.context)
            if known is not None and known.string != message.string:
                conflicts.append(
                    f"{key.singular!r} is {known.string!r} in {origin[key].name} but {message.string!r} in {part.name}"
                )
                continue
            whole.add(message.id, message.string, context=message.context)
            origin.setdefault(key, part)
    if conflicts:
        raise Conflict("\n".join(conflicts))
    return whole


def translations(language: str, domain: str, locale: Path = LOCALE) -> dict[Key, tuple[str, ...]]:
    """The translation of every message, one string per plural form; empty strings where there is none."""
    found = {}
    for message in merged(language, domain, locale):
        if message.id:
            strings = [message.string] if isinstance(message.string, str) else message.string or []
            found[_key(message)] = tuple(string or "" for string in strings)
    return found


def extract_messages() -> dict[Key, list[str]]:
    """Every message of the templates and the Python sources, with the places (file:line) where it is used."""
    found: dict[Key, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".html", ".py", ".txt"} or "locale" in path.parts:
            continue
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        for line, key in _messages(path):
            found.setdefault(key, []).append(f"{path.relative_to(PACKAGE.parent)}:{line}")
    return found


def missing(language: str = "en") -> dict[Key, list[str]]:
    """Messages without a translation, with their places."""
    known = translations(language, "django")
    return {key: places for key, places in extract_messages().items() if not all(known.get(key, ("",)))}


def placeholders(text: str, domain: str = "django") -> frozenset[str]:
    """Names that are filled in when the text is shown: ``%(name)s`` in pages, ``{name}`` in findings."""
    if domain == "django":
        return frozenset(name or bare for name, bare in _PERCENT.findall(text))
    return frozenset(re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name)


def _messages(path: Path) -> Iterator[tuple[int, Key]]:
    source = path.read_text("utf-8")
    return _of_python(source) if path.suffix == ".py" else _of_template(source)


def _of_template(source: str) -> Iterator[tuple[int, Key]]:
    # Django turns the tags into Python calls; what stands between them is not Python, so its indent goes.
    calls = "\n".join(line.strip() for line in templatize(source).splitlines())
    for line, message, _, context in extract("python", io.BytesIO(calls.encode()), keywords=_KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield line, Key(singular, plural, context or "")


def _of_python(source: str) -> Iterator[tuple[int, Key]]:
    # Not Babel, which does not see a call inside an f-string.
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        keyword = _KEYWORDS.get(getattr(call.func, "id", "") or getattr(call.func, "attr", ""))
        arguments = call.args[: len(keyword or ())]
        words = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if keyword and len(words) == len(keyword):
            context = words.pop(0) if isinstance(keyword[0], tuple) else ""
            yield call.lineno, Key(words[0], words[1] if len(words) > 1 else "", context)


def _key(message: Message) -> Key:
    singular, plural = message.id if isinstance(message.id, (tuple, list)) else (message.id, "")
    return Key(singular, plural, message.context or "")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m overens.web.translations", description="Merge and compile the catalogues of wording"
    )
    parser.add_argument("--missing", action="store_true", help="list what has no English translation")
    try:
        if not parser.parse_args().missing:
            compile_catalogues()
            return 0
        without = missing()
    except Conflict as conflict:
        print(conflict, file=sys.stderr)
        return 1
    for key, places in without.items():
        print(f"{', '.join(places)}: {key.singular}")
    return 1 if without else 0


if __name__ == "__main__":
    sys.exit(main())
