"""`mediation bench pdf`: the press beside its peers, each a ratio in one and the same run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from mediation.bench import matter, reading
from mediation.bench.measure import Measure, alternated
from mediation.bench.variants import NotHere
from mediation.bench.workers import Worker
from mediation.wording import Text

_HERE = Text("本机没有{name}", "{name} is not on this machine")
_COLD = (
    "from mediation.bench import matter; from mediation.documents import pdf; "
    "pdf.draw(matter.letter(1))"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is drawn: a short run for every day, a whole one for figures to be quoted."""

    rounds: int
    volume: int
    long_volume: int
    many: int
    merged: int


SHORT = Size(rounds=12, volume=50, long_volume=200, many=300, merged=100)
FULL = Size(rounds=30, volume=50, long_volume=200, many=1000, merged=100)
Bench = Callable[[Size], Measure]


def measures(size: Size, only: str = "") -> Iterator[Measure]:
    """Every benchmark whose name begins so, as soon as it is done."""
    for name, run in BENCHES.items():
        if name.startswith(only):
            yield run(size)


def _against(
    name: str, peer: str, what: Text, gate: float | None = None, aim: float | None = None,
    *, ours: str = "product", slow: int = 1,
) -> Bench:  # fmt: skip
    """One document by our way and by a peer's; `slow` peers are asked fewer times."""

    def run(size: Size) -> Measure:
        rounds = max(3, size.rounds // slow)
        try:
            with Worker(peer) as theirs, Worker(ours) as mine:
                one, other = alternated(
                    lambda n: mine.draw(n).seconds, lambda n: theirs.draw(n).seconds, rounds
                )
        except NotHere as missing:
            return Measure(name, what, None, 0, gate, aim, said=_HERE.with_(name=missing).en)
        said = f"{one * 1000:.0f} ms / {other * 1000:.0f} ms"
        return Measure(name, what, one / other, rounds, gate, aim, said=said)

    return run


def _cold(size: Size) -> Measure:
    """A new process to its first paper, beside a new process that only loads the library."""
    rounds = max(5, size.rounds // 3)
    first, load = alternated(
        lambda _: _process(_COLD), lambda _: _process("import weasyprint"), rounds
    )
    said = f"{first:.2f} s / {load:.2f} s"
    what = Text("新进程到第一份文书 / 只装载排版库", "new process to first paper / import alone")
    return Measure("pdf.cold", what, first / load, rounds, 1.5, 1.3, said=said)


def _process(program: str) -> float:
    began = time.perf_counter()
    subprocess.run((sys.executable, "-B", "-c", program), check=True)
    return time.perf_counter() - began


def _scale(size: Size) -> Measure:
    """Papers a second of two processes, beside those of one."""
    count = size.rounds
    with Worker("product") as one, Worker("product") as other, ThreadPoolExecutor(2) as hands:
        one.many(2), other.many(2)

        def together(_: int) -> float:
            began = time.perf_counter()
            list(hands.map(lambda worker: worker.many(count), (one, other)))
            return time.perf_counter() - began

        alone, both = alternated(lambda _: one.many(count).seconds, together, 5)
    what = Text("两个进程 / 一个进程，每秒份数", "two processes / one, papers a second")
    return Measure("pdf.scale2", what, 2 * alone / both, 5, 1.6, at_least=True)


def _batch(size: Size) -> Measure:
    """A letter in a volume, beside a letter by itself."""
    count = size.volume
    with Worker("product") as mine:
        each, single = alternated(
            lambda _: mine.volume(count).seconds / count, lambda n: mine.draw(n).seconds, 7
        )
    what = Text(f"{count}封合印，每封 / 单印", f"a letter in a volume of {count} / by itself")
    return Measure("pdf.batch", what, each / single, 7, 0.95, 0.6)


def _batch_size(size: Size) -> Measure:
    count = size.volume
    with Worker("product") as mine:
        volume, single = mine.volume(count).size / count, mine.draw(0).size
    what = Text("合印每封字节 / 单印", "bytes of a letter in a volume / by itself")
    said = f"{volume / 1024:.1f} KiB / {single / 1024:.1f} KiB"
    return Measure("pdf.batch_size", what, volume / single, 1, 0.12, said=said)


def _linear(size: Size) -> Measure:
    """Milliseconds a page in a volume of 400 pages, beside one of 20."""
    long, short = size.long_volume, size.long_volume // 20
    with Worker("product") as mine:
        one, other = alternated(
            lambda _: mine.volume(long).seconds / long,
            lambda _: sum(mine.volume(short).seconds for _ in range(3)) / 3 / short, 3,
        )  # fmt: skip
    what = Text(f"{long * 2}页每页 / {short * 2}页每页", f"a page of {long * 2} / of {short * 2}")
    return Measure("pdf.volume_linear", what, one / other, 3, 1.3, 1.2)


def _resident(size: Size) -> Measure:
    """Memory after many papers, beside that after ten."""
    with Worker("product") as mine:
        early = mine.many(10).resident
        late = median(mine.many(size.many // 5).resident for _ in range(5))
        late = max(late, mine.many(1).resident)
    what = Text(f"{size.many}份后内存 / 10份后", f"memory after {size.many} papers / after 10")
    said = f"{late / 2**20:.0f} MiB / {early / 2**20:.0f} MiB"
    return Measure("pdf.rss", what, late / early, size.many, 1.3, said=said)


def _text(_: Size) -> Measure:
    """The share of words of all letters that a reader's program finds as they are."""
    found, asked = reading.words_found()
    what = Text("抽取到的文字份额", "share of the words that are read back")
    return Measure(
        "pdf.text", what, found / asked, asked, 1.0, at_least=True, said=f"{found} / {asked}"
    )


def _looks(_: Size) -> Measure:
    """The share of letters without two runs of words on top of each other."""
    clean, drawn = reading.letters_without_overlap()
    what = Text("文字互不重叠的文书份额", "share of letters where no words overlap")
    return Measure("pdf.looks", what, clean / drawn, drawn, 1.0, at_least=True)


def _merge(size: Size) -> Measure:
    """Binding finished files: ours beside pypdf."""
    try:
        from mediation.bench.peer_pypdf import merge as theirs
    except ImportError:
        return Measure("merge.pikepdf", Text("合订", "binding"), None, 0, 0.3)
    from mediation.documents import merging, pdf

    files = [pdf.draw(matter.letter(n)).pdf for n in range(size.merged)]
    parts = [merging.Part(str(n), file) for n, file in enumerate(files)]

    def ours(_: list[bytes]) -> object:
        return merging.merge(parts, title="-")

    def timed(merge: Callable[[list[bytes]], object]) -> float:
        began = time.perf_counter()
        merge(files)
        return time.perf_counter() - began

    one, other = alternated(lambda _: timed(ours), lambda _: timed(theirs), 5)
    what = Text(f"合订{size.merged}份 / pypdf", f"binding {size.merged} files / pypdf")
    return Measure("merge.pikepdf", what, one / other, 5, 0.3, said=f"{one:.2f} s / {other:.2f} s")


BENCHES: dict[str, Bench] = {
    "pdf.single": _against(
        "pdf.single", "naive", Text("单份 / 照说明书用WeasyPrint", "one paper / naive WeasyPrint"),
        0.6, 0.5,
    ),
    "pdf.floor": _against(
        "pdf.floor", "reportlab", Text("单份普通PDF / reportlab", "one plain PDF / reportlab"),
        3.5, 2.5, ours="plain",
    ),
    "pdf.typst": _against("pdf.typst", "typst", Text("单份 / typst", "one paper / typst")),
    "pdf.chromium": _against(
        "pdf.chromium", "chromium", Text("单份 / 常开的Chromium", "one paper / Chromium kept open"),
        None, 1.0,
    ),
    "pdf.libreoffice": _against(
        "pdf.libreoffice", "libreoffice", Text("单份 / LibreOffice", "one paper / LibreOffice"),
        slow=6,
    ),
    "pdf.subsetter": _against(
        "pdf.subsetter", "fallback", Text("字体裁剪 / fontTools", "typefaces cut / by fontTools"),
        0.3, slow=3,
    ),
    "pdf.archive": _against(
        "pdf.archive", "plain", Text("PDF/A-3b / 普通PDF", "PDF/A-3b / plain PDF"), 1.3
    ),
    "pdf.cold": _cold,
    "pdf.scale2": _scale,
    "pdf.batch": _batch,
    "pdf.batch_size": _batch_size,
    "pdf.volume_linear": _linear,
    "pdf.rss": _resident,
    "pdf.text": _text,
    "pdf.looks": _looks,
    "merge.pikepdf": _merge,
}  # fmt: skip
