# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What nobody sends who means well. ``MARK`` in a page, unescaped, is a hole."""

from __future__ import annotations

from hypothesis import strategies as st

MARK = "<b onmouseover=x4711>"
TEXTS = (
    "\x00",
    "a\x00b",
    "\x01\x08\x0b\x1b[31m",
    "\ufffe\uffff",
    "\u202e\u2066gnp.exe",
    f"\"'>{MARK}",
    f"</title></textarea></script><script>{MARK}</script>",
    "{{ 7|add:7 }}{% debug %}",
    "{0.__class__.__mro__} %(x)s %s %n",
    "' OR 1=1; DROP TABLE people_person; --",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "//example.com/",
    "javascript:x4711",
    '=HYPERLINK("http://example.com")',
    "x" * 10_000,
    "\U0001f9ff" * 300,
)
NUMBERS = (
    "-1",
    "0",
    "9" * 19,
    "9" * 5_000,
    "1e9",
    "0x10",
    "²",
    "٣",
    "1_0",
    " 1 ",
    "+1",
    "NaN",
    "1;2",
    "None",
)
DAYS = ("0001-01-01", "9999-12-31", "2019-02-30", "2019-W01-1", "2020-01-01T00:00:00+24:00", "9999-12-31T23:59-23:59")
KNOWN = (*TEXTS, *NUMBERS, *DAYS)

text = st.one_of(st.sampled_from(KNOWN), st.text(max_size=40))
# As bytes of an address: what is no UTF-8 too.
in_address = st.one_of(
    text.map(lambda typed: typed.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"%", b"%zz"]),
)
