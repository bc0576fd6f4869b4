"""The bound dossier 卷宗 of a case: what it holds and lacks, asking for it, and handing it out.

It holds both sides' papers and the committee's own: it is for those who keep the case, for no party
and no court (a court gets the papers of its application).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation.cleaning import clean_line
from mediation.errors import NotAllowed, NotFound, Refused
from mediation.models import bindings, database, disputes, history, outbox
from mediation.models.bindings import Binding, BindingState
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.permissions import Permission, may
from mediation.services import site
from mediation.services.acts import Hand, reach_of, refuse_second_use, use_up
from mediation.services.notes import RETENTIONS
from mediation.services.paper_files import PDF, PaperFile, why_of
from mediation.services.papers_due import missing_papers, volume_check
from mediation.services.volume_binding import JOB, bind, is_bindable
from mediation.services.volume_contents import Piece, contents, left_out
from mediation.services.volumes import Volume, open_volume
from mediation.store import FileLost
from mediation.wording import Text
from mediation.workflow.documents import VolumeItem, VolumePaper
from mediation.workflow.words import NoteKind

_WAITS = Text(
    "正在装订，好了再装下一次。",
    "It is being bound; wait for it before binding again.",
)
_NOT_YET = Text("正在装订，过几秒再打开。", "It is being bound; open it again in a few seconds.")
_LOST = Text(
    "这一卷的文件坏了或不见了。再装订一次，或请系统管理员从备份恢复。",
    "The file of this volume is damaged or gone. Bind it again, or restore it from a backup.",
)
_NOWHERE = Text("没有“{named}”这件案子。", "There is no case “{named}”.")
# A command binds by itself; the outbox goes on with it should it be killed.
_GOES_ON_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DossierAnswers:
    """What is written on the cover beside what is known. `keep` is a code of the retention list."""

    keeper: str = ""
    keep: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the volume: must it be there, what is, and what to do where it is missing."""

    item: VolumeItem
    must: bool
    missing: bool
    sentence: Text | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """One binding. `why` says why there is no file; `since` whether the case changed after it."""

    id: int
    state: BindingState
    asked_by: str
    asked_at: datetime
    pages: int
    why: Text | None
    unbound: tuple[Text, ...]
    since: bool


@dataclass(frozen=True, slots=True)
class DossierPage:
    """`keep` is the retention on record; `issuable` whether missing papers can be issued in one go."""

    reference: str
    title: str
    party_names: str
    number: str
    version: int
    lines: tuple[Line, ...]
    beside: tuple[Piece, ...]
    left_out: tuple[Text, ...]
    keep: Text | None
    issuable: bool
    may_record: bool
    bound: tuple[Bound, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.missing)

    @property
    def waiting(self) -> bool:
        return any(one.state is BindingState.WAITING for one in self.bound)


def page(reference: str, *, by: Hand) -> DossierPage:
    """Raises NotFound and NotAllowed."""
    dispute = _mine(reference, by)
    volume = open_volume(dispute, by.today)
    pieces = contents(volume)
    return DossierPage(
        reference=dispute.reference,
        title=dispute.title,
        party_names=dispute.party_names,
        number=dispute.number or "",
        version=dispute.version,
        lines=lines_of(volume, pieces),
        beside=tuple(p for p in pieces if not is_bindable(p)),
        left_out=left_out(volume),
        keep=_kept(volume),
        issuable=bool(missing_papers(volume)),
        may_record=may(by.actor, Permission.RECORD_FACTS, dispute).allowed,
        bound=tuple(_bound(row, dispute) for row in bindings.bindings_of(dispute.id)),
    )


