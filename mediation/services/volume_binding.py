"""Binding a volume: every piece as sheets, counted, then cover and index with the true page numbers.

A job of the outbox: doing it twice changes nothing, and whoever is killed over it has lost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from mediation.clock import civil_date, fixed
from mediation.documents.bindery import Bindery
from mediation.documents.binding import Leaf
from mediation.documents.casefile import Casefile, Paper
from mediation.documents.glyphs import PaperRefused
from mediation.documents.press import press
from mediation.documents.render import Mark, Printing, render
from mediation.documents.sheets import NO_PAPER, NotBound, Sheets, is_paper
from mediation.documents.volume_parts import BoundVolume, Exhibit, IndexEntry
from mediation.models import bindings, database, disputes
from mediation.models.bindings import Binding, BindingState
from mediation.models.database import db
from mediation.permissions import Actor
from mediation.services import paper_files, site
from mediation.services.acts import Hand
from mediation.services.casefiles import matter, people
from mediation.services.papers_due import volume_check
from mediation.services.volume_contents import Piece, contents, left_out
from mediation.services.volumes import Volume, open_volume
from mediation.store import FileLost
from mediation.wording import Text
from mediation.workflow.documents import VolumePaper
from mediation.workflow.words import PaperState

JOB = "bind_volume"
# Beyond these a file is kept beside the volume: a volume is to be opened, printed and sewn.
MOST_BYTES, MOST_SHEETS = 120 * 1024 * 1024, 1000
_KINDS = {"application": "PDF", "image": "图片", "audio": "录音", "video": "录像"}
_THICK = Text("装进去这一卷就太厚了", "The volume would become too thick with it")
_FILE_LOST = Text("文件坏了或不见了", "The file is damaged or gone")
_PAPER_LOST = Text(
    "“{name}”的文件坏了或不见了，请系统管理员从备份恢复，再装订",
    "The file of “{name}” is damaged or gone; the administrator can restore it from a backup",
)
_NOT_DRAWN = Text(
    "“{name}”没有生成。先在“全部文书”里打开它，再生成一次，然后再装订",
    "“{name}” could not be drawn. Open it under “All papers”, try again, then bind again",
)
_DAMAGED = "文件有损坏，能读出的都在"
_INSTEAD = "另存，本页代替"


def is_bindable(piece: Piece) -> bool:
    """Whether it can lie on sheets; what cannot is kept beside the volume, and a sheet says so."""
    return bool(piece.public_id) or is_paper(piece.media_type)


class CannotBind(Exception):
    """The volume as a whole cannot be bound; carries what to do."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.zh)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is bound, read from the rows in one go."""

    base: Casefile
    pieces: tuple[Piece, ...]
    printing: Printing
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece as sheets, so many; `said` is why something else lies in its place."""

    piece: Piece
    count: int
    note: str
    said: Text | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    pdf: bytes
    spine: bytes
    pages: int
    unbound: tuple[Text, ...]


def bind(binding_id: int) -> None:
    """Bind what was asked for and keep the files. A volume that cannot be bound says why.

    Raises what may pass (a press at rest, a full disk).
    """
    row = bindings.binding_by_id(binding_id)
    if row is None or row.state is BindingState.READY:
        db.session.rollback()
        return
    _draw_what_waits(row.dispute_id)
    try:
        made = _made(_plan(binding_id))
    except CannotBind as cannot:
        give_up(binding_id, cannot.said)
    except PaperRefused as refused:
        give_up(binding_id, refused.said)
    else:
        _keep(binding_id, made)


def _draw_what_waits(dispute_id: int) -> None:
    """Papers issued just now have no file yet; the volume waits for none of them."""
    volume = _volume(dispute_id, date.min)
    waiting = [p.id for p in volume.papers if p.state is PaperState.WAITING and not p.sha256]
    db.session.rollback()
    for paper_id in waiting:
        paper_files.draw(paper_id)


def _volume(dispute_id: int, today: date) -> Volume:
    dispute = disputes.to_bind(dispute_id)
    assert dispute is not None, "a binding belongs to a dispute"
    return open_volume(dispute, today)


def _plan(binding_id: int) -> _Plan:
    row = bindings.binding_by_id(binding_id)
    assert row is not None
    volume = _volume(row.dispute_id, civil_date(row.asked_at))
    dispute, here = volume.dispute, site.here()
    practice = dispute.practice or here.practice
    found = _Plan(
        base=_casefile(volume, row),
        pieces=contents(volume),
        printing=Printing(mark=Mark.SAMPLE if practice else Mark.NONE),
        address=here.case_address(dispute.reference),
        title=f"{dispute.number or dispute.reference}　{dispute.title}　卷宗",
    )
    db.session.rollback()  # binding takes a while: nobody waits for our transaction
    return found


def _casefile(volume: Volume, row: Binding) -> Casefile:
    dispute, day = volume.dispute, civil_date(row.asked_at)
    hand = Hand(Actor(name=row.asked_by), fixed(row.asked_at))
    missing = tuple(check.item.label.zh for check in volume_check(volume) if check.missing)
    return Casefile(
        paper=Paper(issued_on=day),
        committee=people.committee(dispute.committee),
        parties=people.parties(volume, day, names_only=True),
        dispute=matter.dispute(volume),
        staff=people.staff(volume, hand),
        volume=BoundVolume(
            title=dispute.title,
            year=(dispute.accepted_on or dispute.registered_on).year,
            from_on=dispute.accepted_on or dispute.registered_on,
            to_on=_ended_on(volume),
            keeper=row.keeper,
            bound_on=day,
            keep=row.keep,
            note=row.note,
            missing=missing,
            said="\n".join(f"没有装入：{said.zh}。" for said in left_out(volume)),
        ),
    )


def _ended_on(volume: Volume) -> date | None:
    """The day the talks came to something: the agreement's, else that of the end on record."""
    agreement = volume.agreement
    if agreement is not None and agreement.effective_on is not None:
        return agreement.effective_on
    ends = [e.happened_on for e in volume.events if e.to_stage is not None and e.to_stage.final]
    return ends[0] if ends else None


