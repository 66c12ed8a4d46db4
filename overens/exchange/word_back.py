# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report that went out as a Word file says when it comes back: comments and changes, at the passage and block
that they are about.

What was tracked is read as it is marked; what was not is found by holding the text against what was sent. Nothing that
was written is passed over in silence: what cannot be placed is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Literal

from overens.exchange import word_file
from overens.exchange.word_tokens import Comment, Reader, Token, W, Who, Written, chains, comments
from overens.rules.edition.applying import span
from overens.rules.edition.places import PARTED, Place, Sent, from_record
from overens.rules.findings import Finding, Where, refuse

NOBODY = Who("", "")
NOWHERE = Place("", "", "", "")


@dataclass(frozen=True)
class Returned:
    """A comment (``said``, at ``quote``) or a change (``before`` became ``after``: whole paragraphs, with an empty line
    between several; empty: taken away). ``passage`` is empty where none is known. ``author`` is empty for a change that
    was not tracked; ``at`` is the file's own time (ISO) or empty. ``values``: keys of the bound values that it touches.
    ``origin`` is the same whenever the same comes back.
    """

    passage: str
    block: str
    part: str
    kind: Literal["comment", "change"]
    author: str
    at: str
    quote: str = ""
    said: str = ""
    before: str = ""
    after: str = ""
    values: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Back:
    """What came back, in the order of the report. ``findings`` tell what is uncertain about it."""

    returned: tuple[Returned, ...]
    findings: tuple[Finding, ...]
    made_on: str


def read(content: bytes, now: Sent) -> Back:
    """A file that came back to the edition whose text is ``now`` today.

    Raises Refused at ``file``: those of :func:`overens.exchange.word_file.opened`, ``word-not-ours``,
    ``word-other-edition``.
    """
    file = word_file.opened(content)
    sent, findings = _sent(file, now)
    reading = _Reading(sent, comments(file.comments, file.threads), findings)
    body = Reader()
    root = file.body.find(f"{W}body")
    reading.take(chains(list(body.paragraphs(root if root is not None else file.body))))
    looks = body.looks
    if file.footnotes is not None:
        notes = Reader()
        for note in file.footnotes:
            if note.get(f"{W}type") is None:
                hangs_on = reading.notes.get(note.get(f"{W}id", ""), NOWHERE)
                reading.take(chains(list(notes.paragraphs(note))), hangs_on)
        looks += notes.looks
    reading.finish()
    if file.has_macros:
        reading.tell("word-macros")
    if looks:
        reading.tell("word-looks", count=looks)
    if not reading.returned:
        reading.tell("word-nothing")
    return Back(_with_origins(reading.returned), tuple(reading.findings), sent.made_on)


def _sent(file: word_file.WordFile, now: Sent) -> tuple[Sent, list[Finding]]:
    """What the file said when it was made, and what is uncertain about that."""
    for record in file.records:
        try:
            sent = from_record(record)
        except ValueError:
            continue
        if sent.edition != now.edition:
            refuse("word-other-edition", key="file", found=sent.edition[:60], edition=now.edition)
        if sent.sha256 != now.sha256:
            return sent, [_finding("word-older", "note", made_on=sent.made_on)]
        return sent, []
    marked = file.keywords.strip()
    if marked.startswith("edition/") and marked != f"edition/{now.edition}":
        refuse("word-other-edition", key="file", found=marked.removeprefix("edition/")[:60], edition=now.edition)
    names = {each.get(f"{W}name") for each in file.body.iter(f"{W}bookmarkStart")}
    if not marked and not names & {place.name for place in now.places}:
        refuse("word-not-ours", key="file")
    return now, [_finding("word-record-lost", "warning")]


def _finding(code: str, level: Literal["warning", "note"], **values: object) -> Finding:
    return Finding(code, level, values, Where(key="file"))


