"""What a file that comes in really is: told by its content, never by its name; harm stays outside (D13)."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Any

import filetype
import pikepdf
from PIL import Image, ImageFile

from mediation.wording import Text

# What is kept, and the ending its name gets.
KEPT = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
}
# What telephones write as boxes within boxes, a length before each.
_BOXES = ("image/heic", "audio/mp4", "video/mp4")
# Pillow knows some forty formats more, and would try them all.
_PICTURES = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000
MOST_PAGES = 500
_EMPTY = Text("这个文件是空的。换一个再传。", "That file is empty. Choose another.")
_OTHER = Text(
    "只收PDF、照片（JPG、PNG、WebP、HEIC）和录音录像（M4A、MP3、AMR、MP4）。这个文件打开看是别的东西。"
    "纸的东西拍张照就行。",
    "PDF, photos (JPG, PNG, WebP, HEIC) and recordings (M4A, MP3, AMR, MP4) are kept; this file is "
    "something else inside. A photo of the paper will do.",
)
_BROKEN = Text("这个文件坏了，打不开。换一份再传。", "This file is damaged. Send another copy.")
_LOCKED = Text("这个PDF有密码。去掉密码再传。", "This PDF has a password. Remove it first.")
_ACTIVE = Text(
    "这个PDF里带有会自己动的东西（脚本、附件或启动命令），不能收。打印成PDF再传。",
    "This PDF carries something that acts by itself (script, attachment, command). Print it to a "
    "new PDF and send that.",
)
_HUGE = Text(
    "这个文件太大了（页数或像素太多）。分开传，或者拍小一点。",
    "Too many pages or pixels. Split it, or take a smaller picture.",
)
_TOO_BIG = Text(
    "文件最大{mb}兆。拍小一点，或分开传。", "At most {mb} MB. Make it smaller, or split it."
)
# What acts when the file is opened or clicked on, or hides another file; see ISO 32000, 12.6 and 7.11.
_HARMFUL = re.compile(
    r"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoTo[ER]|AA|AF|EF|"
    r"Rendition|Movie|Sound)"
)
_ACTS = ("/S", "/Type", "/Subtype")
_DEEPEST = 60


class BadUpload(ValueError):
    """A file that is not kept; carries the sentence that says what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it is kept: the bytes as given, a safe name, its true kind, how many pages.

    A recording has none.
    """

    name: str
    media_type: str
    content: bytes
    pages: int


def examine(name: str, content: bytes, *, limit: int) -> Upload:
    """Look inside. `limit` in bytes. Raises BadUpload."""
    if not content:
        raise BadUpload(_EMPTY)
    if len(content) > limit:
        raise BadUpload(_TOO_BIG.with_(mb=limit // (1024 * 1024)))
    media_type = _kind(content)
    pages = _pages(content, media_type)
    return Upload(_safe_name(name, KEPT[media_type]), media_type, content, pages)


def _kind(content: bytes) -> str:
    found = filetype.guess_mime(content) or ""
    if found not in KEPT:
        raise BadUpload(_OTHER)
    return str(found)


def _pages(content: bytes, media_type: str) -> int:
    if media_type in _BOXES and not _whole_boxes(content):
        raise BadUpload(_BROKEN)
    if media_type == "application/pdf":
        return _pdf_pages(content)
    if media_type == "image/heic":
        return _telephone_photo(content)
    return _picture(content) if media_type.startswith("image/") else 0


def _whole_boxes(content: bytes) -> bool:
    """Whether the last box ends where the file does: half a file is no file."""
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if size == 1:  # a long one: its length stands behind its name
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        if size == 0:  # to the end
            return True
        if size < 8:
            return False
        at += size
    return at == len(content)


def _telephone_photo(content: bytes) -> int:
    """Its head alone is read here; it is drawn in a process of its own, when the volume is bound."""
    import pillow_heif

    try:
        width, height = pillow_heif.open_heif(io.BytesIO(content)).size
    except Exception as error:
        raise BadUpload(_BROKEN) from error
    if width * height > MOST_PIXELS:
        raise BadUpload(_HUGE)
    return 1


def _safe_name(name: str, ending: str) -> str:
    """The last part of the name, its ending that of what it really is."""
    stem = PurePath(name.replace("\\", "/")).stem
    plain = "".join(c for c in stem if c.isprintable() and c not in '/\\:*?"<>|').strip(". ")
    return f"{plain[:80] or '证据'}{ending}"


def _pdf_pages(content: bytes) -> int:
    """How many pages. A library that stumbles over it, however it stumbles, means a broken file."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = len(document.pages)
            if any(_acts(thing, _DEEPEST) for thing in document.objects):
                raise BadUpload(_ACTIVE)
    except pikepdf.PasswordError as error:
        raise BadUpload(_LOCKED) from error
    except BadUpload:
        raise
    except Exception as error:
        raise BadUpload(_BROKEN) from error
    if not 0 < pages <= MOST_PAGES:
        raise BadUpload(_HUGE if pages else _BROKEN)
    return pages


