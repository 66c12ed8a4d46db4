# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bytes from or to a bank, held against the schema that ISO 20022 publishes for the message.

Nothing in a file can make the reader do more than read it: no entities, no document type, no network, no nesting or
size beyond what a bank's file has. Which message a file is, its namespace says.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from overens.rules.findings import Finding, Refused, Where, error

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
# Bytes; a file of 10 000 payments has some twelve million. Assumed: banks have limits of the same order.
LARGEST = 50 * 1024 * 1024
MIB = 1024 * 1024
# So many differences from the schema are told; the rest mostly follow from them.
TOLD = 20


@dataclass(frozen=True)
class Message:
    """A file that keeps to its schema. ``name``: such as ``camt.054.001.08``; ``root``: its ``Document`` element.

    Paths in it are written without the namespace: ``message.find("CstmrPmtStsRpt/GrpHdr/MsgId")``.
    """

    name: str
    root: Any

    @property
    def prefix(self) -> str:
        return f"{{{NAMESPACE}{self.name}}}"

    def path(self, path: str) -> str:
        """``A/B`` with the namespace on every step."""
        return "/".join(self.prefix + step if step not in (".", "..", "*") else step for step in path.split("/"))

    def find(self, path: str, within: Any = None) -> Any:
        """The first element at a path, or None."""
        return (self.root if within is None else within).find(self.path(path))

    def find_all(self, path: str, within: Any = None) -> list[Any]:
        """Every element at a path, in the file's order."""
        found: list[Any] = (self.root if within is None else within).findall(self.path(path))
        return found

    def text(self, path: str, within: Any = None) -> str:
        """The text at a path without spaces around it; empty where there is none."""
        element = self.find(path, within)
        return (element.text or "").strip() if element is not None else ""


def shipped() -> tuple[str, ...]:
    """The messages that there are schemas for, by name."""
    folder = resources.files(__package__) / "schemas"
    return tuple(sorted(each.name.removesuffix(".xsd") for each in folder.iterdir() if each.name.endswith(".xsd")))


def read(content: bytes, *kinds: str, file: str | None = None) -> Message:
    """The message in a file. kinds: the first parts of the names that are wanted, such as ``camt.053``; none: any.

    Raises Refused, each finding with file and line: ``xml-empty``, ``xml-too-large``, ``xml-doctype`` (it declares
    entities or a document type), ``xml-damaged``, ``iso-not-a-message`` (another kind of XML), ``iso-unwanted`` (a
    message of another kind), ``iso-version`` (a version without a schema here), ``iso-against-schema``.
    """
    root = _parsed(content, file)
    namespace = etree.QName(root).namespace or ""
    name = namespace.removeprefix(NAMESPACE)
    if etree.QName(root).localname != "Document" or name == namespace:
        raise _refused("iso-not-a-message", file, root.sourceline, found=namespace or etree.QName(root).localname)
    if kinds and not name.startswith(tuple(f"{kind}." for kind in kinds)):
        raise _refused("iso-unwanted", file, root.sourceline, found=name, wanted=list(kinds))
    if name not in shipped():
        known = [each for each in shipped() if each[:8] == name[:8]] or list(shipped())
        raise _refused("iso-version", file, root.sourceline, found=name, known=known)
    schema = _schema(name)
    if not schema.validate(root):
        raise Refused(*(_against(entry, file) for entry in list(schema.error_log)[:TOLD]))
    return Message(name, root)


def _parsed(content: bytes, file: str | None) -> Any:
    if not content.strip():
        raise _refused("xml-empty", file)
    if len(content) > LARGEST:
        raise _refused("xml-too-large", file, limit=LARGEST // MIB)
    # huge_tree stays off: libxml2 then limits depth and the length of a name or text.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.parse(io.BytesIO(content), parser)
    except etree.XMLSyntaxError as problem:
        raise _refused("xml-damaged", file, problem.lineno, problem=str(problem.msg)[:200]) from None
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise _refused("xml-doctype", file, 1)
    return tree.getroot()


@cache
def _schema(name: str) -> Any:
    content = (resources.files(__package__) / "schemas" / f"{name}.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(content))


def _against(entry: Any, file: str | None) -> Finding:
    """A difference as libxml2 tells it, without the namespaces that hide what it says."""
    problem = str(entry.message)
    for name in shipped():
        problem = problem.replace(f"{{{NAMESPACE}{name}}}", "")
    where = Where(file, entry.line or None)
    return Finding("iso-against-schema", "error", {"problem": problem[:300], "line": entry.line}, where)


def _refused(code: str, file: str | None, line: int | None = None, **values: object) -> Refused:
    finding = error(code, **values)
    return Refused(Finding(finding.code, finding.level, finding.values, Where(file, line)))
