# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a national report takes: the reference edition from facts in every format, cold and warm and part by part; a
made-up report with tables of 311 recipients by ten years; and the same pages by WeasyPrint and pandoc.

WeasyPrint is asked for PDF/UA, as ours is; pandoc writes Typst of the same HTML, which the same Typst sets. Seconds are
of the processor, children included and the database not, so that what else the machine does tells little.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.ground import database, table

if TYPE_CHECKING:
    from overens.rules.edition.document import Document

CODE = "reference-2017"
WARM = 5
RECIPIENTS, YEARS, TIMES = 311, range(2019, 2029), (1, 2, 4)
MADE = ("{{ table training-posts }}", "{{ figure measures }}", "{{ block overviews }}")
PAGE, DOCUMENT = "index.html", "document.json"
MADE_AT = dt.datetime(2029, 5, 2, tzinfo=dt.UTC)


def used() -> float:
    """Seconds of the processor that this process and those it has waited for have used."""
    return sum(
        each.ru_utime + each.ru_stime
        for each in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def seconds(work: Callable[[], object]) -> float:
    started = used()
    work()
    return used() - started


def main() -> None:
    with database():
        from overens.followup import reference
        from overens.people import shipped

        shipped.load_organisations()
        reference.load()
        document = of_the_reference_edition()
        beside_others(document)
        of_a_large_report()
        of_many_recipients()


def of_the_reference_edition() -> Document:
    from overens.editions import current, output
    from overens.rendering import figures
    from overens.rules.edition.document import Figure

    def pictures(document: Document) -> list[str]:
        return [
            figures.svg(block.chart, block.alt, "paper")
            for _section, block in document.blocks()
            if isinstance(block, Figure)
        ]

    rows: dict[str, list[float]] = defaultdict(list)
    for _ in range(1 + WARM):
        with asked() as spent:
            started = used()
            document = current.current(CODE).compiled.document
            rows["compile: passages, tables and figures"].append(used() - started)
        rows["of which questions to the facts"].append(sum(spent))
        for format in output.FORMATS:
            rows[format].append(seconds(partial(make, document, format)))
        rows["of which pictures, in pdf, docx and html each"].append(seconds(partial(pictures, document)))
    whole = [sum(took[at] for name, took in rows.items() if not name.startswith("of ")) for at in range(1 + WARM)]
    table(
        f"The reference edition, from facts: {len(document.sections)} sections, {len(document.values)} values",
        ["part", "first time, s", f"then (median of {WARM}), s"],
        [
            [name, f"{first:.2f}", f"{statistics.median(again):.2f}"]
            for name, (first, *again) in [*rows.items(), ("all of it", whole)]
        ],
    )
    return document


def make(document: Document, format: str) -> dict[str, bytes]:
    from overens.editions import output

    return dict(output.files(document, [format], MADE_AT))


@contextmanager
def asked() -> Iterator[list[float]]:
    """Seconds of each question that the facts are asked, those within another not counted twice."""
    from overens.editions import values

    spent: list[float] = []
    depth = 0

    def timed(family: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*arguments: Any) -> Any:
            nonlocal depth
            depth += 1
            started = used()
            try:
                return family(*arguments)
            finally:
                depth -= 1
                if not depth:
                    spent.append(used() - started)

        return answer

    real = dict(values.FAMILIES)
    values.FAMILIES.update({name: timed(family) for name, family in real.items()})
    try:
        yield spent
    finally:
        values.FAMILIES.update(real)


def of_many_recipients() -> None:
    """Compiling from facts where many have reported for ten years (the facts of bench.facts)."""
    from bench import facts
    from overens.demo import replay
    from overens.editions.compiling import compiled
    from overens.editions.source import EditionSource, PassageSource
    from overens.editions.values.register import About
    from overens.people.models import Organisation

    replay.load()
    took: dict[str, list[str]] = {each: [] for each in MADE}
    for recipients in (21, RECIPIENTS):
        facts.grow(recipients)
        agency = Organisation.objects.get(code="SOS")
        about = About("stor", "Stor", "", "sv", agency, YEARS[-1], tuple(YEARS), ("2019",), "regioner")
        for text in MADE:
            source = EditionSource(about, (PassageSource("ett", 1, "body", "Ett", text),))
            day = MADE_AT.date()
            took[text].append(f"{seconds(partial(compiled, source, made_on=day, facts_at=day)):.2f}")
    table(
        f"Compiled from {len(YEARS)} years of facts: seconds",
        ["what", f"21 recipients, {21 * len(YEARS)} reports", f"{RECIPIENTS}, {RECIPIENTS * len(YEARS)} reports"],
        [[f"`{text}`", *each] for text, each in took.items()],
    )


def of_a_large_report() -> None:
    from overens.editions import output

    reports = [large(times) for times in TIMES]
    rows = []
    for format in output.FORMATS:
        took = [seconds(partial(make, document, format)) for document in reports]
        size = sum(map(len, make(reports[0], format).values())) / 1e6
        rows.append([format, *(f"{each:.1f}" for each in took), f"{took[-1] / took[0]:.1f}", f"{size:.1f}"])
    table(
        f"Tables of {RECIPIENTS} recipients by {len(YEARS)} years: seconds",
        ["format", *(f"{times} × {RECIPIENTS * len(YEARS)} values" for times in TIMES),
         f"{TIMES[-1]} by {TIMES[0]}", "MB of the first"],
        rows,
    )  # fmt: skip


def large(times: int) -> Document:
    """Each value with a source of its own, as when every recipient has signed every year."""
    from overens.rules.edition.document import Cell, Document, HeadCell, Row, Section, Table
    from overens.rules.edition.values import Source, Value

    def key(at: int, recipient: int, year: int) -> str:
        return f"number/count-{at},region={recipient},year={year}"

    def number(at: int, recipient: int, year: int) -> int:
        return (recipient * 31 + year * 7 + at) % 1_000

    def source(recipient: int, year: int) -> str:
        return f"{recipient}-{year}"

    places = [(recipient, year) for recipient in range(RECIPIENTS) for year in YEARS]
    tables = [
        Table(
            id=f"tabell-{at}",
            number=str(at),
            caption=f"Uppgift {at} efter mottagare och år",
            head=((HeadCell(text="Mottagare"), *(HeadCell(text=str(year)) for year in YEARS)),),
            rows=tuple(
                Row(
                    cells=(
                        Cell(text=f"Mottagare {recipient}"),
                        *(Cell(text=str(number(at, recipient, year)), key=key(at, recipient, year)) for year in YEARS),
                    )
                )
                for recipient in range(RECIPIENTS)
            ),
            figures=(False, *(True for _ in YEARS)),
        )
        for at in range(times)
    ]
    return Document(
        edition="stor",
        title="En stor rapport",
        language="sv",
        publisher="Socialstyrelsen",
        state="draft",
        made_on="2029-05-02",
        facts_at="2029-05-02",
        years=tuple(YEARS),
        agreements=("2019",),
        address="https://overens.example/rapporter/stor/",
        sections=(
            Section(id="tabeller", passage="tabeller", level=1, kind="body", title="Tabeller", number="1",
                    blocks=tuple(tables)),
        ),
        values=tuple(
            Value(key=key(at, *place), title=f"Uppgift {at}", number=number(at, *place), sources=(source(*place),))
            for at in range(times)
            for place in places
        ),
        sources=tuple(
            Source(id=source(*place), kind="signed", title=f"Mottagare {place[0]}, redogörelse för {place[1]}",
                   version=1, at=f"{place[1] + 1}-03-31", sha256="0123456789abcdef" * 4)
            for place in places
        ),
    )  # fmt: skip


def beside_others(document: Document) -> None:
    """The pages of the HTML report as PDF; each time in a process of its own, since Typst remembers what it has set."""
    from overens.rendering import edition_html_alone

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, DOCUMENT).write_bytes(document.canonical())
        for name, content in edition_html_alone.pages(document).items():
            target = Path(folder) / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        rows: list[list[object]] = []
        own = 0.0
        for way in (by_overens, by_weasyprint, by_pandoc_and_typst, by_pandoc_and_weasyprint):
            runs = []
            for _ in range(3):
                with ProcessPoolExecutor(1, get_context("spawn")) as process:
                    runs.append(process.submit(once, way, folder).result())
            median, pages = statistics.median(took for took, _pages in runs), runs[0][1]
            own = own or median
            rows.append([way.__doc__, f"{median:.2f}", f"{median / own:.1f}", pages, f"{1000 * median / pages:.0f}"])
    table(
        "The same report as PDF",
        ["by", "seconds (median of 3)", "times Överens", "pages", "ms a page"],
        rows,
    )


