# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The wording is complete: everything that a page or a finding says, it says in Swedish and in English."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from overens.web import translations
from overens.web.translations import Conflict, Key, compile_catalogues, merged, placeholders

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture(scope="module")
def used() -> dict[Key, list[str]]:
    return translations.extract_messages()


@pytest.fixture(scope="module")
def english() -> dict[Key, tuple[str, ...]]:
    return translations.translations("en", "django")


def part(locale: Path, language: str, name: str, *messages: tuple[str, str]) -> None:
    folder = locale / language / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(f'msgid "{id_}"\nmsgstr "{string}"\n' for id_, string in messages)
    (folder / f"{name}.po").write_text(HEAD + text, "utf-8")


def test_everything_on_the_pages_is_found(used: dict[Key, list[str]]) -> None:
    """One known message of each kind, so that the completeness below is about something."""
    assert Key("Till innehållet") in used  # a tag
    assert Key("%(days)s dag kvar", "%(days)s dagar kvar") in used  # a block with its plural
    assert Key("Ej beslutat") in used  # Python
    assert any(place.startswith("overens/web/templates/base.html:") for place in used[Key("Till innehållet")])


def test_everything_on_the_pages_has_an_english_wording(
    used: dict[Key, list[str]], english: dict[Key, tuple[str, ...]]
) -> None:
    without = {key.singular: places for key, places in used.items() if not all(english.get(key, ("",)))}
    assert not without


def test_no_english_wording_is_left_over(used: dict[Key, list[str]], english: dict[Key, tuple[str, ...]]) -> None:
    assert not sorted(key.singular for key in english.keys() - used.keys())


def test_the_english_wording_has_the_same_placeholders(english: dict[Key, tuple[str, ...]]) -> None:
    for key, strings in english.items():
        # One of two plural forms may leave the number out ("one row").
        asked = placeholders(key.singular) | placeholders(key.plural)
        given = frozenset().union(*map(placeholders, strings))
        assert given == asked, key


def test_findings_are_worded_in_both_languages_with_the_same_placeholders() -> None:
    swedish, english = (translations.translations(language, "findings") for language in ("sv", "en"))
    assert len(swedish) > 20
    assert swedish.keys() == english.keys()
    for key in swedish:
        (sv,), (en,) = swedish[key], english[key]
        assert sv, key
        assert en, key
        assert placeholders(sv, "findings") == placeholders(en, "findings"), key


def test_parts_become_one_catalogue_a_domain(tmp_path: Path) -> None:
    for language in ("sv", "en"):
        part(tmp_path, language, "findings-ledger", ("pot-sum", f"{language} {{sum}}"))
    part(tmp_path, "en", "desk", ("Rekvisition", "Requisition"))
    part(tmp_path, "en", "web", ("Visa", "Show"), ("Rekvisition", "Requisition"))
    compile_catalogues(tmp_path)
    django = gettext.translation("django", tmp_path, languages=["en"])
    assert [django.gettext(word) for word in ("Rekvisition", "Visa", "pot-sum")] == ["Requisition", "Show", "pot-sum"]
    assert gettext.translation("findings", tmp_path, languages=["sv"]).gettext("pot-sum") == "sv {sum}"


def test_two_parts_that_disagree_are_an_error_that_names_both(tmp_path: Path) -> None:
    part(tmp_path, "en", "one", ("Visa", "Show"))
    part(tmp_path, "en", "two", ("Visa", "View"))
    with pytest.raises(Conflict, match=r"'Visa' is 'Show' in one.po but 'View' in two.po"):
        merged("en", "django", tmp_path)


@pytest.mark.parametrize(
    ("text", "domain", "names"),
    [
        ("%(first)s–%(last)s", "django", {"first", "last"}),
        ("50 %", "django", set()),
        ("{parts:kr} och {kind:word}", "findings", {"parts", "kind"}),
    ],
)
def test_placeholders(text: str, domain: str, names: set[str]) -> None:
    assert placeholders(text, domain) == names
