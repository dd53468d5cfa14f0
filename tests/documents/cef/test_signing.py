"""A signature is appended, can be validated, and breaks when the paper is changed."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.cef.conftest import PASSPHRASE, status_of
from portaria.core.errors import UsageError
from portaria.documents.pdf import pdf
from portaria.documents.signing import FIELD, load_signer, sign

pytest.importorskip("pyhanko", reason="needs the extra sign")
PAGE = {
    "style": "certificate", "title": "T", "subtitle": "", "school": "S", "course": "",
    "footer": "", "parts": [{"kind": "text", "text": "Nível 4", "small": False}], "foot": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def paper():
    return pdf("cef", PAGE, "pt-PT")


@pytest.fixture(scope="module")
def signed(paper, key_file):
    return sign(paper, load_signer(key_file, PASSPHRASE), place="Vila Inventada")


def test_the_signature_is_valid_and_covers_the_whole_file(signed, key_file):
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    status = status_of(signed, key_file)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_the_paper_stands_unchanged_before_the_signature(paper, signed):
    assert signed.startswith(paper)
    root = PdfReader(BytesIO(signed)).trailer["/Root"]
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in about or 'pdfaid:part="2"' in about
    assert "<pdfuaid:part>1<" in about or 'pdfuaid:part="1"' in about
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root


def test_the_field_is_allowed_by_both_standards(signed):
    """PDF/A: printed, not hidden, without a size; PDF/UA: outside the page, so without a tag."""
    reader = PdfReader(BytesIO(signed))
    field = reader.get_fields()[FIELD].indirect_reference.get_object()
    left, bottom, right, top = map(int, field["/Rect"])
    assert (left, bottom) == (right, top)
    assert left < 0 and bottom < 0  # noqa: PT018
    assert field["/F"] & 4  # print
    assert not field["/F"] & (1 | 2 | 32 | 256)  # invisible, hidden, no view, toggled
    form = reader.trailer["/Root"]["/AcroForm"]
    assert not form.get("/NeedAppearances", False)
    value = field["/V"]
    assert value["/SubFilter"] == "/ETSI.CAdES.detached"
    assert value["/Location"] == "Vila Inventada"


def test_one_key_signs_many_papers(paper, key_file):
    signer = load_signer(key_file, PASSPHRASE)
    assert all(status_of(sign(paper, signer), key_file).bottom_line for _ in range(2))


def test_a_changed_paper_is_found_out(signed, key_file):
    at = signed.index(b"/Marked true")
    altered = signed[:at] + b"/Marked TRUE" + signed[at + 12 :]
    status = status_of(altered, key_file)
    assert not status.intact
    assert not status.bottom_line


@pytest.mark.parametrize("passphrase", ["", "another"])
def test_another_passphrase_gives_no_key(key_file, passphrase):
    with pytest.raises(UsageError, match="gives no key"):
        load_signer(key_file, passphrase)


@pytest.mark.parametrize("content", [b"", b"no key at all", b"0\x82\x01\x00"])
def test_another_file_gives_no_key(tmp_path, content):
    path = tmp_path / "key.p12"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="gives no key"):
        load_signer(path, PASSPHRASE)


def test_a_certificate_without_a_key_gives_none(tmp_path, key_file):
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    _, own, _ = pkcs12.load_key_and_certificates(key_file.read_bytes(), PASSPHRASE.encode())
    path = tmp_path / "key.p12"
    content = pkcs12.serialize_key_and_certificates(b"c", None, own, None, NoEncryption())
    path.write_bytes(content)
    with pytest.raises(UsageError, match="gives no key"):
        load_signer(path, "")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_signer(tmp_path / "none.p12", PASSPHRASE)


def test_without_the_extra_it_says_what_to_install(monkeypatch, key_file):
    monkeypatch.setitem(sys.modules, "pyhanko.sign.signers", None)
    with pytest.raises(UsageError, match="signing needs the extra"):
        load_signer(key_file, PASSPHRASE)
