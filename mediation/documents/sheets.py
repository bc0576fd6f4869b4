"""Scans become sheets: an A4 page of ours for every page or photo of a file that somebody gave.

It runs in the bindery's own process alone (`bindery_child`): what comes in was made by anybody. Its
marks come along, and nothing else of the file (no script, no attachment, no form, no hidden page).
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from dataclasses import dataclass, replace

import pikepdf
from PIL import Image, ImageFile, ImageOps

from mediation.uploads import MOST_PAGES, MOST_PIXELS
from mediation.wording import Text

PDF = "application/pdf"
# What can lie on a sheet of paper, and the one reader of Pillow that may open it.
PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
NO_PAPER = Text(
    "录音、录像一类的文件印不到纸上", "A recording or other file that cannot be put on paper"
)
_BROKEN = Text("文件坏了，打不开", "The file is damaged and cannot be opened")
_LOCKED = Text("PDF有密码，打不开", "The PDF has a password")
_EMPTY = Text("PDF里一页也没有", "The PDF has no page")
_MANY = Text("有{n}页，最多装{most}页", "It has {n} pages; {most} are bound at most")
_HUGE = Text("照片的像素太多", "The picture has too many pixels")
TOO_MUCH = Text(
    "读它用的时间或内存太多", "Reading it takes too much time or memory, or breaks the reader"
)

_MM = 72 / 25.4
_A4 = (210 * _MM, 297 * _MM)
# The strip at the top is for the volume's page number; the left one for the thread.
_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * _MM, 8 * _MM, 20 * _MM, 8 * _MM
# A small picture is not blown up: no dot of it is larger than on a screen of this many an inch.
_COARSEST_DPI, _FINEST_DPI = 150, 300
# Where a picture stands, in inches.
_PLACE = ((_A4[0] - _LEFT - _RIGHT) / 72, (_A4[1] - _TOP - _BOTTOM) / 72)
# Heavier photos (bytes) are drawn anew, larger pictures (dots) are not kept to the last dot.
_MOST_AS_GIVEN, _MOST_EXACT = 3 * 1024 * 1024, 4_000_000
_WIDEST = 14_400.0
# Where the rows and columns of a stored photo go on the sheet, by its EXIF orientation: the six
# numbers of a PDF matrix for the unit square, before it is stretched.
_TURNED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_LYING = (5, 6, 7, 8)
_ORIENTATION = 0x0112
_COLOURS = {"1": "/DeviceGray", "L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
# What hangs on the parts of a page and has no business on paper.
_HANGING = (
    "/A", "/AA", "/AF", "/Alternates", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Metadata",
    "/Movie", "/OPI", "/OpenAction", "/PieceInfo", "/Ref", "/RichMedia", "/Sound", "/StructParent",
    "/StructParents", "/Thumb", "/XFA",
)  # fmt: skip
_SEGMENT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class NotBound(Exception):
    """A file that gives no pages; carries why."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.zh)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Pages that are ready to be bound. `damaged` where the file could be read in part only."""

    pdf: bytes
    count: int
    damaged: bool = False


def is_paper(media_type: str) -> bool:
    """Whether a file of this kind can lie on sheets of paper at all."""
    return media_type == PDF or media_type in PICTURES


def sheets_of(content: bytes, media_type: str) -> Sheets:
    """A4 sheets with what the file shows, each the right way up. Raises NotBound."""
    try:
        if media_type == PDF:
            return _copied(content)
        if media_type in PICTURES:
            return _photographed(content, PICTURES[media_type])
    except NotBound:
        raise
    except MemoryError as error:
        raise NotBound(TOO_MUCH) from error
    except Image.DecompressionBombError as error:
        raise NotBound(_HUGE) from error
    except Exception as error:  # a library that stumbles, however it stumbles, means a broken file
        raise NotBound(_BROKEN) from error
    raise NotBound(NO_PAPER)


# Scans that are PDF.


def _copied(content: bytes) -> Sheets:
    source, damaged = _opened(content)
    with source, pikepdf.new() as made:
        count = len(source.pages)
        if count == 0:
            raise NotBound(_EMPTY)
        if count > MOST_PAGES:
            raise NotBound(_MANY.with_(n=count, most=MOST_PAGES))
        # What was filled into a form or stamped on it is part of what the page shows.
        source.flatten_annotations("print")
        for page in source.pages:
            _lay(made, page)
        return replace(written(made), damaged=damaged)


