"""What lies in a bound volume, item by item, and what of the case is left out of it and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mediation.services.paper_files import PDF
from mediation.services.papers_due import volume_check
from mediation.services.volumes import Volume
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.documents import VolumeItem, paper_label
from mediation.workflow.words import AgreementState, PaperState

if TYPE_CHECKING:
    from mediation.models.evidence import Evidence
    from mediation.models.papers import Paper

_TAKEN_BACK, _REPLACED, _SCAN = "已撤回，曾签字", "已被后来的协议取代", "扫描件"
_NEVER_SIGNED = Text(
    "已撤回、没有人签过字的文书{n}份",
    "papers taken back that nobody had signed: {n}",
)
_SET_ASIDE = Text("不作数的证据{n}份", "evidence set aside: {n}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One paper or file in its place. `note` stands in the index, `mark` on each of its pages.

    `public_id` is an issued paper's; `source`, `received_on` and `size` (bytes) are a scan's.
    """

    item: VolumeItem
    name: str
    sha256: str
    media_type: str = PDF
    public_id: str = ""
    note: str = ""
    mark: str = ""
    source: str = ""
    received_on: date | None = None
    size: int = 0


def contents(volume: Volume) -> tuple[Piece, ...]:
    """Every piece in the order of the volume (4.1): under each item the papers in the order of the
    set, a scan of a paper behind that paper, then the other scans as they came."""
    return tuple(piece for check in volume_check(volume) for piece in _item(volume, check.item))


def _item(volume: Volume, item: VolumeItem) -> Iterator[Piece]:
    papers = _papers(volume, item)
    scans = [e for e in volume.evidence if e.item is item and not e.void_reason]
    names = _names(volume, papers)
    for paper in papers:
        yield _paper(volume, paper, names[paper.id])
        last = not any(p.kind == paper.kind for p in papers[papers.index(paper) + 1 :])
        for scan in [s for s in scans if last and _shows(s, paper)]:
            scans.remove(scan)
            yield _scan(scan)
    yield from map(_scan, scans)


def _papers(volume: Volume, item: VolumeItem) -> list[Paper]:
    order = {d.folder: place for place, d in enumerate(D)}
    found = [
        p
        for p in volume.papers
        if p.language == "zh" and p.kind in order and D[p.kind.upper()].value.item is item
        if p.state is not PaperState.WITHDRAWN or _was_signed(volume, p)
    ]
    return sorted(found, key=lambda p: (order[p.kind], p.id))


def _was_signed(volume: Volume, paper: Paper) -> bool:
    """Whether somebody put their name to exactly this copy before it was taken back."""
    return any(s.digest == paper.digest for a in volume.agreements for s in a.signatures)


def _names(volume: Volume, papers: list[Paper]) -> dict[int, str]:
    """What each is called in the index: for whom, and which of several."""
    people = {p.id: p.name for p in volume.dispute.parties}
    plain = {p.id: _whose(p, people) for p in papers}
    named: dict[int, str] = {}
    for paper in papers:
        same = [p.id for p in papers if plain[p.id] == plain[paper.id]]
        which = f"（之{same.index(paper.id) + 1}）" if len(same) > 1 else ""
        named[paper.id] = plain[paper.id] + which
    return named


def _whose(paper: Paper, people: dict[int, str]) -> str:
    label = paper_label(paper.kind).zh
    return f"{label}（{people[paper.party_id]}）" if paper.party_id in people else label


def _paper(volume: Volume, paper: Paper, name: str) -> Piece:
    taken_back = paper.state is PaperState.WITHDRAWN
    replaced = not taken_back and any(
        a.id == paper.agreement_id and a.state is AgreementState.SUPERSEDED
        for a in volume.agreements
    )
    return Piece(
        item=D[paper.kind.upper()].value.item,
        name=name,
        sha256=paper.sha256,
        public_id=paper.public_id,
        note=_TAKEN_BACK if taken_back else _REPLACED if replaced else "",
        mark="已撤回" if taken_back else "已取代" if replaced else "",
    )


def _shows(scan: Evidence, paper: Paper) -> bool:
    """A scan that is called after a paper lies behind it: 协议书（签字） behind 人民调解协议书."""
    label = paper_label(paper.kind).zh.removeprefix("人民调解")
    return label in scan.name or bool(paper.number and paper.number in scan.name)


def _scan(scan: Evidence) -> Piece:
    return Piece(
        item=scan.item,
        name=scan.name,
        sha256=scan.sha256,
        media_type=scan.media_type,
        note=_SCAN,
        source=scan.source,
        received_on=scan.received_on,
        size=scan.size,
    )


def left_out(volume: Volume) -> tuple[Text, ...]:
    """What is in the case and deliberately not in its volume."""
    gone = [
        p
        for p in volume.papers
        if p.state is PaperState.WITHDRAWN and p.language == "zh" and not _was_signed(volume, p)
        if p.kind in {d.folder for d in D if d.value.item is not VolumeItem.NONE}
    ]
    void = [e for e in volume.evidence if e.void_reason]
    told = ((gone, _NEVER_SIGNED), (void, _SET_ASIDE))
    return tuple(said.with_(n=len(found)) for found, said in told if found)
