# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codebook: themes below themes, in editions. A theme's id is its identity and stays through all of them.

Every change gives a new codebook and says what becomes of coded passages (:class:`Fate`): when themes are merged they
follow; when one is retired they stay under it, visibly; when one is split each must be chosen anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from overens.rules.findings import Finding, error, refuse
from overens.rules.values import Slug, Table

Fate = Literal["stay", "follow", "stay-retired", "choose-again"]
MOST_THEMES = 500
DEEPEST = 4


class Example(Table):
    """A passage that shows what belongs to a theme, and where it stands."""

    text: str
    source: str


class Theme(Table):
    """A theme. ``belongs`` and ``does_not``: what is coded here and what is not. ``retired``: nothing new is coded with
    it. ``merged_into``, ``split_into``: where it went.
    """

    id: Slug
    parent: Slug | None = None
    title: str = Field(max_length=150)
    title_en: str = Field(default="", max_length=150)
    definition: str = Field(max_length=2000)
    definition_en: str = Field(default="", max_length=2000)
    belongs: str = Field(default="", max_length=2000)
    belongs_en: str = Field(default="", max_length=2000)
    does_not: str = Field(default="", max_length=2000)
    does_not_en: str = Field(default="", max_length=2000)
    source: str = Field(default="", max_length=300)
    examples: tuple[Example, ...] = Field(alias="example", default=())
    retired: bool = False
    merged_into: Slug | None = None
    split_into: tuple[Slug, ...] = ()


class Codebook(Table):
    """Themes in the order that they are shown in; one stands after the theme that it is below."""

    title: str = Field(max_length=200)
    source: str = Field(default="", max_length=500)
    themes: tuple[Theme, ...] = Field(alias="theme", max_length=MOST_THEMES)

    def theme(self, id: str) -> Theme:
        """Raises KeyError where the codebook has none."""
        for each in self.themes:
            if each.id == id:
                return each
        raise KeyError(id)

    def has(self, id: str) -> bool:
        return any(each.id == id for each in self.themes)

    def above(self, id: str) -> tuple[str, ...]:
        """The themes above one, the nearest first."""
        parents = {each.id: each.parent for each in self.themes}
        found: list[str] = []
        parent = parents.get(id)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = parents.get(parent)
        return tuple(found)

    def below(self, id: str) -> tuple[str, ...]:
        """All themes below one, retired ones too."""
        return tuple(each.id for each in self.themes if id in self.above(each.id))

    def tree(self) -> Iterator[tuple[int, Theme]]:
        """Every theme with its depth (0 at the top), each after what it is below, else in the file's order."""
        yield from self._branch(None, 0)

    def _branch(self, parent: str | None, depth: int) -> Iterator[tuple[int, Theme]]:
        for each in self.themes:
            if each.parent == parent:
                yield depth, each
                yield from self._branch(each.id, depth + 1)

    @property
    def usable(self) -> tuple[Theme, ...]:
        """The themes that passages can be coded with, in the tree's order."""
        return tuple(theme for _, theme in self.tree() if not theme.retired)


def check(codebook: Codebook) -> tuple[Finding, ...]:
    """What is to be mended in a codebook, each at its theme."""
    return tuple(_wrong(codebook))


def _wrong(codebook: Codebook) -> Iterator[Finding]:
    if not codebook.themes:
        yield error("codebook-empty")
    known = [theme.id for theme in codebook.themes]
    titles: dict[tuple[str | None, str], str] = {}
    for number, theme in enumerate(codebook.themes):
        at = f"theme[{theme.id}]"
        if theme.id in known[:number]:
            yield error("duplicate-id", f"{at}.id", name=theme.id)
            continue
        for field in ("title", "definition"):
            if not getattr(theme, field).strip():
                yield error("theme-text-missing", f"{at}.{field}", theme=theme.id)
        for name in (theme.parent, theme.merged_into, *theme.split_into):
            if name is not None and name not in known:
                yield error("unknown-reference", f"{at}.parent", name=name, known=sorted(known))
        if theme.parent in known:
            above = codebook.above(theme.id)
            if theme.id in above:
                yield error("theme-below-itself", f"{at}.parent", theme=theme.id)
            elif len(above) >= DEEPEST:
                yield error("theme-too-deep", f"{at}.parent", theme=theme.id, most=DEEPEST)
            elif codebook.theme(theme.parent or "").retired and not theme.retired:
                yield error("theme-below-retired", f"{at}.parent", theme=theme.title)
        if (theme.merged_into or theme.split_into) and not theme.retired:
            yield error("theme-gone-is-retired", f"{at}.retired", theme=theme.title)
        if not theme.retired:
            place = (theme.parent, theme.title.strip().casefold())
            if place in titles:
                yield error("theme-title-taken", f"{at}.title", title=theme.title)
            titles[place] = theme.id


