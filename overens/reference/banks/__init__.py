# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How banks want their files, one profile each. What they are: overens/exchange/orders.py."""

from __future__ import annotations

from importlib import resources


def names() -> tuple[str, ...]:
    folder = resources.files(__package__)
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))


def text(name: str) -> str:
    return (resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8")