def _acts(thing: Any, deep: int) -> bool:
    """Anything that would do something by itself, also in what is written inside other things."""
    if deep == 0:
        return True  # nobody's scanner nests like this
    if isinstance(thing, pikepdf.Array):
        return any(_acts(one, deep - 1) for one in thing if _is_inside(one))
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    kinds = [str(thing.get(name, "")) for name in _ACTS]
    if any(_HARMFUL.fullmatch(said) for said in [*thing.keys(), *kinds]):
        return True
    return any(_acts(one, deep - 1) for one in (thing[k] for k in thing.keys()) if _is_inside(one))  # noqa: SIM118 -- a PDF object is no dict


def _is_inside(one: Any) -> bool:
    """Written here and not elsewhere in the file: what is elsewhere is looked at in its own turn."""
    return isinstance(one, pikepdf.Object) and not one.is_indirect


def _picture(content: bytes) -> int:
    """Decoded to the last pixel, so that a broken or a monstrous one is found now."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_PICTURES) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadUpload(_HUGE)
                # WeasyPrint lets half pictures pass, for the whole process; here they must not.
                ImageFile.LOAD_TRUNCATED_IMAGES = False
                picture.load()
    except BadUpload:
        raise
    except Image.DecompressionBombError as error:
        raise BadUpload(_HUGE) from error
    except Exception as error:
        raise BadUpload(_BROKEN) from error
    return 1


class TableKind(Enum):
    """What a table of cases can come as."""

    XLSX = "XLSX"
    TEXT = "TEXT"


_NO_TABLE = Text(
    "这个文件打开看不是表格。只收XLSX、CSV、JSONL。",
    "This file is no table inside. XLSX, CSV and JSONL are read.",
)
_OLD_BOOK = Text(
    "这是旧的XLS表格，或者有密码。在表格软件里去掉密码，“另存为”XLSX再传。",
    "This is an old XLS workbook, or one with a password. Remove the password and save it as XLSX.",
)
_NOT_UNPACKED = Text(
    "这个压缩包里没有XLSX表格。把表格本身传上来。",
    "This archive holds no XLSX table. Send the table itself.",
)
_TABLE_TOO_BIG = Text(
    "文件最大{mb}兆。分成几个文件，一个一个导入。",
    "At most {mb} MB. Split it into several files and import them one by one.",
)


def examine_table(content: bytes, *, limit: int) -> TableKind:
    """Whether the bytes can be a table at all. `limit` in bytes. Raises BadUpload."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise BadUpload(_EMPTY)
    if len(content) > limit:
        raise BadUpload(_TABLE_TOO_BIG.with_(mb=max(limit // (1024 * 1024), 1)))
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadUpload(_OLD_BOOK)
    if content.startswith(b"%PDF") or filetype.guess_mime(content) is not None:
        raise BadUpload(_NO_TABLE)
    return TableKind.TEXT


def _workbook(content: bytes) -> TableKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadUpload(_BROKEN) from error
    if "xl/workbook.xml" not in names:
        raise BadUpload(_NOT_UNPACKED)
    return TableKind.XLSX