@dataclass(frozen=True)
class Change:
    """A new codebook, and what becomes of passages by the theme that they are coded with. ``into``: where they go, or
    among which is chosen.
    """

    codebook: Codebook
    fates: dict[str, Fate]
    into: tuple[str, ...] = ()


def add(codebook: Codebook, theme: Theme) -> Change:
    """A new theme, last among its siblings."""
    if codebook.has(theme.id):
        refuse("theme-id-taken", key="id", id=theme.id)
    return _changed(codebook, (*codebook.themes, theme))


def reword(codebook: Codebook, id: str, **fields: Any) -> Change:
    """Another title, definition or examples; passages stay."""
    return _changed(codebook, _with(codebook, id, **fields))


def move(codebook: Codebook, id: str, parent: str | None) -> Change:
    """Below another theme (None: at the top), with all that is below it; passages stay."""
    if parent is not None and (parent == id or parent in codebook.below(id)):
        refuse("theme-below-itself", key="parent", theme=codebook.theme(id).title)
    return _changed(codebook, _with(codebook, id, parent=parent))


def retire(codebook: Codebook, id: str) -> Change:
    """No more coding with it. What was coded stays under it, visibly. Raises Refused where themes in use are below."""
    _no_theme_in_use_below(codebook, id)
    return _changed(codebook, _with(codebook, id, retired=True), {id: "stay-retired"})


def restore(codebook: Codebook, id: str) -> Change:
    """A retired theme in use again, with the passages that stayed under it."""
    theme = codebook.theme(id)
    if theme.merged_into or theme.split_into:
        refuse("theme-went-elsewhere", theme=theme.title)
    return _changed(codebook, _with(codebook, id, retired=False))


def merge(codebook: Codebook, id: str, into: str) -> Change:
    """One theme into another: its passages and the themes below it follow."""
    if not codebook.has(into) or codebook.theme(into).retired or into == id:
        refuse("theme-cannot-take", key="into")
    if into in codebook.below(id):
        refuse("theme-below-itself", key="into", theme=codebook.theme(id).title)
    themes = tuple(
        each.model_copy(update={"parent": into}) if each.parent == id else each
        for each in _with(codebook, id, retired=True, merged_into=into)
    )
    return _changed(codebook, themes, {id: "follow"}, (into,))


def split(codebook: Codebook, id: str, new: tuple[Theme, ...]) -> Change:
    """One theme into several new ones beside it: each of its passages has to be chosen anew."""
    if len(new) < 2:
        refuse("theme-split-in-two", key="titles")
    _no_theme_in_use_below(codebook, id)
    for each in new:
        if codebook.has(each.id):
            refuse("theme-id-taken", key="titles", id=each.id)
    at = next(number for number, each in enumerate(codebook.themes) if each.id == id)
    ids = tuple(each.id for each in new)
    old = _with(codebook, id, retired=True, split_into=ids)
    placed = tuple(each.model_copy(update={"parent": codebook.theme(id).parent}) for each in new)
    return _changed(codebook, (*old[: at + 1], *placed, *old[at + 1 :]), {id: "choose-again"}, ids)


def _no_theme_in_use_below(codebook: Codebook, id: str) -> None:
    below = [codebook.theme(each).title for each in codebook.below(id) if not codebook.theme(each).retired]
    if below:
        refuse("theme-has-themes-below", theme=codebook.theme(id).title, below=below)


def _with(codebook: Codebook, id: str, **fields: Any) -> tuple[Theme, ...]:
    return tuple(each.model_copy(update=fields) if each.id == id else each for each in codebook.themes)


def _changed(
    codebook: Codebook, themes: tuple[Theme, ...], fates: dict[str, Fate] | None = None, into: tuple[str, ...] = ()
) -> Change:
    return Change(codebook.model_copy(update={"themes": themes}), fates or {}, into)


@dataclass(frozen=True)
class Difference:
    """What happened to one theme between two editions: added, retired, restored, moved or reworded (the fields)."""

    theme: str
    what: Literal["added", "gone", "retired", "restored", "moved", "reworded"]
    fields: tuple[str, ...] = ()


WORDS = ("title", "title_en", "definition", "definition_en", "belongs", "belongs_en", "does_not", "does_not_en",
         "source", "examples")  # fmt: skip


def differences(old: Codebook, new: Codebook) -> tuple[Difference, ...]:
    """What a later edition says otherwise, theme by theme in its order."""
    found: list[Difference] = []
    before = {theme.id: theme for theme in old.themes}
    for theme in new.themes:
        was = before.pop(theme.id, None)
        if was is None:
            found.append(Difference(theme.id, "added"))
            continue
        if was.retired != theme.retired:
            found.append(Difference(theme.id, "retired" if theme.retired else "restored"))
        if was.parent != theme.parent:
            found.append(Difference(theme.id, "moved", ("parent",)))
        if changed := tuple(field for field in WORDS if getattr(was, field) != getattr(theme, field)):
            found.append(Difference(theme.id, "reworded", changed))
    return (*found, *(Difference(gone, "gone") for gone in before))
