"""Files as hostile or as broken as they come: each is refused whole, or taken line by line; nothing is ever half done,
and what is taken says the same when it is sent again."""

import random
from typing import Any

import pytest

from bot.reports.csv_files import LARGEST
from bot.storage.database import Database
from tests.actions.test_import import REFERENCE, coordinator, members
from tests.support.databases import KEYS, rows
from tests.support.schemes import with_role

GOOD = "E-mail,Role\namy@example.org,mentee\n"
NOISE = random.Random(15).randbytes(3000)
LONG = "x" * 9_000
TRAINED = f"{REFERENCE.roles['mentor'].trainings[0].name} completed on"

REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "empty lines": b"\n\r\n,,,,\n;;;\n",
    "a workbook": b"PK\x03\x04\x14\x00\x06\x00" + NOISE,
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE,
    "a PDF": b"%PDF-1.7\n" + NOISE,
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + NOISE,
    "noise": NOISE,
    "zeros": b"\0" * 4000,
    "half of UTF-16": GOOD.encode("utf-16")[:-1],
    "UTF-32 cut off": GOOD.encode("utf-32")[:-2],
    "too large": b"a@b.c,mentee\n" * (LARGEST // 13 + 1),
    "too many lines": b"E-mail,Role\n" + b"a@b.c,mentee\n" * 20_001,
    "too many columns": b"E-mail,Role" + b"," * 400,
    "a cell without end": b"E-mail,Role\n" + b'"' + b"x" * 300_000,
    "a cell too long": f"E-mail,Role\n{LONG}{LONG},mentee\n".encode(),
    "a quotation never closed": b'E-mail,Role\n"amy@example.org,mentee\nben@example.org,mentor\n',
    "a quotation inside": b'E-mail,Role\nam"y@example.org","mentee"x\n',
    "no headings": b"amy@example.org,mentee\nben@example.org,mentor\n",
    "other headings": b"Vorname,Nachname\nAmy,Bell\n",
    "headings too far down": b"Title\n" * 12 + GOOD.encode(),
    "one heading": b"E-mail\namy@example.org\n",
    "JSON": b'[{"email": "amy@example.org", "role": "mentee"}]',
    "HTML": b"<table><tr><td>E-mail</td><td>Role</td></tr></table>",
    "a script": b"#!/bin/sh\nrm -rf /\n",
}  # fmt: skip