def _opened(content: bytes) -> tuple[pikepdf.Pdf, bool]:
    """The file, and whether it had to be pieced together: then pages may be gone, and it is said."""
    try:
        return pikepdf.open(io.BytesIO(content), attempt_recovery=False), False
    except pikepdf.PasswordError as error:
        raise NotBound(_LOCKED) from error
    except pikepdf.PdfError:
        return pikepdf.open(io.BytesIO(content)), True


def _lay(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """One page as a picture of itself: shrunk where it is larger than the sheet, never enlarged."""
    page.trimbox = page.cropbox
    width, height = _seen_size(page)
    sheet = _A4 if height >= width else _A4[::-1]
    fresh = made.add_blank_page(page_size=sheet)
    form = made.copy_foreign(page.as_form_xobject())
    name = fresh.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.WusongScan)
    place = pikepdf.Rectangle(_LEFT, _BOTTOM, sheet[0] - _RIGHT, sheet[1] - _TOP)
    shrunk = fresh.calc_form_xobject_placement(
        form, name, place, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    fresh.contents_add(shrunk)


def _seen_size(page: pikepdf.Page) -> tuple[float, float]:
    box = pikepdf.Rectangle(pikepdf.Array(page.cropbox))
    width, height = float(box.width), float(box.height)
    if not (0 < width <= _WIDEST and 0 < height <= _WIDEST):
        raise NotBound(_BROKEN)
    return (height, width) if page.rotation % 180 else (width, height)


# Photos.


def _photographed(content: bytes, kind: str) -> Sheets:
    import pillow_heif

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pillow_heif.register_heif_opener()
    with warnings.catch_warnings(), pikepdf.new() as made:
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content), formats=(kind,)) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise NotBound(_HUGE)
            _pin(made, *(_as_given(content, photo) if kind == "JPEG" else _decoded(photo, kind)))
        return written(made)


@dataclass(frozen=True, slots=True)
class _Picture:
    """An image as a PDF keeps it: its own coded bytes, how they are coded, and its colours."""

    data: bytes
    coded: str
    size: tuple[int, int]
    mode: str
    profile: bytes = b""
    inverted: bool = False


