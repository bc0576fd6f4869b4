"""Scans become sheets: the right way up, nothing of them lost, nothing of theirs acting; harm stays out."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from mediation.documents.bindery import Bindery
from mediation.documents.binding import Leaf
from mediation.documents.press import PressFailed
from mediation.documents.sheets import NotBound
from mediation.uploads import MOST_PAGES

MM = 72 / 25.4
SHEET = (210 * MM, 297 * MM)


@pytest.fixture(scope="module")
def bindery() -> Iterator[Bindery]:
    with Bindery() as made:
        yield made


def picture(size: tuple[int, int] = (600, 400), mode: str = "RGB") -> Image.Image:
    """One corner red, one blue: which way up it lies is plain."""
    made = Image.new("RGB", size, "#f4f4e8")
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    pen.rectangle((size[0] * 3 // 4, size[1] * 7 // 8, *size), fill="blue")
    return made.convert(mode)


def coded(made: Image.Image, kind: str, **rest: Any) -> bytes:
    out = io.BytesIO()
    made.save(out, kind, **rest)
    return out.getvalue()


def pdf(pages: int = 1, size: tuple[float, float] = SHEET, **rest: Any) -> bytes:
    with pikepdf.new() as made:
        for number in range(pages):
            page = made.add_blank_page(page_size=size)
            page.contents_add(f"1 0 0 rg {number} 0 100 50 re f".encode())
        out = io.BytesIO()
        made.save(out, **rest)
        return out.getvalue()


def seen(content: bytes, folder: Path, dpi: int = 50) -> list[Image.Image]:
    """Every page as a picture."""
    (folder / "made.pdf").write_bytes(content)
    words = ("pdftoppm", "-r", str(dpi), "-png", "made.pdf", "page")
    subprocess.run(words, cwd=folder, check=True, timeout=60)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page*.png"))]


def inked(page: Image.Image) -> tuple[int, int, int, int]:
    told = ImageChops.difference(page, Image.new("RGB", page.size, "white")).convert("L")
    box = told.point(lambda level: 255 * (level > 4)).getbbox()
    assert box is not None, "the sheet is empty"
    return box


def far_apart(a: Image.Image, b: Image.Image) -> float:
    """How many of a hundred dots differ to the eye."""
    told = ImageChops.difference(a.resize((80, 80)), b.resize((80, 80))).convert("L")
    return sum(told.point(lambda level: 255 * (level > 60)).histogram()[255:]) / 64


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_lies_the_right_way_up(bindery: Bindery, turned: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = turned
    photo = coded(picture(), "JPEG", quality=95, exif=exif)
    sheets = bindery.sheets(photo, "image/jpeg")
    assert sheets.count == 1
    page = seen(sheets.pdf, tmp_path)[0]
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(photo)))
    lying = page.crop(inked(page))
    assert abs(lying.width / lying.height - upright.width / upright.height) < 0.05
    assert far_apart(lying, upright) < 6


def test_a_jpeg_is_bound_as_it_is_but_for_where_it_was_taken(bindery: Bindery) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    photo = coded(picture((4000, 3000)), "JPEG", exif=exif, comment=b"SECRETWORDS") + b"SECRETTAIL"
    made = bindery.sheets(photo, "image/jpeg").pdf
    with pikepdf.open(io.BytesIO(made)) as bound:
        data = bound.pages[0].obj.Resources.XObject["/WusongScan"].read_raw_bytes()
    assert b"SECRET" in photo
    assert b"SECRET" not in data
    assert b"Exif" not in data
    kept, given = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(photo))
    assert kept.size == (4000, 3000)
    assert ImageChops.difference(kept.convert("RGB"), given.convert("RGB")).getbbox() is None


PHOTOS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "heic": lambda: (coded(picture(), "HEIF", quality=95), "image/heic"),
    "webp": lambda: (coded(picture(), "WEBP", quality=95), "image/webp"),
    "png": lambda: (coded(picture(), "PNG"), "image/png"),
    "cmyk jpeg": lambda: (coded(picture(mode="CMYK"), "JPEG", quality=95), "image/jpeg"),
    "clear png": lambda: (coded(picture(mode="RGBA"), "PNG"), "image/png"),
    "palette": lambda: (coded(picture(mode="P"), "PNG"), "image/png"),
}


@pytest.mark.parametrize("kind", PHOTOS)
def test_every_kind_of_picture_shows_what_it_shows(
    bindery: Bindery, kind: str, tmp_path: Path
) -> None:
    pillow_heif.register_heif_opener()
    made = bindery.sheets(*PHOTOS[kind]()).pdf
    page = seen(made, tmp_path)[0]
    assert far_apart(page.crop(inked(page)), picture()) < 8


def test_what_lets_the_paper_through_is_white_and_sixteen_bits_are_not_cut_off(
    bindery: Bindery, tmp_path: Path
) -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((0, 0, 199, 20), fill="red")
    made = bindery.sheets(coded(clear, "PNG"), "image/png").pdf
    page = seen(made, tmp_path)[0]
    left, top, right, bottom = inked(page)
    assert (bottom - top) < (right - left) / 5, "only the red bar is inked"
    deep = Image.new("I;16", (200, 200), 0x8000)
    made = bindery.sheets(coded(deep, "PNG"), "image/png").pdf
    page = seen(made, tmp_path)[0]
    shade = page.getpixel((page.width // 2, inked(page)[1] + 5))
    assert isinstance(shade, tuple)
    assert abs(shade[0] - 128) < 6


def test_pictures_are_shrunk_to_fit_and_never_blown_up(bindery: Bindery, tmp_path: Path) -> None:
    small = bindery.sheets(coded(picture((150, 75)), "JPEG"), "image/jpeg").pdf
    page = seen(small, tmp_path, dpi=72)[0]
    left, _, right, _ = inked(page)
    assert right - left <= 74, "150 dots are at most an inch wide"
    tall = bindery.sheets(coded(picture((3000, 9000)), "JPEG"), "image/jpeg").pdf
    page = seen(tall, tmp_path, dpi=72)[0]
    left, top, right, bottom = inked(page)
    assert (page.width, page.height) == pytest.approx(SHEET, abs=1)
    assert top >= 20 * MM - 1, "the strip for the number is free"
    assert min(left, page.width - right, page.height - bottom) >= 6 * MM


def test_a_photo_of_48_million_dots_costs_no_more_than_its_bytes() -> None:
    photo = coded(picture((8000, 6000)), "JPEG")
    with Bindery() as own:
        made = own.sheets(photo, "image/jpeg").pdf
        assert len(made) < len(photo) * 1.1
        assert own._child is not None
        status = Path(f"/proc/{own._child.pid}/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak < 150_000, f"{peak} KiB"


def test_a_heavy_photo_is_drawn_as_fine_as_a_printer_prints(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    grain = Image.effect_noise((8000, 6000), 40).convert("RGB")
    grain.paste(picture((8000, 6000)).crop((0, 0, 2000, 1500)), (0, 0))
    photo = coded(grain, "JPEG", quality=80, exif=exif)
    assert len(photo) > 10_000_000
    with Bindery() as own:
        made = own.sheets(photo, "image/jpeg").pdf
        assert own._child is not None
        status = Path(f"/proc/{own._child.pid}/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak < 300_000, f"{peak} KiB"
    with pikepdf.open(io.BytesIO(made)) as bound:
        image = bound.pages[0].obj.Resources.XObject["/WusongScan"]
        wide, high = int(image.Width), int(image.Height)
    assert 290 < wide / (182 / 25.4) < 301
    assert high > wide, "and it stands as it was held"
    page = seen(made, tmp_path)[0]
    corner = page.getpixel((inked(page)[2] - 5, inked(page)[1] + 5))
    assert isinstance(corner, tuple)
    assert corner[0] > 150 > corner[1] + 60, "its red corner is at the upper right"


def test_a_page_larger_than_a_sheet_is_shrunk_and_a_turned_one_stands(
    bindery: Bindery, tmp_path: Path
) -> None:
    with pikepdf.new() as source:
        page = source.add_blank_page(page_size=(420 * MM, 594 * MM))
        page.contents_add(b"1 0 0 rg 0 0 200 1000 re f")
        page.rotation = 90
        page.cropbox = pikepdf.Array([0, 0, 420 * MM, 594 * MM])
        out = io.BytesIO()
        source.save(out)
    sheets = bindery.sheets(out.getvalue(), "application/pdf")
    assert sheets.count == 1
    page_seen = seen(sheets.pdf, tmp_path)[0]
    assert page_seen.width > page_seen.height, "a page that lies stays lying"
    left, top, right, bottom = inked(page_seen)
    assert right - left > bottom - top, "the bar at its left foot is turned to the head"
    assert top < page_seen.height / 4


def acting() -> bytes:
    """A PDF that would do everything a PDF can do by itself."""
    with pikepdf.open(io.BytesIO(pdf(2))) as made:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = made.make_indirect(script)
        made.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
        )
        made.attachments["payload.exe"] = b"MZPAYLOAD"
        made.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        made.pages[0].obj.Annots = pikepdf.Array(
            [
                made.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Link,
                        Rect=pikepdf.Array([0, 0, 600, 800]),
                        A=pikepdf.Dictionary(
                            S=pikepdf.Name.Launch, F=pikepdf.String("/bin/payload")
                        ),
                    )
                )
            ]
        )
        held = made.make_stream(b"0 0 10 10 re f")
        held.Type, held.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        held.BBox = pikepdf.Array([0, 0, 10, 10])
        held.AF = pikepdf.Array([made.make_stream(b"HIDDENFILE")])
        made.pages[0].add_resource(held, pikepdf.Name.XObject, pikepdf.Name("/Held"))
        made.pages[0].contents_add(b"/Held Do")
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def whole(content: bytes) -> bytes:
    """Every object of the file in the clear, one after the other."""
    with pikepdf.open(io.BytesIO(content)) as made:
        told = [thing.unparse(resolved=True) for thing in made.objects]
        streams = [_plain(thing) for thing in made.objects if isinstance(thing, pikepdf.Stream)]
    return b"\n".join((*told, *streams))


def _plain(stream: pikepdf.Stream) -> bytes:
    """A photo's own coding is left as it is."""
    coded_photo = stream.get("/Filter") == pikepdf.Name.DCTDecode
    return stream.read_raw_bytes() if coded_photo else stream.read_bytes()