TAKEN: dict[str, tuple[bytes, dict[str, int]]] = {
    "as it should be": (GOOD.encode(), {"new": 1}),
    "with a mark": (GOOD.encode("utf-8-sig"), {"new": 1}),
    "UTF-16": (GOOD.encode("utf-16"), {"new": 1}),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), {"new": 1}),
    "old Windows": ("E-mail,Role,Name\namy@example.org,mentee,Zoë\n".encode("cp1252"), {"new": 1}),
    "semicolons": (GOOD.replace(",", ";").encode(), {"new": 1}),
    "tabs": (GOOD.replace(",", "\t").encode(), {"new": 1}),
    "a named separator": (b"sep=|\r\n" + GOOD.replace(",", "|").encode(), {"new": 1}),
    "old Macintosh lines": (GOOD.replace("\n", "\r").encode(), {"new": 1}),
    "titles above": (b"Mentoring 2026,\n,\n" + GOOD.encode(), {"new": 1}),
    "merged cells' leftovers": (b"E-mail,Role,\namy@example.org,mentee,\n,mentee,\n,,\n", {"new": 1, "problem": 1}),
    "a sum below": (GOOD.encode() + b"Total:,2\n", {"new": 1, "problem": 1}),
    "cells left out": (b"E-mail,Role,Status\namy@example.org,mentee\nben@example.org\n", {"new": 1, "problem": 1}),
    "cells too many": (b"E-mail,Role\namy@example.org,mentee,x,y,z\n", {"new": 1}),
    "a heading twice": (b"E-mail,Role,Role\namy@example.org,mentee,mentor\n", {"new": 1}),
    "a column nobody knows": (b"E-mail,Role,Password\namy@example.org,mentee,secret\n", {"new": 1}),
    "somebody twice": (GOOD.encode() + b"AMY@example.org,Mentees\n", {"new": 1, "problem": 1}),
    "in both roles": (GOOD.encode() + b"amy@example.org,mentor\n", {"new": 2}),
    "formulas": (
        b'E-mail,Role\n"=HYPERLINK(""http://x"",""amy"")",mentee\n@SUM(A1),mentee\n+1@x.y|cmd,mentee\n=1+1,=2\n',
        {"problem": 4},
    ),
    "a formula for an answer": (b"E-mail,Role,Membership number\namy@example.org,mentee,=1+1\n", {"problem": 1}),
    "markup": (b"E-mail,Role\n<!channel>@example.org,mentee\n*amy*@example.org,<b>mentee</b>\n", {"problem": 2}),
    "no such people": (b"E-mail,Role\nghost@example.org,mentee\nx@y.z,mentor\n", {"problem": 2}),
    "addresses that are none": (b"E-mail,Role\namy,mentee\n@,mentee\na b@c.d,mentee\na@b,mentee\n", {"problem": 4}),
    "statuses nobody can bring about": (b"E-mail,Role,Status\namy@example.org,mentee,turned down\n", {"problem": 1}),
    "invisible letters": ("E-mail,Role\n\u200bamy@example.org\ufeff,mentee\xa0\n".encode(), {"new": 1}),
    "right to left": ("E-mail,Role\n\u202eamy@example.org,mentee\n".encode(), {"problem": 1}),
    "control characters": (b"E-mail,Role\n\x01amy@example.org\x07,mentee\x1b\n", {"new": 1}),
    "an address of a kilobyte": (f"E-mail,Role\n{'a' * 1000}@example.org,mentee\n".encode(), {"problem": 1}),
    "its own export, defused": (b"Name,E-mail,Role,Status\n'=Amy,amy@example.org,mentee,let in\n", {"new": 1}),
    "a training to come": (f"E-mail,Role,{TRAINED}\namy@example.org,mentor,2099-01-01\n".encode(), {"problem": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_a_file_that_is_no_table_is_refused_whole(sqlite_url: str, name: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        await _refused(database, name)


async def _refused(database: Database, name: str) -> None:
    her = await coordinator(database)
    await her.sends(REFUSED[name])
    await her.importer.go_on()
    assert her.last.state == "refused"
    assert her.card().text
    assert members(database) == []
    assert rows(database, "SELECT count(*) FROM imports WHERE content IS NOT NULL") == [(0,)]
    answer: Any = await her.office.click("UADMIN", "begin_import", her.last.id)
    assert "dealt with already" in answer.text


@pytest.mark.parametrize("name", TAKEN)
async def test_a_table_is_taken_line_by_line(sqlite_url: str, name: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        await _taken(database, *TAKEN[name])


async def _taken(database: Database, content: bytes, expected: dict[str, int]) -> None:
    her = await coordinator(database, with_role(REFERENCE, "mentee", places=None))
    her.directory.names |= {"amy@example.org": "UAMY", "ben@example.org": "UBEN"}
    await her.sends(content)
    await her.importer.go_on()
    whole = {"new": 0, "changed": 0, "same": 0, "problem": 0} | expected
    assert (her.last.state, dict(her.last.counted)) == ("checked", whole), her.last.findings
    assert members(database) == [], "it is only looked at"
    assert her.card().text
    if expected.get("new"):
        done = await her.begins()
        assert (done.state, dict(done.counted)) == ("done", whole)
    assert len(members(database)) == expected.get("new", 0)
    await her.sends(content)
    await her.importer.go_on()
    assert dict(her.last.counted) == whole | {"new": 0, "same": expected.get("new", 0)}


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) + len(TAKEN) >= 50