def _as_given(content: bytes, photo: Image.Image) -> tuple[_Picture, int]:
    """A JPEG lies in a PDF as it is, unread: it costs no more than its bytes.

    It is only looked at in an eighth of its size, to know that it is whole. One that is heavier than
    paper can show is drawn anew as fine as a printer prints; the file itself stays in the store.
    """
    size, mode, turned = photo.size, photo.mode, photo.getexif().get(_ORIENTATION, 1)
    profile, inverted = photo.info.get("icc_profile", b""), "adobe" in photo.info
    if len(content) > _MOST_AS_GIVEN or mode not in _COLOURS:
        times = _times((min(size), max(size)))
        photo.draft(None, (int(size[0] / times), int(size[1] / times)))
        return _decoded(photo, "JPEG")
    photo.draft("L", (size[0] // 8, size[1] // 8))
    photo.load()
    bare = _without_metadata(content)
    picture = _Picture(bare, "/DCTDecode", size, mode, profile, inverted and mode == "CMYK")
    return picture, turned if turned in _TURNED else 1


def _without_metadata(jpeg: bytes) -> bytes:
    """The same picture without where, when and with what it was taken, and without what hangs behind.

    Only what is needed to read the picture stays: JFIF and Adobe's word on its colours.
    """
    kept, at = [jpeg[:2]], 2
    while (found := _SEGMENT.search(jpeg, at)) is not None:
        kept.append(jpeg[at : found.start()])
        mark, at = jpeg[found.start() + 1], found.start()
        if mark == 0xD9:
            return b"".join((*kept, b"\xff\xd9"))
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        needed = mark in (0xE0, 0xEE) or not (0xE1 <= mark <= 0xEF or mark == 0xFE)
        kept.append(jpeg[at:end] if needed else b"")
        at = end
    raise NotBound(_BROKEN)


def _decoded(photo: Image.Image, kind: str) -> tuple[_Picture, int]:
    """Drawn anew on white: no finer than a printer prints, in the colours a PDF knows."""
    profile = photo.info.get("icc_profile", b"")
    photo.load()
    whole_times = int(_times((min(photo.size), max(photo.size))))
    upright = ImageOps.exif_transpose(photo.reduce(whole_times) if whole_times > 1 else photo)
    flat = _on_white(upright)
    if kind == "PNG" and (flat.mode == "1" or flat.width * flat.height <= _MOST_EXACT):
        data, coded = zlib.compress(flat.tobytes(), 6), "/FlateDecode"
    else:
        flat = _printed(flat)
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=88)
        data, coded = out.getvalue(), "/DCTDecode"
    fits = (flat.mode == "RGB") == (profile[16:20] == b"RGB ")
    return _Picture(data, coded, flat.size, flat.mode, profile if fits else b""), 1


def _printed(flat: Image.Image) -> Image.Image:
    """As fine as a printer prints it in its place, and no finer."""
    grey, times = flat.convert("L") if flat.mode == "1" else flat, _times(flat.size)
    if times == 1:
        return grey
    return grey.resize((round(grey.width / times), round(grey.height / times)))


def _times(size: tuple[int, int]) -> float:
    """How many times finer a picture (width, height) is than a printer prints it in its place."""
    across, down = (inches * _FINEST_DPI for inches in _PLACE)
    return max(size[0] / across, size[1] / down, 1)


def _on_white(photo: Image.Image) -> Image.Image:
    """Without what lets the paper through, and with eight bits a colour."""
    if photo.mode.startswith("I"):
        # Sixteen bits: plain conversion would cut off everything above 255.
        return photo.convert("I").point(lambda level: level / 256).convert("L")
    if photo.mode in ("RGBA", "LA", "PA") or "transparency" in photo.info:
        clear = photo.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return photo if photo.mode in ("1", "L", "RGB") else photo.convert("RGB")


def _pin(made: pikepdf.Pdf, picture: _Picture, turned: int) -> None:
    """The picture at the top of an upright sheet, in its middle."""
    sheet = made.add_blank_page(page_size=_A4)
    image = _image(made, picture)
    name = sheet.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.WusongScan)
    across, down = picture.size[::-1] if turned in _LYING else picture.size
    room = (_A4[0] - _LEFT - _RIGHT, _A4[1] - _TOP - _BOTTOM)
    scale = min(room[0] / across, room[1] / down, 72 / _COARSEST_DPI)
    width, height = across * scale, down * scale
    x, y = _LEFT + (room[0] - width) / 2, _A4[1] - _TOP - height
    a, b, c, d, e, f = _TURNED[turned]
    matrix = (a * width, b * height, c * width, d * height, x + e * width, y + f * height)
    numbers = " ".join(f"{number:.3f}" for number in matrix)
    sheet.contents_add(f"q {numbers} cm {name} Do Q".encode())


def _image(made: pikepdf.Pdf, picture: _Picture) -> pikepdf.Object:
    image = made.make_stream(picture.data)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = picture.size
    image.BitsPerComponent = 1 if (picture.mode, picture.coded) == ("1", "/FlateDecode") else 8
    image.ColorSpace = _colours(made, picture)
    image.Filter = pikepdf.Name(picture.coded)
    if picture.inverted:
        image.Decode = pikepdf.Array([1, 0] * 4)
    return image


def _colours(made: pikepdf.Pdf, picture: _Picture) -> pikepdf.Object:
    plain = pikepdf.Name(_COLOURS[picture.mode])
    count = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}[str(plain)]
    named = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}[count]
    if picture.mode == "1" or picture.profile[16:20] != named:
        return plain
    profile = made.make_stream(picture.profile)
    profile.N, profile.Alternate = count, plain
    return pikepdf.Array([pikepdf.Name.ICCBased, profile])


def written(made: pikepdf.Pdf) -> Sheets:
    """The same pages give the same bytes."""
    for thing in made.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and thing != made.Root:
            for name in _HANGING:
                if name in thing:
                    del thing[name]
    out = io.BytesIO()
    made.remove_unreferenced_resources()
    made.save(
        out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True, recompress_flate=False,
    )  # fmt: skip
    return Sheets(out.getvalue(), len(made.pages))
