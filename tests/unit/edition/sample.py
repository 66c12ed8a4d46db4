# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small document with every kind of block, so that a rendering can be tried without a database. Its figures are made
up.
"""

from __future__ import annotations

from overens.rules.edition.charts import (
    Bar,
    Bars,
    Break,
    Fan,
    Heat,
    Intervals,
    Lines,
    Map,
    Mark,
    Matrix,
    Multiples,
    Panel,
    Point,
    Pyramid,
    Region,
    Series,
    Step,
    Waterfall,
)  # fmt: skip
from overens.rules.edition.document import (
    Bound,
    Cell,
    Cite,
    Column,
    Document,
    Example,
    Figure,
    HeadCell,
    Item,
    Link,
    Listing,
    Note,
    Overview,
    Paragraph,
    Plain,
    Ref,
    Reference,
    Row,
    Section,
    Statement,
    Statements,
    Table,
    TableNote,
)  # fmt: skip
from overens.rules.edition.values import Definition, Source, Value

NAMES = {"01": "Region Stockholm", "03": "Region Uppsala", "12": "Region Skåne", "23": "Region Jämtland Härjedalen"}
POSTS = {"01": (None, 375), "03": (36, 68), "12": (135, 138), "23": (6, 9)}


def number(code: str, year: int, count: int | None) -> Value:
    return Value(
        key=f"number/training-posts,region={code},year={year}",
        title="Påbörjade utbildningstjänster",
        unit="persons",
        number=count,
        status="number" if count is not None else "not-reported",
        certainty="certain",
        of=1,
        regions=(code,),
        sources=("tabell-1",),
        definition="number/training-posts",
    )


def values() -> tuple[Value, ...]:
    found = [
        number(code, year, count)
        for code, pair in POSTS.items()
        for year, count in zip((2016, 2017), pair, strict=True)
    ]
    sums = [
        Value(
            key=f"number/training-posts,year={year}", title="Påbörjade utbildningstjänster", unit="persons",
            number=total, partial=year == 2016, of=4, regions=tuple(POSTS), sources=("tabell-1",),
            definition="number/training-posts", printed=total,
        )
        for year, total in ((2016, 177), (2017, 590))
    ]  # fmt: skip
    vns = Value(
        key="count/vns,says=does,year=2017", title="Har infört vårdnära service", unit="regions", number=3, of=4,
        regions=("01", "03", "12"), sources=("kodning",), definition="count/vns",
    )  # fmt: skip
    return (*found, *sums, vns)


def figure(id: str, number: str, caption: str, chart: object) -> Figure:
    return Figure(
        id=id,
        number=number,
        caption=caption,
        alt=f"{caption}. Uppgifterna står i tabellen under bilden.",
        chart=chart,
        data=data_table(),
        notes=(TableNote(mark="a", text="Stockholm lämnade inga uppgifter för 2016."),),
        source="Landstingens redovisningar för 2017.",
    )


def data_table() -> Table:
    return Table(
        id="data",
        caption="Uppgifterna bakom bilden",
        head=((HeadCell(text="Landsting"), HeadCell(text="2016"), HeadCell(text="2017")),),
        rows=tuple(
            Row(cells=(Cell(text=NAMES[code]), *cells_of(code))) for code in POSTS
        ),
        figures=(False, True, True),
    )  # fmt: skip


def cells_of(code: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(text=str(count), key=f"number/training-posts,region={code},year={year}")
        if count is not None
        else Cell(text="–", key=f"number/training-posts,region={code},year={year}", marks=("a",))
        for year, count in zip((2016, 2017), POSTS[code], strict=True)
    )


def point(code: str, year: int) -> Point:
    count = POSTS[code][year - 2016]
    return Point(
        key=f"number/training-posts,region={code},year={year}",
        number=count,
        low=count * 0.8 if count is not None else None,
        high=count * 1.2 if count is not None else None,
        instead="" if count is not None else "ej redovisat",
    )


def table() -> Table:
    return Table(
        id="tabell-utbildningstjanster",
        number="1",
        caption="Sjuksköterskor som påbörjade utbildningstjänst 2016–2017",
        head=(
            (HeadCell(text="Landsting", rows=2), HeadCell(text="2016"), HeadCell(text="2017")),
            (HeadCell(text="Totalt"), HeadCell(text="Totalt")),
        ),
        rows=(
            Row(cells=(Cell(text="Universitetssjukhus", columns=3),), kind="group"),
            *(Row(cells=(Cell(text=NAMES[code]), *cells_of(code))) for code in POSTS),
            Row(
                cells=(
                    Cell(text="Totalt"),
                    Cell(text="177", key="number/training-posts,year=2016", marks=("a",)),
                    Cell(text="590", key="number/training-posts,year=2017"),
                ),
                kind="total",
            ),
        ),
        figures=(False, True, True),
        notes=(TableNote(mark="a", text="Region Stockholm lämnade inga uppgifter för 2016."),),
        source="Landstingens redovisningar för 2017.",
    )


def charts() -> dict[str, object]:
    years = ("2016", "2017")
    series = tuple(Series(name=NAMES[code], points=(point(code, 2016), point(code, 2017))) for code in POSTS)
    rows = tuple(Bar(label=NAMES[code], points=(point(code, 2016), point(code, 2017))) for code in POSTS)
    one = tuple(Bar(label=NAMES[code], points=(point(code, 2017),)) for code in POSTS)
    return {
        "grupperade": Bars(series=years, rows=rows, unit="personer"),
        "staplade": Bars(series=years, rows=rows, way="stacked", unit="personer"),
        "andelar": Bars(series=years, rows=rows, way="shares", unit="procent"),
        "linjer": Lines(years=years, series=series, breaks=(Break(year="2017"),), unit="personer"),
        "sma": Multiples(
            years=years,
            panels=tuple(Panel(title=each.name, series=(each.model_copy(update={"name": "Tjänster"}),)) for each in series),
            unit="personer",
        ),
        "intervall": Intervals(series=("2017",), rows=one, reference=147.5, reference_name="Riket", unit="per 100 000"),
        "karta": Map(
            regions=tuple(Region(code=code, name=NAMES[code], point=point(code, 2017)) for code in POSTS),
            limits=(50.0, 100.0, 200.0),
            unit="per 100 000 invånare",
        ),
        "matris": Matrix(
            columns=("It-stöd", "Smartare användning"),
            rows=tuple((NAMES[code], (Mark(what="full"), Mark(what="half" if code == "12" else "unknown"))) for code in POSTS),
            meanings=(("full", "gör det"), ("half", "planerar"), ("unknown", "framgår inte")),
        ),
        **charts_of_planning(),
    }  # fmt: skip


def charts_of_planning() -> dict[str, object]:
    """Pictures that planning has beside those of a report."""
    years = ("2019", "2020", "2021")
    need = Series(name="Behov", points=tuple(Point(number=100 + at, low=95 - at, high=104 + 2 * at) for at in range(3)))
    supply = Series(name="Tillgång", points=tuple(Point(number=90 - at, low=88 - at, high=93) for at in range(3)))
    return {
        "band": Fan(years=years, panels=(Panel(title="Sjuksköterska", series=(need, supply)),), unit="tusen timmar"),
        "sma-band": Fan(years=years, panels=(Panel(title="A", series=(need, supply)), Panel(title="B", series=(need,)))),
        "pyramid": Pyramid(
            youngest=20, women=(4, 6.5, 3), men=(1, 2, 0), names=("Kvinnor", "Män"), name="2029",
            behind_women=(3, 5, 2), behind_men=(2, 2, 1), behind_name="2019", most=8, unit="personer",
        ),
        "varme": Heat(
            columns=years, rows=(Bar(label="Läkare", points=(Point(number=3), Point(number=12), Point())),),
            limits=(5.0, 10.0), unit="personer",
        ),
        "vattenfall": Waterfall(
            steps=(Step(label="2019", number=100, change=False), Step(label="Examinerade", number=12),
                   Step(label="Pension", number=-20), Step(label="2020", number=92, change=False)), unit="personer",
        ),
    }  # fmt: skip


def document() -> Document:
    text = Paragraph(
        id="vns-1",
        inlines=(
            Bound(key="count/vns,says=does,year=2017", text="Tre"),
            Plain(text=" landsting redovisar att de har infört "),
            Plain(text="vårdnära service", style="strong"),
            Note(number=1, inlines=(Plain(text="Att något inte framgår betyder inte att det inte görs."),)),
            Plain(text=", se "),
            Ref(to="tabell-utbildningstjanster", text="tabell 1"),
            Plain(text=" och "),
            Cite(to="lag", text="[1]"),
            Plain(text=". Mer finns hos "),
            Link(href="https://example.org/", text="myndigheten"),
            Plain(text=". # $ <b> \\ @ * _ `"),
        ),
    )
    figures = tuple(
        figure(f"figur-{name}", str(at), f"Bild {name}", chart) for at, (name, chart) in enumerate(charts().items(), 1)
    )
    return Document(
        edition="prov-2017",
        title="Uppföljning av överenskommelsen 2017",
        subtitle="Ett prov med påhittade uppgifter",
        language="sv",
        publisher="Socialstyrelsen",
        state="draft",
        made_on="2018-05-02",
        facts_at="2018-04-30",
        years=(2016, 2017),
        agreements=("2017-2018",),
        address="https://overens.example/rapporter/prov-2017/",
        sections=(
            Section(
                id="sammanfattning", passage="sammanfattning", level=1, kind="front", title="Sammanfattning",
                blocks=(Paragraph(id="sammanfattning-1", inlines=(Plain(text="Det mesta har ökat."),), lead=True),),
            ),
            Section(id="satsningar", passage="satsningar", level=1, kind="body", title="Satsningar", number="1", blocks=(text,)),
            Section(
                id="vidareutbildning", passage="satsningar", level=2, kind="body", title="Vidareutbildning", number="1.1",
                blocks=(
                    table(),
                    Listing(id="lista-1", items=((Plain(text="en sak"),), (Plain(text="en annan"),))),
                    Example(
                        id="exempel-1", title="Introduktion i ett landsting",
                        blocks=(Paragraph(id="exempel-1-1", inlines=(Plain(text="Ett år med mentor."),)),),
                    ),
                    Statements(
                        id="utsagor",
                        items=(
                            Statement(
                                inlines=(Bound(key="count/vns,says=does,year=2017", text="Tre"), Plain(text=" landsting har vårdnära service.")),
                                key="count/vns,says=does,year=2017",
                                regions=("Region Stockholm", "Region Uppsala", "Region Skåne"),
                            ),
                        ),
                    ),
                ),
            ),
            Section(id="bilder", passage="bilder", level=1, kind="body", title="Bilder", number="2", blocks=figures),
            Section(
                id="bilaga-regioner", passage="bilaga-regioner", level=1, kind="annex", title="Exempel från landstingen", number="1",
                blocks=(
                    Overview(
                        id="region-03", region="03", name="Region Uppsala",
                        facts=(("Utbildningstjänster 2017", Cell(text="68", key="number/training-posts,region=03,year=2017")),),
                        columns=(
                            Column(title="It-stöd", items=(Item(text="1177 Vårdguidens e-tjänster"), Item(text="Hud-app", mark="?"))),
                            Column(title="Smartare användning", items=(Item(text="Kompetensväxling"),)),
                            Column(title="Kompetensförsörjning", items=(), instead="Inget redovisat"),
                        ),
                        notes=(TableNote(mark="?", text="oviss läsning"),),
                        source="Landstingens redovisningar.",
                    ),
                ),
            ),
        ),
        references=(Reference(id="lag", text="Lag (2017:612) om samverkan vid utskrivning.", href="https://example.org/lag"),),
        values=values(),
        sources=(
            Source(id="tabell-1", kind="printed", title="Socialstyrelsen 2018, tabell 1, s. 30", citation="Socialstyrelsen 2018, tabell 1, s. 30", address="/fakta/kalla/1/"),
            Source(id="kodning", kind="coding", title="Kodbok 1"),
        ),
        definitions=(
            Definition(id="number/training-posts", title="Påbörjade utbildningstjänster", text="Sjuksköterskor som påbörjade en utbildningstjänst."),
            Definition(id="count/vns", title="Vårdnära service", text="Ett landsting räknas när det säger att det har infört vårdnära service."),
        ),
    )  # fmt: skip