@dataclass
class _Reading:
    sent: Sent
    comments: dict[str, Comment]
    findings: list[Finding]
    returned: list[Returned] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    gone: dict[str, Who] = field(default_factory=dict)
    new: list[tuple[str, str]] = field(default_factory=list)  # passage and text of paragraphs that were added
    counts: Counter[str] = field(default_factory=Counter)
    quotes: dict[str, list[str]] = field(default_factory=dict)
    placed: dict[str, Place] = field(default_factory=dict)  # by comment
    notes: dict[str, Place] = field(default_factory=dict)  # what notes hang on, by their ids

    def __post_init__(self) -> None:
        self.places = {place.name: place for place in self.sent.places}

    def tell(self, code: str, **values: object) -> None:
        self.findings.append(_finding(code, "note" if code in ("word-nothing", "word-looks") else "warning", **values))

    def take(self, paragraphs: list[Written], last: Place = NOWHERE) -> None:
        """The paragraphs of one part of the file. last: the place that they come after."""
        of = self._placed(paragraphs)
        heading = ""
        for each in paragraphs:
            here = of[id(each)]
            self._quote(each, here[0] if here else last)
            self.notes |= dict.fromkeys(each.notes, here[0] if here else last)
            if each.is_contents:
                continue
            if not here:
                self._unknown(each, last)
                continue
            if here[0].part == "heading":
                heading = here[0].passage
            elif heading not in ("", here[0].passage):
                self._moved(each, here[0], last)
                continue
            last = here[-1]
            self._known(each, here)

    def _placed(self, paragraphs: list[Written]) -> dict[int, list[Place]]:
        """The places of each paragraph: by its bookmarks, or, where they were lost, by its words."""
        of: dict[int, list[Place]] = {}
        for each in paragraphs:
            names = [] if each.is_new else [name for name in dict.fromkeys(each.names) if name in self.places]
            of[id(each)] = [self.places[name] for name in names if name not in self.seen]
            self.seen.update(names)
        lost: dict[str, list[Place]] = {}
        for place in self.sent.places:
            if place.name not in self.seen:
                lost.setdefault(_even(place.text), []).append(place)
        for each in paragraphs:
            alike = lost.get(_even(each.before())) if not of[id(each)] and not each.is_contents else None
            if alike:
                of[id(each)] = [alike.pop(0)]
                self.seen.add(of[id(each)][0].name)
        return of

    def _known(self, each: Written, here: list[Place]) -> None:
        sent, before = PARTED.join(place.text for place in here), each.before()
        untracked = _even(before) != _even(sent)
        if before.strip() and not each.after().strip() and (who := _only(each.tokens)):
            self.gone |= {place.name: who for place in here}
            return
        if untracked and not before.strip() and not each.after().strip():
            self.gone |= {place.name: NOBODY for place in here}
            return
        if untracked:
            self.counts["word-untracked"] += 1
            self._change(here[0], NOBODY, sent, before)
        for who, after in _changes(each.tokens):
            self._change(here[0], who, before, after)

    def _unknown(self, each: Written, last: Place) -> None:
        """A paragraph that was not sent: it was added after the last one that was."""
        text = each.after().strip() or each.before().strip()
        if not text:
            return
        if last is NOWHERE:
            tracked = next((token.added or token.struck for token in each.tokens if token.added or token.struck), None)
            if tracked is not None:  # on the title page, which no passage has
                self._change(NOWHERE, tracked, each.before().strip(), each.after().strip())
            return
        who = _only(each.tokens) or NOBODY
        if who is NOBODY:
            self.counts["word-untracked"] += 1
        self.counts["word-struck"] += sum(1 for token in each.tokens if token.added and token.struck)
        self.new.append((last.passage, _even(text)))
        self._change(last, who, last.text, f"{last.text}{PARTED}{text}")

    def _moved(self, each: Written, place: Place, last: Place) -> None:
        """It stands in another passage than it was sent in, and nobody tracked that."""
        self.tell("word-moved", passage=place.passage, to=last.passage)
        self.gone[place.name] = NOBODY
        self._change(last, NOBODY, last.text, f"{last.text}{PARTED}{each.after().strip()}")

    def _change(self, place: Place, who: Who, before: str, after: str) -> None:
        values = touched(place, before, after)
        self.counts["word-bound"] += bool(values)
        self.returned.append(
            Returned(place.passage, place.block, place.part, "change", who.author, who.at, before=before, after=after,
                     quote=before, values=values)
        )  # fmt: skip

    def _quote(self, each: Written, place: Place) -> None:
        for id in each.comments:
            self.placed.setdefault(id, place)
        for id in {id for token in each.tokens for id in token.comments}:
            within = [token for token in each.tokens if id in token.comments]
            text = "".join(token.text for token in within if token.added is None)
            self.quotes.setdefault(id, []).append(text or "".join(token.text for token in within))

    def finish(self) -> None:
        """What is told once all parts are read."""
        missing = [place for place in self.sent.places if place.name not in self.seen]
        self.gone |= {place.name: NOBODY for place in missing}
        if missing:
            self.tell("word-text-gone", count=len(missing))
        self._told_as_moved()
        self._taken_away()
        self._commented()
        for code, count in self.counts.items():
            if count:
                self.tell(code, count=count)
        if count := sum(1 for each in self.returned if not each.passage):
            self.tell("word-unplaced", count=count)
        order: dict[str, int] = {}
        for number, place in enumerate(self.sent.places):
            order[place.name] = number
            order.setdefault(place.passage, number)
        self.returned.sort(
            key=lambda each: order.get(_name(each), order.get(each.passage, -1)),
        )

    def _told_as_moved(self) -> None:
        texts = {_even(self.places[name].text): self.places[name].passage for name in self.gone}
        for passage, text in self.new:
            if texts.get(text, passage) != passage:
                self.tell("word-moved", passage=texts[text], to=passage)

    def _taken_away(self) -> None:
        """Whole passages and blocks that are gone are told as one; else place by place."""
        for passage, of_passage in groupby(self.sent.places, key=lambda place: place.passage):
            places = list(of_passage)
            if len(places) > 1 and self._all_by_one(places):
                self.tell("word-passage-gone", passage=passage)
                self._take_away(Place(passage, "", "", ""), places)
                continue
            for _block, of_block in groupby(places, key=lambda place: place.block):
                block = list(of_block)
                if len(block) > 1 and self._all_by_one(block):
                    self._take_away(block[0], block)
                else:
                    for place in block:
                        if place.name in self.gone:
                            self._take_away(place, [place])

    def _all_by_one(self, places: list[Place]) -> bool:
        return all(place.name in self.gone for place in places) and len({self.gone[p.name].author for p in places}) == 1

    def _take_away(self, at: Place, places: list[Place]) -> None:
        who = self.gone[places[0].name]
        self._change(at, who, PARTED.join(place.text for place in places), "")

    def _commented(self) -> None:
        for comment in self.comments.values():
            first = self._first(comment)
            place = self.placed.get(first.id, NOWHERE)
            said = f"@{first.who.author}: {comment.text}" if first is not comment else comment.text
            if comment.text:
                quote = PARTED.join(self.quotes.get(first.id, []))
                self.returned.append(
                    Returned(place.passage, place.block, place.part, "comment", comment.who.author, comment.who.at,
                             quote=quote, said=said)
                )  # fmt: skip

    def _first(self, comment: Comment) -> Comment:
        """Of the thread that a comment is in."""
        passed = {comment.id}
        while comment.answers in self.comments and comment.answers not in passed:
            passed.add(comment.answers)
            comment = self.comments[comment.answers]
        return comment


