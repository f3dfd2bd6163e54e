"""Which files are taken, and under what name they are given back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle.files import ENDINGS, FileKind, kind_of, safe_name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 and more", "pdf"),
        (b"\x89PNG\r\n\x1a\n and more", "png"),
        (b"\xff\xd8\xff\xe0 and more", "jpg"),
        (b"", None),
        (b"<html>", None),
        (b"MZ\x90\x00", None),
        (b" %PDF-1.7", None),
    ],
)
def test_a_file_is_what_is_in_it(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("name", "kind", "given_back"),
    [
        ("certificate.pdf", "pdf", "certificate.pdf"),
        ("Scan.JPEG", "jpg", "Scan.JPEG"),
        ("invoice.exe", "pdf", "invoice.exe.pdf"),
        ("../../etc/passwd", "png", "etc passwd.png"),
        ("..", "pdf", "file.pdf"),
        ("a\nb.pdf", "pdf", "a b.pdf"),
        ("x" * 90 + ".pdf", "pdf", "x" * 55 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, kind: FileKind, given_back: str) -> None:
    assert safe_name(name, kind) == given_back


@given(st.text(), st.sampled_from(list(ENDINGS)))
def test_any_name_becomes_one_that_can_be_a_files(name: str, kind: FileKind) -> None:
    safe = safe_name(name, kind)
    stem, _, ending = safe.rpartition(".")
    assert stem
    assert ending.lower() in ENDINGS[kind]
    assert len(safe) <= 60
    assert not set('/\\:*?"<>|\n\r\t\x00') & set(safe)
