"""A signature by the committee's key: it is found again, and one changed byte breaks it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pikepdf
import pytest
from asn1crypto import keys, tsp, x509  # type: ignore[import-untyped]
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mediation.documents import signature_desk, signing
from mediation.documents.merging import Part, merge
from mediation.documents.press import PressFailed
from mediation.documents.render import Mark
from mediation.documents.signature_desk import signatures_of
from mediation.documents.signing import KeyFile, KeyRefused
from mediation.wording import Text
from tests.documents.paper import drawn, pages_of
from tests.keys import NAME, PASSPHRASE, expired, good, rsa_key


@pytest.fixture(scope="module")
def key() -> KeyFile:
    return KeyFile(good(), PASSPHRASE)


@pytest.fixture(scope="module")
def signed(key: KeyFile) -> bytes:
    return key.sign(drawn("mediation_agreement").pdf, by=NAME).pdf


def test_a_signed_paper_says_by_whom_and_that_it_is_whole(key: KeyFile, signed: bytes) -> None:
    (found,) = signatures_of(signed)
    assert found.certificate == key.certificate
    assert found.certificate.subject == NAME
    assert (found.intact, found.whole, found.stamped) == (True, True, False)
    assert found.signed_at is not None
    assert abs((datetime.now(UTC) - found.signed_at).total_seconds()) < 600


def test_the_paper_itself_stays_as_it_was_drawn(signed: bytes) -> None:
    unsigned = drawn("mediation_agreement").pdf
    assert signed.startswith(unsigned)
    assert pages_of(signed) == pages_of(unsigned)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.75])
def test_one_changed_byte_breaks_the_signature(signed: bytes, share: float) -> None:
    at = int(len(drawn("mediation_agreement").pdf) * share)
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    try:
        found = signatures_of(changed)
    except PressFailed:
        return  # it can no longer be read at all
    assert not any(one.intact for one in found)


def test_what_is_added_behind_it_is_seen(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as opened:
        assert opened.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
    (found,) = signatures_of(signed + b"\n% more\n")
    assert found.intact
    assert not found.whole


def test_many_papers_in_one_file_claim_no_signature(signed: bytes) -> None:
    both = merge([Part("一", signed), Part("二", signed)], title="两份").pdf
    assert signatures_of(both) == ()
    with pikepdf.open(io.BytesIO(both)) as opened:
        assert "/AcroForm" not in opened.Root
        assert not any(page.get("/Annots", []) for page in opened.pages)


def test_nothing_is_drawn_and_the_archive_form_is_kept(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        assert "/AP" not in field
        assert int(field.F) & 4
        assert not int(field.F) & 0b100011  # neither hidden, invisible nor kept from view
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert "/DigestMethod" not in opened.Root.Perms.DocMDP.Reference[0]
        with opened.open_metadata() as words:
            assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("3", "B")
        assert set(opened.attachments) == {"facts.json"}


def test_an_unsigned_file_has_no_signature() -> None:
    assert signatures_of(drawn("mediation_agreement").pdf) == ()


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 /ByteRange", b"/ByteRange" * 1000, b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF"]
)  # fmt: skip
def test_a_file_that_is_none_harms_nobody(content: bytes) -> None:
    with pytest.raises(PressFailed):
        signatures_of(content)


def test_only_so_many_files_are_looked_at_at_once(signed: bytes) -> None:
    for _ in range(2):
        assert signature_desk._AT_ONCE.acquire()
    try:
        with pytest.raises(PressFailed, match="other files"):
            signatures_of(signed, wait_s=0.05)
    finally:
        for _ in range(2):
            signature_desk._AT_ONCE.release()


@pytest.mark.parametrize(
    ("content", "passphrase"), [(b"no key", "x"), (b"", ""), (good(), "wrong")]
)
def test_what_is_no_key_is_refused(content: bytes, passphrase: str) -> None:
    with pytest.raises(KeyRefused, match="PKCS#12"):
        KeyFile(content, passphrase)


def test_an_expired_key_signs_nothing() -> None:
    with pytest.raises(KeyRefused, match="2020-01-31") as refusal:
        KeyFile(expired(), PASSPHRASE).sign(drawn("case_slip").pdf, by=NAME)
    assert isinstance(refusal.value.said, Text)


def test_a_key_of_a_certificate_service_signs_too() -> None:
    key = KeyFile(rsa_key(), PASSPHRASE)
    assert key.certificate.subject == f"{NAME}，临溪县司法局"
    (found,) = signatures_of(key.sign(drawn("case_slip").pdf, by=NAME).pdf)
    assert (found.intact, found.whole) == (True, True)


def test_a_key_that_is_not_for_signing_is_refused() -> None:
    with pytest.raises(KeyRefused, match="不是用来签名"):
        KeyFile(rsa_key(signs=False), PASSPHRASE)


def test_what_is_no_paper_is_not_signed(key: KeyFile) -> None:
    with pytest.raises(KeyRefused, match="没有做成"):
        key.sign(b"not a file", by=NAME)


class _Stamps(BaseHTTPRequestHandler):
    """A time service on this machine, which answers as the standard says."""

    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        loop = asyncio.new_event_loop()
        answer = loop.run_until_complete(self.stamper.async_request_tsa_response(asked)).dump()
        loop.close()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def time_service() -> Iterator[str]:
    made = SimpleSigner.load_pkcs12_data(
        rsa_key("时间戳", stamps=True), other_certs=[], passphrase=PASSPHRASE.encode()
    )
    assert isinstance(made.signing_cert, x509.Certificate)
    assert isinstance(made.signing_key, keys.PrivateKeyInfo)
    _Stamps.stamper = DummyTimeStamper(
        tsa_cert=made.signing_cert,
        tsa_key=made.signing_key,
        certs_to_embed=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    server = HTTPServer(("127.0.0.1", 0), _Stamps)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_time_service_confirms_when(time_service: str) -> None:
    made = KeyFile(good(), PASSPHRASE, stamps=time_service).sign(drawn("case_slip").pdf, by=NAME)
    assert made.stamped
    (found,) = signatures_of(made.pdf)
    assert (found.intact, found.whole, found.stamped) == (True, True, True)


def test_a_time_service_that_does_not_answer_keeps_no_paper_waiting() -> None:
    made = KeyFile(good(), PASSPHRASE, stamps="http://127.0.0.1:9/").sign(
        drawn("case_slip", Mark.SAMPLE).pdf, by=NAME
    )
    assert not made.stamped
    (found,) = signatures_of(made.pdf)
    assert found.intact


def test_it_asks_nobody_while_it_reads(signed: bytes) -> None:
    """The process that reads it has no network; this one shows that none is asked for."""
    loop = asyncio.new_event_loop()
    try:
        assert signing.signatures_in(signed, loop)[0].intact
    finally:
        loop.close()
