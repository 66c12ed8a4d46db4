# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of a passage, read: CommonMark with tables, notes, citations and bound values.

    {{ count vns }} landsting har infört …^[Att något inte framgår …], se {{ ref tabell-vns }} och [@lag].

    {{ table training-posts years=2016,2017 }}

Any text at all is read. What looks like a binding and is none, is kept as it was typed and told of with its line.
HTML is text; so is what is indented or fenced: nobody writes a report in it on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from overens.rules.edition import keys
from overens.rules.edition.keys import Question
from overens.rules.edition.pieces import (
    Anchor,
    Binding,
    Box,
    Broken,
    Citing,
    Footnote,
    Grid,
    Heading,
    Made,
    Named,
    Part,
    Piece,
    Pieces,
    Pointer,
    Points,
    Style,
    Text,
    Words,
)  # fmt: skip
from overens.rules.findings import Finding, Level, Where

# How a value can be worded (:mod:`overens.rules.edition.wording`).
FORMS = ("words", "digits", "names", "of", "all", "most", "majority", "share", "millions")
MAKERS = ("table", "figure", "block")
LONGEST_SHOWN = 80

_BINDING = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CITING = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9._:-]*)\]")
_WORD = re.compile(r"""([a-z][a-z0-9-]*)=(?:"([^"]*)"|”([^”]*)”|(\S*))|(\S+)""")
_CAPTION = re.compile(r"(?:Tabell|Table):\s*")
# Neither XML nor a database takes these; they come in with text that is pasted.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Read:
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]


def read(text: str, passage: str = "") -> Read:
    """``passage`` is named in the findings as the place where they are."""
    reader = _Reader(passage)
    tokens = _parser().parse(cleaned(text), reader.env)
    return Read(tuple(reader.parts(tokens)), tuple(reader.findings))


