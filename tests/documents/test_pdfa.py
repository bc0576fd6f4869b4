"""Every paper is an archive file: PDF/A-3b by structure, with tags, a language and a title."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, Pdf, Stream

from mediation.documents.render import Mark
from mediation.documents.signing import KeyFile
from tests.documents.paper import FOLDERS, drawn
from tests.documents.test_facts_json import COURT_PACKAGE
from tests.keys import NAME, PASSPHRASE, good

SIGNED = "mediation_agreement, signed"
MARKED = tuple(f"mediation_agreement, {mark.name}" for mark in Mark if mark is not Mark.NONE)
EVERY = (*FOLDERS, *MARKED, SIGNED)
# What a page may do with the pen, as far as PDF/A minds: graphics states without tricks.
_STATES = {"/Type", "/ca", "/CA", "/LW", "/BM", "/SMask", "/AIS", "/G"}
_ACTING = (
    "/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/XFA", "/Movie", "/Sound", "/Hide",
    "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/GoToR", "/GoToE", "/SetOCGState",
)  # fmt: skip


@cache
def file_of(which: str) -> bytes:
    folder, _, mark = which.partition(", ")
    if mark == "signed":
        return KeyFile(good(), PASSPHRASE).sign(drawn(folder).pdf, by=NAME).pdf
    return drawn(folder, Mark[mark] if mark else Mark.NONE).pdf


@cache
def opened(which: str) -> Pdf:
    return pikepdf.open(io.BytesIO(file_of(which)))


def dictionaries(pdf: Pdf) -> Iterator[Dictionary | Stream]:
    """Every dictionary of the file, those inside others too."""
    seen: set[tuple[int, int]] = set()
    for one in pdf.objects:
        yield from _inside(one, seen)


def _keys(one: Any) -> set[str]:
    return {str(key) for key in one.keys()}  # noqa: SIM118  # it is no Python dictionary


def _inside(one: Any, seen: set[tuple[int, int]]) -> Iterator[Dictionary | Stream]:
    if isinstance(one, pikepdf.Object) and one.is_indirect:
        if one.objgen in seen:
            return
        seen.add(one.objgen)
    if isinstance(one, Dictionary | Stream):
        yield one
        for value in one.values():
            yield from _inside(value, seen)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            yield from _inside(value, seen)


@pytest.mark.parametrize("which", EVERY)
class TestEveryPaper:
    def test_says_that_it_is_an_archive_file(self, which: str) -> None:
        pdf, content = opened(which), file_of(which)
        assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", content)
        assert not pdf.is_encrypted
        assert "/Encrypt" not in pdf.trailer
        assert len(pdf.trailer.ID) == 2
        # Figures, since a raw carriage return in there would be read as another sign.
        assert all(
            re.fullmatch(rb"[0-9a-f]{32}", bytes(half))
            for half in list(pdf.trailer.ID)[: 1 if which == SIGNED else 2]
        )
        described = pdf.Root.Metadata
        assert described.get("/Filter") is None  # whoever looks for it finds it in the clear
        packet = described.read_bytes()
        assert b'part="3"' in packet
        assert b'conformance="B"' in packet
        assert not re.search(rb"<\?xpacket[^>]*(bytes|encoding)=", packet)

    def test_tells_of_itself_alike_in_both_places(self, which: str) -> None:
        pdf = opened(which)
        with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as words:
            assert words["dc:title"] == str(pdf.docinfo.Title)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)

    def test_has_a_colour_profile_for_its_colours(self, which: str) -> None:
        pdf = opened(which)
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFA1
        assert intent.DestOutputProfile.N == 3
        profile = intent.DestOutputProfile.read_bytes()
        assert (profile[12:16], profile[16:20], profile[36:40]) == (b"mntr", b"RGB ", b"acsp")
        named = [one.get("/ColorSpace") for one in dictionaries(pdf)]
        spaces = {str(one) for one in named if isinstance(one, Name)}
        assert spaces <= {"/DeviceGray", "/DeviceRGB"}
        for page in pdf.pages:
            pens = {str(op.operator) for op in pikepdf.parse_content_stream(page)}
            assert not pens & {"k", "K"}, "no CMYK"

    def test_carries_every_font_with_its_widths_and_characters(self, which: str) -> None:
        pdf = opened(which)
        fonts = [one for one in dictionaries(pdf) if one.get("/Type") == Name.Font]
        whole = [one for one in fonts if "/DescendantFonts" in one]
        assert whole
        assert all(one.Encoding == Name("/Identity-H") for one in whole)
        assert all(b"beginbf" in one.ToUnicode.read_bytes() for one in whole)
        for cut in (one.DescendantFonts[0] for one in whole):
            assert cut.CIDToGIDMap == Name.Identity
            assert re.fullmatch(r"/[A-Z]{6}\+\S+", str(cut.BaseFont))
            _check_widths(cut)

    def test_does_nothing_but_show(self, which: str) -> None:
        pdf = opened(which)
        for one in dictionaries(pdf):
            found = _keys(one) | {str(one.get("/S")), str(one.get("/Type"))}
            assert not found & set(_ACTING), found & set(_ACTING)
            assert "/OCProperties" not in one
            if isinstance(one, Stream):
                assert not {"/F", "/FFilter", "/FDecodeParms"} & _keys(one)
                assert "/LZWDecode" not in str(one.get("/Filter", ""))
                assert "/Crypt" not in str(one.get("/Filter", ""))

    def test_shows_pictures_as_they_are(self, which: str) -> None:
        pdf = opened(which)
        for one in dictionaries(pdf):
            if one.get("/Subtype") == Name.Image:
                assert not one.get("/Interpolate", False)
                assert not {"/Alternates", "/OPI", "/SMask"} & _keys(one)
            if one.get("/Subtype") == Name.Form:
                assert not {"/OPI", "/PS", "/Ref"} & _keys(one)
        for page in pdf.pages:
            for state in page.Resources.get("/ExtGState", {}).values():
                assert _keys(state) <= _STATES
                assert str(state.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
                assert str(state.get("/SMask", "/None")) == "/None"

    def test_has_tags_a_language_and_a_place_for_every_page(self, which: str) -> None:
        pdf = opened(which)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == ("en" if "_en" in which else "zh-CN")
        tree = pdf.Root.StructTreeRoot
        assert tree.Type == Name.StructTreeRoot
        assert "/ParentTree" in tree
        places = [int(page.StructParents) for page in pdf.pages]
        assert len(set(places)) == len(places)
        numbers = {int(one) for one in list(tree.ParentTree.Nums)[::2]}
        assert set(places) <= numbers

    def test_has_no_mark_that_would_not_be_printed(self, which: str) -> None:
        for page in opened(which).pages:
            for one in page.get("/Annots", []):
                assert one.Subtype in (Name.Widget, Name.Link)
                assert int(one.F) & 4
                assert not int(one.F) & 0b100011
                assert "/AP" in one or [float(side) for side in one.Rect] == [0, 0, 0, 0]

    def test_its_files_belong_to_it(self, which: str) -> None:
        pdf = opened(which)
        files = [one for one in dictionaries(pdf) if one.get("/Type") == Name.Filespec]
        draft = which.endswith(", DRAFT")
        expected = which.partition(", ")[0] in COURT_PACKAGE and not draft
        assert bool(files) == expected == ("/AF" in pdf.Root)
        for one in files:
            assert str(one.F) == str(one.UF) == "facts.json"
            assert one.AFRelationship == Name.Data
            assert str(one.Desc)
            kept = one.EF.F
            assert kept.Type == Name.EmbeddedFile
            assert kept.Subtype == Name("/application/json")
            assert int(kept.Params.Size) == len(kept.read_bytes())
            assert str(kept.Params.ModDate).startswith("D:")
            assert [same.objgen for same in pdf.Root.AF] == [one.objgen]


def _check_widths(cut: Any) -> None:
    """The widths that are told are those of the typeface that goes along, to a thousandth."""
    face = TTFont(io.BytesIO(cut.FontDescriptor.FontFile2.read_bytes()))
    order, advances, em = face.getGlyphOrder(), face["hmtx"].metrics, face["head"].unitsPerEm
    told = list(cut.W)
    place = 0
    while place < len(told):
        first, widths = int(told[place]), told[place + 1]
        assert isinstance(widths, pikepdf.Array)
        for glyph, width in enumerate(widths, first):
            assert glyph < len(order)
            assert abs(advances[order[glyph]][0] * 1000 / em - float(width)) <= 1
        place += 2


def test_the_widths_are_looked_at() -> None:
    pdf = pikepdf.open(io.BytesIO(file_of("case_slip")))
    cut = next(one for one in pdf.objects if isinstance(one, Dictionary) and "/CIDToGIDMap" in one)
    cut.W[1][0] = float(cut.W[1][0]) + 3
    with pytest.raises(AssertionError):
        _check_widths(cut)
