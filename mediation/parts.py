"""The parts of the system that pip cannot bring: whether each is there, and its Debian name."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mediation.wording import Text

BROWSERS = ("chromium", "chromium-headless-shell", "google-chrome", "chromium-browser", "chrome")
_FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
)
_CHINESE_FONTS = ("Noto*CJK*", "SourceHan*", "PingFang*", "NotoSansSC*", "NotoSerifSC*")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `packages` are Debian's names, `for_tests` means that only tests need it."""

    name: str
    why: Text
    packages: tuple[str, ...]
    there: Callable[[], bool]
    for_tests: bool = False


def browser() -> Path | None:
    """The Chromium of this machine, whatever it is called here."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def has_library(soname: str) -> bool:
    """Whether the dynamic linker finds a library, by really loading it."""
    stem = soname.removeprefix("lib").split(".so")[0]
    for name in (soname, ctypes.util.find_library(stem)):
        with suppress(OSError):
            if name:
                ctypes.CDLL(name)
                return True
    return False


def has_chinese_font() -> bool:
    """Whether a browser has a font of its own to show Chinese with."""
    return any(
        next(folder.rglob(pattern), None)
        for folder in _FONT_FOLDERS
        if folder.is_dir()
        for pattern in _CHINESE_FONTS
    )


def _libraries(*sonames: str) -> Callable[[], bool]:
    return lambda: all(has_library(soname) for soname in sonames)


def _programs(*names: str) -> Callable[[], bool]:
    return lambda: all(shutil.which(name) for name in names)


PARTS = (
    Part(
        "pango",
        Text("排版文书", "laying out papers"),
        ("libpango-1.0-0", "libpangoft2-1.0-0"),
        _libraries("libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
    ),
    Part(
        "harfbuzz-subset",
        Text("快速嵌入字体", "embedding fonts quickly"),
        ("libharfbuzz-subset0",),
        _libraries("libharfbuzz-subset.so.0"),
    ),
    Part(
        "chinese-font",
        Text("网页截图里的汉字", "Chinese text in pictures of pages"),
        ("fonts-noto-cjk", "fontconfig"),
        has_chinese_font,
        for_tests=True,
    ),
    Part(
        "chromium",
        Text("在真浏览器里测试网页", "testing pages in a real browser"),
        ("chromium",),
        lambda: browser() is not None,
        for_tests=True,
    ),
    Part(
        "libatomic",
        Text("驱动浏览器", "driving the browser"),
        ("libatomic1",),
        _libraries("libatomic.so.1"),
        for_tests=True,
    ),
    Part(
        "poppler",
        Text("把文书读回来核对", "reading papers back"),
        ("poppler-utils",),
        _programs("pdftotext", "pdftoppm", "pdffonts"),
        for_tests=True,
    ),
    Part(
        "strace",
        Text(
            "核实排版时不联网、不读别的文件",
            "proving that drawing reads no other file and no network",
        ),
        ("strace",),
        _programs("strace"),
        for_tests=True,
    ),
)


def missing(*, for_tests: bool) -> tuple[Part, ...]:
    """The parts that are not there; those that only tests need count with `for_tests`."""
    return tuple(p for p in PARTS if (for_tests or not p.for_tests) and not p.there())


def packages_of(parts: Iterable[Part]) -> tuple[str, ...]:
    """The Debian packages that bring these parts, each once, in order."""
    return tuple(dict.fromkeys(name for part in parts for name in part.packages))


def command_for(parts: Iterable[Part]) -> str:
    """One line to copy into a terminal."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages_of(parts))