# Making it. From here on no row is read and no transaction is open.

_OUTER = (
    (VolumePaper.VOLUME_COVER, "cover"),
    (VolumePaper.VOLUME_INDEX, "index"),
    (VolumePaper.VOLUME_BACK, "back"),
)


def _made(plan: _Plan) -> _Made:
    """What was given is read in one process and bound in another, a piece at a time."""
    with Bindery() as reader, Bindery() as bindery:
        parts = list(_parts(reader, bindery, plan))
        entries = tuple(_entries(parts))
        told = _told(plan.base, parts, entries)
        for paper, _ in _OUTER:
            cover = paper is VolumePaper.VOLUME_COVER
            how = replace(plan.printing, check_address=plan.address) if cover else plan.printing
            bindery.add(_drawn(told, paper, how))
        numbers = _drawn(_numbers(told, parts, entries), VolumePaper.VOLUME_NUMBERS, Printing())
        pdf = bindery.bound(_leaves(parts, entries), numbers, plan.title)
    spine = _drawn(told, VolumePaper.VOLUME_SPINE, plan.printing)
    return _Made(pdf, spine, told.volume.pages or 0, tuple(map(_why, _unbound(parts))))


def _leaves(parts: list[_Part], entries: tuple[IndexEntry, ...]) -> list[Leaf]:
    """Cover and index before the pieces, the back behind them; they were added last."""
    cover, index, back = (
        Leaf(len(parts) + place, kind, paper.label.zh) for place, (paper, kind) in enumerate(_OUTER)
    )
    inner = [
        Leaf(place, "content", entry.name, part.piece.item.label.zh)
        for place, (part, entry) in enumerate(zip(parts, entries, strict=True))
    ]
    return [cover, index, *inner, back]


def _parts(reader: Bindery, bindery: Bindery, plan: _Plan) -> Iterator[_Part]:
    """Every piece as sheets: papers as they were issued, scans made into pages, the rest replaced."""
    room, left = MOST_BYTES, MOST_SHEETS
    for piece in plan.pieces:
        note, said = piece.note, None
        if piece.public_id:
            pdf = _issued(piece)
        else:
            try:
                found = _sheets(reader, piece, room, left)
            except NotBound as why:
                pdf, note, said = _stand_in(plan, piece, why.said), _INSTEAD, why.said
            else:
                pdf, note = found.pdf, _DAMAGED if found.damaged else note
                left -= found.count
        room -= len(pdf)
        yield _Part(piece, bindery.add(pdf), note, said)


