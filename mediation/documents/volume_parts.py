"""More parts of a casefile: what the papers around the talks say (inquiry, service, the volume).

As in `casefile`: every field may be left empty, a letter then prints a ruled blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteLine:
    """One thing said. `speaker` is a name; `mark` is 问, 答 or empty."""

    speaker: str = ""
    text: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """调查: `asked` is the person asked, `tie` how they stand to the matter (邻居)."""

    held_on: date | None = None
    begins: str = ""
    ends: str = ""
    spot: str = ""
    present: tuple[str, ...] = ()
    asked: str = ""
    tie: str = ""
    phone: str = ""
    investigators: tuple[str, ...] = ()
    recorder: str = ""
    lines: tuple[MinuteLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One piece of evidence: what it is called, who gave it, its sheets, what it is to show. `digest`
    is the SHA-256 of a file that is kept beside the volume."""

    name: str = ""
    source: str = ""
    pages: int | None = None
    received_on: date | None = None
    shows: str = ""
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was performed on a duty, and the proof of it (收条, 汇款单). Sums are whole fen.

    `complete` and `rest_fen` say how the duty stands after it: done whole, or this much still open.
    """

    debtor: str = ""
    creditor: str = ""
    what: str = ""
    amount_fen: int | None = None
    due_on: date | None = None
    done_on: date | None = None
    proof: str = ""
    complete: bool | None = None
    rest_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When and where the parties are asked to come. `at` is a clock time as said (上午9时30分)."""

    on: date | None = None
    at: str = ""
    spot: str = ""
    purpose: str = ""
    bring: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediated:
    """That it was mediated: a line a session (`2026年9月26日14时30分，桂花社区调解室`), and a line a
    party on whether they were willing, as the record has it (`陈桂兰同意（当面说的）`)."""

    from_on: date | None = None
    to_on: date | None = None
    sessions: tuple[str, ...] = ()
    willing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """送达: which papers (name and number), how, to which address. What happens then is written by hand."""

    items: tuple[str, ...] = ()
    way: str = ""
    address: str = ""
    receiver: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """结案: by whom it was done, from when to when, how it ended and what is still open."""

    unit: str = ""
    handler: str = ""
    filled_on: date | None = None
    received_on: date | None = None
    closed_on: date | None = None
    source: str = ""
    result: str = ""
    process: str = ""
    performance: str = ""
    confirmation: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A line of 卷内目录. `first` and `last` are page numbers of the volume, both from 1."""

    name: str = ""
    first: int | None = None
    last: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundVolume:
    """卷宗: `keep` is the retention as words (长期), `keeper` who bound it, `checker` who looked."""

    title: str = ""
    year: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    keeper: str = ""
    checker: str = ""
    bound_on: date | None = None
    keep: str = ""
    note: str = ""
    pages: int | None = None
    entries: tuple[IndexEntry, ...] = ()
    missing: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a court fills in itself. Nothing here is decided by this program."""

    court: str = ""
    number: str = ""
    filed_on: date | None = None