def test_nothing_that_acts_comes_along(bindery: Bindery) -> None:
    given = whole(acting())
    sheets = bindery.sheets(acting(), "application/pdf")
    told = whole(sheets.pdf)
    assert sheets.count == 2
    for harm in (b"JavaScript", b"app.alert", b"Launch", b"payload", b"MZPAYLOAD", b"HIDDENFILE"):
        assert harm in given, "the test file carries it"
        assert harm not in told
    assert b"/OpenAction" not in told
    assert b"/Annots" not in told


def filled_in() -> bytes:
    """A form with one field filled in: what it shows is blue."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        look = made.make_stream(b"0 0 1 rg 0 0 80 40 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 80, 40])
        field = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, F=4,
                T=pikepdf.String("sum"), V=pikepdf.String("8600"),
                Rect=pikepdf.Array([300, 400, 380, 440]), AP=pikepdf.Dictionary(N=look),
            )
        )  # fmt: skip
        made.pages[0].obj.Annots = pikepdf.Array([field])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def test_what_was_filled_into_a_form_is_part_of_the_page(bindery: Bindery, tmp_path: Path) -> None:
    bound = bindery.sheets(filled_in(), "application/pdf").pdf
    colours = {c for _, c in seen(bound, tmp_path)[0].getcolors(100_000) or []}
    assert (0, 0, 255) in colours, "the blue of the field is there"


def bomb() -> bytes:
    """A PNG of 40,000 by 40,000 dots in a few kilobytes."""
    rows = zlib.compress(b"\0" * 5001 * 400, 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def locked() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


def endless() -> bytes:
    """A page of 4 GB of nothing: a bomb that goes off in whoever reads its contents."""
    layer = zlib.compress(b" " * 50_000_000, 9)
    with pikepdf.open(io.BytesIO(pdf())) as made:
        page = made.pages[0]
        parts = []
        for _ in range(80):
            part = made.make_stream(layer)
            part.Filter = pikepdf.Name.FlateDecode
            parts.append(part)
        page.obj.Contents = pikepdf.Array(parts)
        out = io.BytesIO()
        made.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


HOSTILE = {
    "bomb": (bomb, "image/png", "像素太多"),
    "half a photo": (lambda: coded(picture((3000, 2000)), "JPEG")[:9000], "image/jpeg", "文件坏了"),
    "half a png": (lambda: coded(picture((3000, 2000)), "PNG")[:2000], "image/png", "文件坏了"),
    "half a heic": (
        lambda: coded(picture((3000, 2000)), "HEIF")[:2000], "image/heic", "文件坏了",
    ),
    "locked": (locked, "application/pdf", "有密码"),
    "the head of a pdf": (lambda: pdf(3)[:60], "application/pdf", "文件坏了"),
    "no page": (lambda: pdf(0), "application/pdf", "一页也没有"),
    "2000 pages": (lambda: pdf(2000), "application/pdf", f"有2000页，最多装{MOST_PAGES}页"),
    "recording": (lambda: b"\0\0\0\x20ftypM4A ", "audio/mp4", "印不到纸上"),
    "words": (lambda: b"PK\x03\x04", "application/vnd.ms-word", "印不到纸上"),
    "not what it says": (lambda: pdf(), "image/png", "文件坏了"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_gives_no_sheet_says_why(bindery: Bindery, kind: str) -> None:
    pillow_heif.register_heif_opener()
    make, media_type, reason = HOSTILE[kind]
    with pytest.raises(NotBound, match=reason) as told:
        bindery.sheets(make(), media_type)
    assert told.value.said.en
    assert bindery.sheets(pdf(), "application/pdf").count == 1, (
        "and the next file is made all the same"
    )


def test_half_a_file_is_bound_as_far_as_it_goes_and_says_so(bindery: Bindery) -> None:
    whole_file = bindery.sheets(pdf(3), "application/pdf")
    assert (whole_file.count, whole_file.damaged) == (3, False)
    half = bindery.sheets(pdf(3)[:300], "application/pdf")
    assert half.damaged
    assert half.count < 3


def test_what_eats_time_ends_its_process_and_nothing_else() -> None:
    with Bindery(longest_s=3) as own, pytest.raises(NotBound, match="时间或内存"):
        own.sheets(endless(), "application/pdf")
    with Bindery() as own:
        assert own.sheets(pdf(), "application/pdf").count == 1


def test_the_process_has_bounds() -> None:
    with Bindery() as own:
        own.sheets(pdf(), "application/pdf")
        assert own._child is not None
        limits = Path(f"/proc/{own._child.pid}/limits").read_text(encoding="ascii")
    line = next(row for row in limits.splitlines() if row.startswith("Max address space"))
    assert int(line.split()[3]) == 2 * 1024**3


# The volume.


def volume(own: Bindery) -> bytes:
    for pages in (2, 3, 1, 1, 1):
        own.add(pdf(pages))
    leaves = (
        Leaf(2, "cover", "封面"),
        Leaf(3, "index", "卷内目录"),
        Leaf(0, "content", "申请书", "申请书、受理登记表"),
        Leaf(1, "content", "照片", "证据"),
        Leaf(4, "back", "封底"),
    )
    return own.bound(leaves, pdf(5, (60 * MM, 20 * MM)), "（2026）柳溪人调字第1号")


def test_a_volume_has_its_pages_labels_and_contents() -> None:
    with Bindery() as own:
        made = volume(own)
    with pikepdf.open(io.BytesIO(made)) as bound:
        assert [str(page.label) for page in bound.pages] == [
            *("封面", "目录1", "1", "2", "3", "4", "5", "封底"),
        ]
        with bound.open_outline() as outline:
            told = [(line.title, [below.title for below in line.children]) for line in outline.root]
        assert told == [
            *(("封面", []), ("卷内目录", [])),
            *(("申请书、受理登记表", ["申请书"]), ("证据", ["照片"]), ("封底", [])),
        ]
        assert str(bound.docinfo["/Title"]) == "（2026）柳溪人调字第1号"
        assert str(bound.Root.Lang) == "zh-CN"
        assert bound.Root.OpenAction[0].objgen == bound.pages[0].objgen
        for at, page in enumerate(bound.pages):
            parts = page.obj.Contents
            numbered = (
                isinstance(parts, pikepdf.Array) and b"/WusongNumber" in parts[-1].read_bytes()
            )
            assert numbered == (2 <= at <= 6), "content pages alone carry a number"


def test_the_same_parts_give_the_same_bytes() -> None:
    with Bindery() as own:
        first = volume(own)
    with Bindery() as own:
        assert volume(own) == first


def test_a_part_without_a_number_stops_the_binding() -> None:
    with Bindery() as own:
        own.add(pdf(2))
        with pytest.raises(PressFailed):
            own.bound([Leaf(0, "content", "一份")], pdf(1), "少了一个页码")


def test_a_paper_with_a_field_keeps_what_it_shows_and_loses_the_field(tmp_path: Path) -> None:
    with Bindery() as own:
        own.add(filled_in())
        made = own.bound([Leaf(0, "content", "一份")], pdf(1, (60 * MM, 20 * MM)), "一份")
    assert b"/Widget" not in whole(made)
    assert b"/AcroForm" not in whole(made)
    assert (0, 0, 255) in {c for _, c in seen(made, tmp_path)[0].getcolors(100_000) or []}