def cleaned(text: str) -> str:
    """Without characters that no file can carry; line ends as one."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def binding(question: Question, form: str = "") -> str:
    """How a value is bound in a text."""
    options = {**question.at, **({"as": form} if form else {})}
    return " ".join(("{{", question.family, question.subject, *(f"{name}={at}" for name, at in options.items()), "}}"))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin, move_to_end=False)
    parser.disable(
        ["code", "fence", "reference", "html_block", "html_inline", "footnote_def", "footnote_ref", "backticks"]
    )
    parser.inline.ruler.before("escape", "binding", _bind)
    parser.inline.ruler.before("link", "citing", _cite)
    return parser


def _bind(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    found = _BINDING.match(state.src, state.pos)
    if not silent:
        state.push("binding", "", 0).content = found.group(0) if found else "{{"
    state.pos = found.end() if found else state.pos + 2
    return True


def _cite(state: StateInline, silent: bool) -> bool:
    found = _CITING.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("citing", "", 0).content = found.group(1)
    state.pos = found.end()
    return True


@dataclass
class _Reader:
    passage: str
    findings: list[Finding] = field(default_factory=list)
    env: dict[str, object] = field(default_factory=dict)

    def tell(self, code: str, line: int, level: Level = "error", /, **values: object) -> None:
        self.findings.append(Finding(code, level, values, Where(file=self.passage or None, line=line)))

    # Blocks.

    def parts(self, tokens: Sequence[Token]) -> Iterator[Part]:
        caption: Text | None = None
        for kind, group in _grouped(tokens):
            first = group[0]
            line = _line(first)
            part: Part | None = None
            if kind == "paragraph":
                part = self._paragraph(group)
                if isinstance(part, Text) and _captions(part):
                    caption = part
                    continue
            elif kind == "heading":
                deeper = max(1, int(first.tag[1:]) - 1)
                part = Heading(min(deeper, 2), self._pieces(group[1]), line)
            elif kind in ("bullet_list", "ordered_list"):
                part = self._points(group)
            elif kind == "blockquote":
                part = self._box(group)
            elif kind == "table":
                part = self._grid(group, caption)
                caption = None
            if caption is not None:
                self.tell("text-caption-alone", caption.line, "warning")
                yield caption
                caption = None
            if part is not None:
                yield part
        if caption is not None:
            self.tell("text-caption-alone", caption.line, "warning")
            yield caption

    def _paragraph(self, group: Sequence[Token]) -> Text | Made | None:
        inline = group[1]
        children = [each for each in inline.children or [] if each.type != "text" or each.content]
        if len(children) == 1 and children[0].type == "binding":
            made = self._made(children[0].content, _line(inline))
            if made is not None:
                return made
        pieces = self._pieces(inline)
        lead = (
            len(children) > 2
            and children[0].type == "strong_open"
            and children[-1].type == "strong_close"
            and sum(each.type == "strong_open" for each in children) == 1
        )
        if lead:
            pieces = tuple(replace(each, style="") if isinstance(each, Words) else each for each in pieces)
        return Text(pieces, _line(inline), lead) if pieces else None

    def _points(self, group: Sequence[Token]) -> Points:
        """Every item, those of lists inside it too, one after another: a report's lists have one level."""
        items: list[list[Piece]] = []
        depth = 0
        for token in group:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                depth += 1
                if depth == 2:
                    self.tell("text-list-deep", _line(token), "note")
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                depth -= 1
            elif token.type == "list_item_open":
                items.append([])
            elif token.type == "inline":
                more = self._pieces(token)
                items[-1] += [Words(" "), *more] if items[-1] and more else more
        found = tuple(_joined(each) for each in items if each)
        return Points(found, group[0].type == "ordered_list_open", _line(group[0]))

    def _box(self, group: Sequence[Token]) -> Box:
        blocks: list[Text | Points] = []
        for part in self.parts(group[1:-1]):
            if isinstance(part, (Text, Points)):
                blocks.append(part)
            elif isinstance(part, Heading):
                blocks.append(Text(part.pieces, part.line))
            elif isinstance(part, Box):
                blocks += [*([Text(part.title, part.line)] if part.title else []), *part.blocks]
            else:
                self.tell("text-in-box", part.line)
        title: Pieces = ()
        if blocks and isinstance(blocks[0], Text) and (first := _title(blocks[0])) is not None:
            title, rest = first
            blocks[:1] = [rest] if rest else []
        return Box(title, tuple(blocks), _line(group[0]))

    def _grid(self, group: Sequence[Token], caption: Text | None) -> Grid:
        head: list[Pieces] = []
        rows: list[list[Pieces]] = []
        right: list[bool] = []
        in_head = False
        for at, token in enumerate(group):
            if token.type in ("thead_open", "thead_close"):
                in_head = token.type == "thead_open"
            elif token.type == "tr_open" and not in_head:
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                cell = self._pieces(group[at + 1])
                if in_head:
                    head.append(cell)
                    right.append("right" in str(token.attrGet("style") or ""))
                else:
                    rows[-1].append(cell)
        said = _after(caption.pieces, _CAPTION) if caption else ()
        return Grid(said, tuple(head), tuple(tuple(row) for row in rows), tuple(right), _line(group[0]))

    # What stands in a line.

    def _pieces(self, inline: Token) -> Pieces:
        return self._walk(inline.children or [], _line(inline))

    def _walk(self, tokens: Sequence[Token], line: int) -> Pieces:
        found: list[Piece] = []
        style: list[Style] = []
        link: tuple[str, int] | None = None
        for token in tokens:
            if token.type in ("text", "text_special", "html_inline", "code_inline"):
                found.append(Words(token.content, style[-1] if style else ""))
            elif token.type in ("softbreak", "hardbreak"):
                line += 1
                found.append(Words(" ", style[-1] if style else ""))
            elif token.type in ("strong_open", "em_open"):
                style.append("strong" if token.type == "strong_open" else "emphasis")
            elif token.type in ("strong_close", "em_close"):
                style.pop()
            elif token.type == "link_open":
                link = (str(token.attrGet("href") or ""), len(found))
            elif token.type == "link_close" and link is not None:
                href, start = link
                text = "".join(each.text for each in found[start:] if isinstance(each, (Words, Anchor)))
                others = [each for each in found[start:] if not isinstance(each, (Words, Anchor))]
                found[start:] = [Anchor(href, text), *others]
                link = None
            elif token.type == "image":
                self.tell("text-image", line)
                found.append(Words(token.content))
            elif token.type == "binding":
                found.append(self._bound(token.content, line))
                line += token.content.count("\n")
            elif token.type == "citing":
                found.append(Citing(token.content, f"[@{token.content}]", line))
            elif token.type == "footnote_ref":
                found.append(Footnote(self._noted(token, line), line))
        return _joined(found)

    def _noted(self, token: Token, line: int) -> Pieces:
        notes = self.env["footnotes"]["list"]  # type: ignore[index]
        return self._walk(notes[token.meta["id"]]["tokens"], line)

    def _bound(self, source: str, line: int) -> Piece:
        """What stands between braces in a sentence."""
        if source == "{{":
            self.tell("text-binding-open", line)
            return Broken(source, line)
        words, options = _said(source)
        if not words:
            self.tell("text-binding-empty", line)
        elif len(words) != 2:
            self.tell("text-binding-words", line, asked=_short(source))
        elif words[0] in MAKERS:
            self.tell("text-made-alone", line, asked=_short(source))
        elif words[0] == "ref":
            return Pointer(words[1], source, line)
        elif words[0] == "region":
            return Named(words[1], source, line)
        else:
            return self._question(words[0], words[1], options, source, line)
        return Broken(source, line)

    def _question(self, family: str, subject: str, options: dict[str, str], source: str, line: int) -> Piece:
        form = options.pop("as", "")
        if form and form not in FORMS:
            self.tell("text-binding-form", line, asked=_short(source), form=form[:40], known=FORMS)
            return Broken(source, line)
        question = Question(family, subject, options)
        try:
            keys.parse(str(question))
        except ValueError:
            self.tell("text-binding-malformed", line, asked=_short(source))
            return Broken(source, line)
        return Binding(question, form, source, line)

    def _made(self, source: str, line: int) -> Made | None:
        words, options = _said(source)
        if len(words) == 2 and (what := words[0]) in MAKERS:
            return Made(what, words[1], options, source, line)
        return None