def lines_of(volume: Volume, pieces: tuple[Piece, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(
            check.item,
            check.must,
            check.missing,
            check.sentence,
            tuple(piece for piece in pieces if piece.item is check.item),
        )
        for check in volume_check(volume)
    )


def _mine(reference: str, by: Hand) -> Dispute:
    dispute = reach_of(by, reference)
    verdict = may(by.actor, Permission.BIND_VOLUME, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    return dispute


def _kept(volume: Volume) -> Text | None:
    note = volume.note(NoteKind.RETENTION)
    return RETENTIONS.get(note.choice) if note else None


def _bound(row: Binding, dispute: Dispute) -> Bound:
    return Bound(
        id=row.id,
        state=row.state,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        pages=row.pages,
        why=why_of(row.failure),
        unbound=unbound_of(row),
        since=dispute.touched_at > row.asked_at,
    )


def unbound_of(row: Binding) -> tuple[Text, ...]:
    """What could not be put in, as it was kept: a line each, the languages beside one another."""
    return tuple(Text(*line.split("\t")) for line in row.left_out.splitlines())


def ask(reference: str, answers: DossierAnswers, *, by: Hand) -> int:
    """Ask for the volume to be bound; returns the binding's id. Raises Refused while one is."""
    dispute = _mine(reference, by)
    number = dispute.id
    with database.transaction():
        refuse_second_use(by)
        if any(row.state is BindingState.WAITING for row in bindings.bindings_of(number)):
            raise Refused(_WAITS)
        made = _put(number, answers, by, due_at=by.now)
        use_up(by, reference)
        return made


def _put(dispute_id: int, answers: DossierAnswers, by: Hand, *, due_at: datetime) -> int:
    dispute = disputes.to_bind(dispute_id)
    assert dispute is not None
    volume = open_volume(dispute, by.today)
    chosen = _kept(volume) or RETENTIONS.get(answers.keep)
    row = Binding(
        dispute_id=dispute_id,
        asked_by=by.name,
        asked_at=by.now,
        keeper=clean_line(answers.keeper, 40),
        keep=chosen.zh if chosen else "",
        note=clean_line(answers.note, 120),
        missing="\n".join(c.item.label.zh for c in volume_check(volume) if c.missing),
    )
    db.session.add(row)
    db.session.flush()
    outbox.put(JOB, f"bind:{row.id}", row.id, due_at)
    _audit("bind_volume", row, by)
    return row.id


def try_again(reference: str, binding_id: int, *, by: Hand) -> None:
    """Queue a binding once more that failed."""
    number = _found(reference, binding_id, by).id
    with database.transaction():
        row = bindings.binding_by_id(number, lock=True)
        if row is not None and row.state is BindingState.FAILED:
            row.state, row.failure = BindingState.WAITING, ""
            key = f"bind:{number}:{by.now.isoformat(timespec='seconds')}"
            outbox.put(JOB, key, number, by.now)


def open_file(reference: str, binding_id: int, *, spine: bool = False, by: Hand) -> PaperFile:
    """The volume, or its spine slip, for whom it concerns; every opening is written down."""
    row = _found(reference, binding_id, by)
    if row.state is not BindingState.READY:
        raise Refused(why_of(row.failure) or _NOT_YET)
    found = _file(row, spine=spine)
    with database.transaction():
        _audit("open_dossier", row, by)
    return found


def _file(row: Binding, *, spine: bool) -> PaperFile:
    try:
        content = site.here().store.get(row.spine_sha256 if spine else row.sha256)
    except FileLost as lost:
        raise Refused(_LOST) from lost
    dispute = disputes.to_bind(row.dispute_id)
    named = (dispute.number or dispute.reference) if dispute else ""
    return PaperFile(
        f"{named}{VolumePaper.VOLUME_SPINE.label.zh if spine else '卷宗'}.pdf", PDF, content
    )


def _found(reference: str, binding_id: int, by: Hand) -> Binding:
    dispute = _mine(reference, by)
    row = bindings.binding_by_id(binding_id)
    if row is None or row.dispute_id != dispute.id:
        raise NotFound
    return row


def _audit(act: str, row: Binding, by: Hand) -> None:
    history.audit(
        history.AuditEntry(
            at=by.now,
            account_id=by.actor.account_id,
            by_name=by.name,
            act=act,
            dispute_id=row.dispute_id,
            subject=f"binding {row.id}",
        )
    )


# At the machine itself, for whoever holds it and its keys.


def lines_at_the_machine(named: str, *, by: Hand) -> tuple[Line, ...]:
    """What the volume of a case holds and lacks. Raises Refused for no such case."""
    volume = open_volume(_named(named), by.today)
    return lines_of(volume, contents(volume))


def bind_at_the_machine(named: str, answers: DossierAnswers, *, by: Hand) -> Binding:
    """Bind it here and now; one that waits already is finished, so that nothing is bound twice.

    Raises Refused with the reason where it cannot be bound.
    """
    number = _named(named).id
    with database.transaction():
        waiting = [r for r in bindings.bindings_of(number) if r.state is BindingState.WAITING]
        due_at = by.now + _GOES_ON_AFTER
        made = waiting[0].id if waiting else _put(number, answers, by, due_at=due_at)
    bind(made)
    row = bindings.binding_by_id(made)
    assert row is not None
    if row.state is not BindingState.READY:
        raise Refused(why_of(row.failure) or _NOT_YET)
    return row


def files_at_the_machine(row: Binding, *, by: Hand) -> tuple[PaperFile, PaperFile]:
    """The volume and its spine slip; that they were taken is written down."""
    found = _file(row, spine=False), _file(row, spine=True)
    with database.transaction():
        _audit("open_dossier", row, by)
    return found


def _named(named: str) -> Dispute:
    dispute = disputes.named_at_the_machine(named)
    if dispute is None:
        raise Refused(_NOWHERE.with_(named=named))
    return dispute