def _issued(piece: Piece) -> bytes:
    if not piece.sha256:
        raise CannotBind(_NOT_DRAWN.with_(name=piece.name))
    try:
        return site.here().store.get(piece.sha256)
    except FileLost as lost:
        raise CannotBind(_PAPER_LOST.with_(name=piece.name)) from lost


def _sheets(reader: Bindery, piece: Piece, room: int, left: int) -> Sheets:
    if not is_bindable(piece):
        raise NotBound(NO_PAPER)
    try:
        content = site.here().store.get(piece.sha256)
    except FileLost as lost:
        raise NotBound(_FILE_LOST) from lost
    found = reader.sheets(content, piece.media_type)
    if found.count > left or len(found.pdf) > room:
        raise NotBound(_THICK)
    return found


def _stand_in(plan: _Plan, piece: Piece, why: Text) -> bytes:
    """A sheet that says what is kept beside the volume, and how to know that it is the same."""
    exhibit = Exhibit(
        name=piece.name,
        source=piece.source,
        received_on=piece.received_on,
        shows=why.zh,
        note=_about(piece),
        digest=piece.sha256,
    )
    said = replace(plan.base, exhibits=(exhibit,))
    return _drawn(said, VolumePaper.VOLUME_STAND_IN, plan.printing)


def _about(piece: Piece) -> str:
    kind = _KINDS.get(piece.media_type.partition("/")[0], "文件")
    size = f"{piece.size / 1024**2:.1f}兆" if piece.size >= 100_000 else f"{piece.size}字节"
    return f"{kind}（{piece.media_type}），{size}"


def _entries(parts: list[_Part]) -> Iterator[IndexEntry]:
    """Pages of the volume count from the first piece: cover and index have no number of it."""
    for part, last in zip(parts, accumulate(part.count for part in parts), strict=True):
        first = last - part.count + 1
        yield IndexEntry(name=part.piece.name, first=first, last=last, note=part.note)


def _told(base: Casefile, parts: list[_Part], entries: tuple[IndexEntry, ...]) -> Casefile:
    said = "\n".join(
        [*(f"没有装订，另存：{_why(part).zh}。" for part in _unbound(parts)), base.volume.said]
    )
    pages = entries[-1].last if entries else 0
    volume = replace(base.volume, entries=entries, pages=pages, said=said.strip())
    return replace(base, volume=volume)


def _unbound(parts: list[_Part]) -> list[_Part]:
    return [part for part in parts if part.said]


def _why(part: _Part) -> Text:
    said, name = part.said or Text("", ""), part.piece.name
    return Text(f"{name}（{said.zh}）", f"{name} ({said.en})")


def _numbers(told: Casefile, parts: list[_Part], entries: tuple[IndexEntry, ...]) -> Casefile:
    """One sheet a page of the volume; beside its number what no longer counts is marked."""
    marked = tuple(
        replace(entry, name="", note=part.piece.mark)
        for entry, part in zip(entries, parts, strict=True)
    )
    return replace(told, volume=BoundVolume(entries=marked))


def _drawn(said: Casefile, paper: VolumePaper, printing: Printing) -> bytes:
    named = replace(said, paper=replace(said.paper, kind=paper.folder))
    return press.draw(render(named, printing)).pdf


# Keeping it.


def _keep(binding_id: int, made: _Made) -> None:
    store = site.here().store
    sha256, spine = store.put(made.pdf), store.put(made.spine)
    with database.transaction():
        row = bindings.binding_by_id(binding_id, lock=True)
        if row is not None and row.state is not BindingState.READY:
            row.state, row.failure = BindingState.READY, ""
            row.sha256, row.spine_sha256, row.pages = sha256, spine, made.pages
            row.left_out = "\n".join(f"{said.zh}\t{said.en}" for said in made.unbound)


def give_up(binding_id: int, reason: Text) -> None:
    """Say on the case's page why there is no volume."""
    _say(binding_id, reason, BindingState.FAILED)


def note_trouble(binding_id: int, why: Text) -> None:
    """What stands in the way just now; it is tried again by itself."""
    _say(binding_id, why, BindingState.WAITING)


def _say(binding_id: int, reason: Text, state: BindingState) -> None:
    with database.transaction():
        row = bindings.binding_by_id(binding_id, lock=True)
        if row is not None and row.state is not BindingState.READY:
            row.state, row.failure = state, f"{reason.zh}\n{reason.en}"