def _said(source: str) -> tuple[list[str], dict[str, str]]:
    """The words between the braces, and what is said as ``name=value``."""
    words: list[str] = []
    options: dict[str, str] = {}
    for found in _WORD.finditer(source[2:-2]):
        name, plain, swedish, bare, word = found.groups()
        if name:
            options[name] = next(each for each in (plain, swedish, bare) if each is not None)
        else:
            words.append(word)
    return words, options


def _grouped(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """The outermost blocks, each with all its tokens."""
    start, depth = 0, 0
    for at, token in enumerate(tokens):
        if depth == 0:
            start = at
        depth += token.nesting
        if depth == 0:
            yield tokens[start].type.removesuffix("_open"), tokens[start : at + 1]


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _joined(pieces: Sequence[Piece]) -> Pieces:
    """Words of the same style that follow each other are one piece."""
    found: list[Piece] = []
    for each in pieces:
        last = found[-1] if found else None
        if isinstance(each, Words) and isinstance(last, Words) and each.style == last.style:
            found[-1] = Words(last.text + each.text, each.style)
        elif not (isinstance(each, Words) and not each.text):
            found.append(each)
    return tuple(found)


def _captions(text: Text) -> bool:
    first = text.pieces[0]
    return isinstance(first, Words) and bool(_CAPTION.match(first.text))


def _after(pieces: Pieces, start: re.Pattern[str]) -> Pieces:
    first = pieces[0]
    assert isinstance(first, Words)
    return _joined([Words(start.sub("", first.text, count=1), first.style), *pieces[1:]])


def _title(text: Text) -> tuple[Pieces, Text | None] | None:
    """The bold words that a paragraph begins with, and what follows them."""
    pieces = text.pieces
    if text.lead:
        return pieces, None
    first = pieces[0]
    if not isinstance(first, Words) or first.style != "strong":
        return None
    rest = _joined(
        [
            Words(each.text.lstrip()) if at == 0 and isinstance(each, Words) else each
            for at, each in enumerate(pieces[1:])
        ]
    )
    return (Words(first.text),), Text(rest, text.line) if rest else None
