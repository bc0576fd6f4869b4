"""A measured ratio, its gate, and how two ways are measured: A B A B, medians."""

from __future__ import annotations

import platform
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from os import cpu_count
from statistics import median
from typing import Any

from mediation.wording import Language, Text

_NAMES = ("weasyprint", "pydyf", "uharfbuzz", "isal", "pikepdf", "pypdf", "reportlab", "typst")


@dataclass(frozen=True, slots=True)
class Measure:
    """`ratio` is None where the peer is not on this machine. `gate` is the most it may be, or the
    least where `at_least`; `aim` is what we should like, None where there is no gate."""

    name: str
    what: Text
    ratio: float | None
    runs: int
    gate: float | None = None
    aim: float | None = None
    at_least: bool = False
    said: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the gate holds; None where there is none, or nothing to hold against it."""
        if self.ratio is None or self.gate is None:
            return None
        return self.ratio >= self.gate if self.at_least else self.ratio <= self.gate

    def plain(self) -> dict[str, Any]:
        """What `--json` prints of it."""
        return {
            "name": self.name, "ratio": self.ratio, "runs": self.runs, "gate": self.gate,
            "aim": self.aim, "holds": self.holds, "said": self.said,
        }  # fmt: skip


Timed = Callable[[int], float]


def alternated(one: Timed, other: Timed, rounds: int) -> tuple[float, float]:
    """The median seconds of each, after one unmeasured turn; turns alternate."""
    one(0), other(0)
    pairs = [(one(n), other(n)) for n in range(1, rounds + 1)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def machine() -> str:
    """What the figures hold for: interpreter and how it was built, processors, versions."""
    flags = sysconfig.get_config_var("CONFIG_ARGS") or ""
    built = "PGO" if "--enable-optimizations" in flags else "no PGO"
    parts = [f"Python {platform.python_version()} ({built})", f"{cpu_count()} CPU"]
    return ", ".join([*parts, *(f"{name} {_version(name)}" for name in _NAMES)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def table(measures: Iterable[Measure], language: Language) -> str:
    """One line a measure: name, ratio, gate, whether it holds, what was measured."""
    lines = [f"{'':22}{'ratio':>8}  {'gate':>8}  {'aim':>7}  runs"]
    for one in measures:
        sign = {True: "✓", False: "✗", None: " "}[one.holds]
        lines.append(
            f"{one.name:22}{_figure(one.ratio):>8}  {_bound(one, one.gate):>8}{sign} "
            f"{_bound(one, one.aim):>7}  {one.runs:>4}  {one.what.in_(language)}"
            + (f"（{one.said}）" if one.said else "")
        )
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def _bound(one: Measure, value: float | None) -> str:
    return "" if value is None else f"{'≥' if one.at_least else '≤'} {value:g}"