def _name(returned: Returned) -> str:
    return Place(returned.passage, returned.block, returned.part, "").name


def _even(text: str) -> str:
    """A text as it is compared: programs differ about spaces."""
    return " ".join(text.split())


def _only(tokens: list[Token]) -> Who | None:
    """Who changed all of it, if it was one."""
    found = {token.struck or token.added for token in tokens if token.text.strip()}
    names = {who.author for who in found if who}
    return next(who for who in found if who) if None not in found and len(names) == 1 else None


def _changes(tokens: list[Token]) -> Iterator[tuple[Who, str]]:
    """Each run of changes by one person, with what the paragraph would say if it were the only one taken in."""
    number = 0
    of: list[int | None] = []
    whose: list[Who] = []
    for token in tokens:
        who = token.added or token.struck
        if who is None:
            of.append(None)
            continue
        if not (of and of[-1] is not None and whose[-1].author == who.author):
            whose.append(who)
            number = len(whose) - 1
        of.append(number)
    for change, who in enumerate(whose):
        text = "".join(
            token.text
            for token, at in zip(tokens, of, strict=True)
            if ((at == change and token.added) or (at != change and not token.added))
            and not (at == change and token.struck and not token.added)
        )
        yield who, text


def touched(place: Place, before: str, after: str) -> tuple[str, ...]:
    """Keys of the bound values of a place that a change of its text is about."""
    start, end = span(before, after)
    if before != place.text or not after:
        return ()
    return tuple(
        each.key
        for each in place.values
        if (each.start < end and start < each.end) or (start == end and each.start < start < each.end)
    )


def _with_origins(returned: list[Returned]) -> tuple[Returned, ...]:
    told: Counter[str] = Counter()
    made = []
    for each in returned:
        said = (_name(each), each.kind, each.author, each.at, each.quote, each.said, each.before, each.after)
        origin = sha256("\x1f".join(said).encode()).hexdigest()
        told[origin] += 1
        made.append(Returned(**{**each.__dict__, "origin": f"{origin}-{told[origin]}"}))
    return tuple(made)