def once(way: Callable[[str], Callable[[], bytes]], folder: str) -> tuple[float, int]:
    """Seconds, imports not counted, and how many pages there are."""
    import pypdfium2

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what they do not know of our style sheet is long
    make = way(folder)
    made = bytearray()
    took = seconds(lambda: made.extend(make()))
    return took, len(pypdfium2.PdfDocument(bytes(made)))


def by_overens(folder: str) -> Callable[[], bytes]:
    """Överens (Typst): PDF/A-2a and PDF/UA-1"""
    from overens.rendering import edition_pdf
    from overens.rules.edition.document import Document

    document = Document.model_validate_json(Path(folder, DOCUMENT).read_bytes())
    return lambda: edition_pdf.pdf(document, MADE_AT)


def by_weasyprint(folder: str) -> Callable[[], bytes]:
    """WeasyPrint: PDF/UA-1"""
    from weasyprint import HTML

    def make() -> bytes:
        made: bytes = HTML(filename=f"{folder}/{PAGE}").write_pdf(pdf_variant="pdf/ua-1")
        return made

    return make


def by_pandoc_and_typst(folder: str) -> Callable[[], bytes]:
    """pandoc to Typst: PDF, no standard"""
    import pypandoc
    import typst

    def make() -> bytes:
        source = Path(folder) / "report.typ"
        source.write_text(pypandoc.convert_file(f"{folder}/{PAGE}", "typst", extra_args=["--standalone"]), "utf-8")
        return typst.compile(source, root=folder, format="pdf")

    return make


def by_pandoc_and_weasyprint(folder: str) -> Callable[[], bytes]:
    """pandoc with WeasyPrint as its engine: PDF, no standard"""
    import pypandoc

    def make() -> bytes:
        engine = Path(sys.executable).with_name("weasyprint")
        target = Path(folder) / "pandoc.pdf"
        pypandoc.convert_file(
            f"{folder}/{PAGE}", "pdf", outputfile=str(target),
            extra_args=[f"--pdf-engine={engine}", f"--resource-path={folder}", "--quiet"],
        )  # fmt: skip
        return target.read_bytes()

    return make


if __name__ == "__main__":
    main()
