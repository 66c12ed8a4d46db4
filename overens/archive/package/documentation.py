# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the package says of itself to people: Dublin Core and a text to read first."""

from __future__ import annotations

from lxml import etree

from overens.archive.package.contents import Contents
from overens.archive.package.tables import to_bytes
from overens.people.models import Organisation
from overens.people.models.organisation import Kind

DC, TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"


def dublin_core(contents: Contents) -> bytes:
    """Title, parties, numbers, dates. Creators are organisations."""
    case = contents.case
    root = etree.Element("metadata", nsmap={"dc": DC, "dcterms": TERMS})

    def say(name: str, text: str, namespace: str = DC) -> None:
        etree.SubElement(root, f"{{{namespace}}}{name}").text = text

    say("title", f"{case.line.title}, {case.recipient.name}")
    say("identifier", case.key)
    for number in contents.numbers:
        say("identifier", number)
    say("creator", case.recipient.name)
    for organisation in Organisation.objects.filter(kind__in=(Kind.PAYER, Kind.MINISTRY)).order_by("code"):
        say("creator", organisation.name)
    say("subject", f"Överenskommelse {case.agreement}")
    say("description", f"Ärendets handlingar, pengarnas rörelser och händelser. Läge: {case.state}.")
    say("type", "Collection")
    say("language", "sv")
    days = [event.effective_at.date() for event in contents.events]
    say("temporal", f"{min(days).isoformat()}/{max(days).isoformat()}", TERMS)
    return to_bytes(root)


READ_ME = """\
{title}
{line}

Ärende {key}, {recipient}. Paketet är ett E-ARK SIP (CSIP 2.1) gjort av Överens.

Vad som finns
  METS.xml                            förteckning med kontrollsummor (SHA-256)
  metadata/descriptive/dc.xml         vad paketet är (Dublin Core)
  metadata/preservation/premis.xml    filer, händelser, roller (PREMIS 3.0)
  representations/rep1/data/papers/   handlingarna, i den ordning de kom till
    ….json             den frusna texten: kanonisk JSON (RFC 8785), UTF-8
    ….pdf              samma handling som sigillerad PDF, där den finns
    …-signature.json   underskriftens text: vad som skrevs under, av vem, när och hur
    …-received.…       en fil som den kom in, där underskriften gjordes utanför Överens
  representations/rep1/data/tables/   data som CSV (RFC 4180) och i case.xml enligt schemas/overens-case-1.xsd
    documents      handlingarna med kontrollsumma och företrädare; disposed = yes: innehållet är gallrat genom beslut
    registrations  diarienummer
    transfers      pengarnas rörelser i hela kronor
    events         ärendets händelser i en kedja

Hur det kontrolleras
  Kontrollsumman i documents.csv är SHA-256 av handlingens .json-fil, byte för byte. Varje rad i events.csv har en
  kontrollsumma över raden och den föregående radens (fältet predecessor), så att en ändrad, borttagen eller tillagd
  händelse syns. Händelser i mottagarens eget utrymme (own-space) har bara sin länk i kedjan. Personer och behörigheter
  står med nummer; namnen står i handlingarna.
  overens archive --check FIL prövar alla filer mot METS.

What is here, in English
  An E-ARK SIP of one closed grant case. Papers are canonical JSON whose SHA-256 stands in tables/documents.csv; sealed
  PDFs and signatures stand beside them. tables/ holds the data as CSV and XML (schemas/overens-case-1.xsd); amounts are
  whole kronor, times UTC. events.csv is a hash chain.

Scheman som inte ligger i paketet / Schemas not in the package
  METS 1.12      http://www.loc.gov/standards/mets/mets.xsd
  CSIP           https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd
  PREMIS 3.0     http://www.loc.gov/standards/premis/premis.xsd
  Dublin Core    https://www.dublincore.org/schemas/xmls/
"""


def read_me(contents: Contents) -> bytes:
    """A text to read first, in Swedish and English."""
    case = contents.case
    title = case.line.title
    return READ_ME.format(title=title, line="=" * len(title), key=case.key, recipient=case.recipient.name).encode()
