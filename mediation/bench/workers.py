"""Long-lived worker processes, one a variant: only so can ways be compared that change the library."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mediation.bench import matter
from mediation.bench.variants import BY_NAME, NotHere
from mediation.documents import pdf

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TIDY_EVERY = 8


@dataclass(frozen=True, slots=True)
class Run:
    """One answer: wall seconds, bytes of the file, resident bytes of the process afterwards."""

    seconds: float
    size: int
    resident: int


class Worker:
    """One variant in a process of its own. Raises NotHere where it cannot run on this machine."""

    def __init__(self, variant: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(variant, theirs), daemon=True)
        self._process.start()
        theirs.close()
        missing = self._pipe.recv()
        if missing:
            raise NotHere(missing)

    def draw(self, n: int) -> Run:
        """The n-th document."""
        return self._ask(("draw", n))

    def volume(self, count: int) -> Run:
        """`count` letters in one file."""
        return self._ask(("volume", count))

    def many(self, count: int) -> Run:
        """`count` documents one after the other, in one answer."""
        return self._ask(("many", count))

    def _ask(self, message: tuple[str, int]) -> Run:
        self._pipe.send(message)
        answer: Run = self._pipe.recv()
        return answer

    def close(self) -> None:
        self._pipe.close()
        self._process.terminate()
        self._process.join()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _serve(variant: str, pipe: Connection[Any, Any]) -> None:
    try:
        draw = BY_NAME[variant]()
    except NotHere as missing:
        pipe.send(str(missing))
        return
    pipe.send("")
    tidy = variant in ("product", "plain", "fallback")
    if tidy:  # as the press itself does
        draw(0)
        gc.collect()
        gc.freeze()
        gc.disable()
    ways: dict[str, Callable[[int], bytes]] = {
        "draw": draw,
        "volume": lambda count: pdf.draw_volume([matter.letter(n) for n in range(count)]).pdf,
        "many": lambda count: _many(draw, count, tidy=tidy),
    }
    turn = 0
    while True:
        try:
            way, number = pipe.recv()
        except EOFError:
            return
        began = time.perf_counter()
        made = ways[way](number)
        seconds = time.perf_counter() - began
        turn += 1
        if tidy and (way != "draw" or turn % _TIDY_EVERY == 0):
            gc.collect()
        pipe.send(Run(seconds, len(made), _resident()))


def _many(draw: Callable[[int], bytes], count: int, *, tidy: bool) -> bytes:
    made = b""
    for n in range(count):
        made = draw(n)
        if tidy and n % _TIDY_EVERY == 0:
            gc.collect()
    return made


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE
