"""Papers as files: drawn once from what was frozen, kept, and handed to whom they concern."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from mediation import codes
from mediation.documents import plain, signs, typefaces
from mediation.documents.glyphs import PaperRefused
from mediation.documents.press import press
from mediation.documents.render import Letter, Mark, folder_of, render, revision_of
from mediation.documents.typefaces import Typefaces
from mediation.errors import NotAllowed, NotFound, Refused
from mediation.models import database, history, outbox, papers
from mediation.models import signing as certificates
from mediation.models.database import db
from mediation.models.disputes import Dispute, within_reach
from mediation.models.papers import Paper
from mediation.permissions import Permission, may
from mediation.services import signing, site
from mediation.services.acts import Hand
from mediation.services.frozen import thaw
from mediation.services.signing import ToSign
from mediation.store import FileLost
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.documents import paper_label
from mediation.workflow.words import PaperState

PDF = "application/pdf"
log = logging.getLogger(__name__)
_CHANGED = Text(
    "留底的内容与校验码不一致，没有生成。请告诉系统管理员。",
    "What was kept does not match its check code, so it was not drawn. Tell the administrator.",
)
_UNREADABLE = Text(
    "留底的内容读不出来，没有生成。请告诉系统管理员：{why}",
    "What was kept cannot be read, so it was not drawn. Tell the administrator: {why}",
)
_NOT_YET = Text("正在生成，过几秒再打开。", "It is being drawn; open it again in a few seconds.")
_SIGNED = Text(
    "文件有调委会的电子签名（{by}）。它说明文件由系统签发、没有改动，不代替当事人签名和公章。",
    "The file carries the committee's electronic signature ({by}): issued by its system and "
    "unchanged. It stands for no party's signature and for no seal.",
)
_NOT_SIGNED = Text(
    "文件未加电子签名：{why}。纸上的签名、盖章不受影响。",
    "The file carries no electronic signature: {why}. Signatures and seal on paper are not affected.",
)
_PROFILES = {
    typefaces.OPEN: Text("随附的开放字体", "the open ones that are shipped"),
    typefaces.LICENSED: Text("本站自有字体", "this site's own"),
}
_OTHER_FACES = Text(
    "{said}（与现在用的字体文件不同，再印以这份文件为准）",
    "{said} (other files than those in use now; this file is the one that counts)",
)
_LOST = Text(
    "这份文书的文件坏了或不见了，请系统管理员从备份恢复。内容还在，没有丢。",
    "The file of this paper is damaged or gone; the administrator can restore it from a backup.",
)


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file to hand out. `withdrawn`: the bytes are as they were, and the paper no longer counts."""

    name: str
    media_type: str
    content: bytes
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """What is shown of one paper. `failure` says why there is no file; `reference` is its case."""

    public_id: str
    label: Text
    number: str
    state: PaperState
    failure: Text | None
    english: bool
    issued_on: date
    issued_by: str
    withdrawn_on: date | None
    check_code: str
    pages: int
    has_file: bool
    proof: Text
    typefaces: Text
    reference: str
    title: str


def paper_page(public_id: str, *, by: Hand) -> PaperPage:
    """Raises NotFound outside the person's reach, and NotAllowed."""
    paper, dispute = _found(public_id, by)
    return PaperPage(
        public_id=paper.public_id,
        label=kind_label(paper.kind),
        number=paper.number,
        state=paper.state,
        failure=why_of(paper.failure),
        english=paper.language == "en",
        issued_on=paper.issued_on,
        issued_by=paper.issued_by,
        withdrawn_on=paper.withdrawn_on,
        check_code=codes.in_fours(paper.check_code),
        pages=paper.pages or 0,
        has_file=bool(paper.sha256),
        proof=proof_of(paper),
        typefaces=typefaces_of(paper),
        reference=dispute.reference if dispute else "",
        title=dispute.title if dispute else "",
    )


def proof_of(paper: Paper) -> Text:
    """Whether its file is signed with the committee's key; nothing where no key was ever there."""
    why = why_of(paper.not_signed)
    if why is not None:
        return _NOT_SIGNED.with_(why=why)
    row = certificates.certificate_of(paper.committee_id, paper.signed_with)
    return _SIGNED.with_(by=row.subject) if row else Text("", "")


def typefaces_of(paper: Paper) -> Text:
    """What it was drawn with, where the site's faces are others by now: it would break otherwise."""
    kept = certificates.typefaces(paper.typefaces)
    if kept is None or kept.digest == typefaces.in_use().digest:
        return Text("", "")
    return _OTHER_FACES.with_(said=_PROFILES.get(kept.profile, Text(kept.profile, kept.profile)))


def why_of(kept: str) -> Text | None:
    """The reason as `give_up` kept it, a line a language."""
    zh, _, en = kept.partition("\n")
    return Text(zh, en or zh) if zh else None


def draw(paper_id: int) -> None:
    """Draw one paper from its snapshot and keep the file; doing it twice changes nothing.

    A paper that cannot be drawn is marked with the reason. Raises what may pass (a full disk).
    """
    paper = papers.paper_by_id(paper_id)
    if paper is None or paper.sha256:
        return
    folder, stored, digest = folder_of(paper.kind, paper.language), paper.snapshot, paper.digest
    about = _to_sign(paper)
    db.session.rollback()  # drawing takes a while: nobody waits for our transaction
    press.ready()
    try:
        letter = _letter(stored, digest)
        drawn = press.draw(letter)
    except PaperRefused as error:
        where = _located(stored)
        why = where if where and error.said.zh in where.zh else error.said
        log.warning("paper %s was not drawn: %s", paper_id, error.said)
        give_up(paper_id, why)
        return
    except plain.BadSnapshot as error:
        give_up(paper_id, _UNREADABLE.with_(why=error))
        return
    proof = signing.sign(drawn.pdf, about)
    kept = site.here().store.put(proof.pdf)
    with database.transaction():
        row = papers.paper_by_id(paper_id)
        if row is not None and not row.sha256:
            row.sha256, row.pages, row.letter_revision = kept, drawn.pages, revision_of(folder)
            row.typefaces = _keep(letter.typefaces)
            row.signed_with = proof.signed_with
            row.not_signed = _in_both(proof.not_signed) if proof.not_signed else ""
            row.failure = ""
            if row.state is not PaperState.WITHDRAWN:
                row.state = PaperState.READY


def _keep(faces: Typefaces) -> str:
    """The set of faces a paper was drawn with, written down once for all its papers."""
    certificates.keep_typefaces(faces.digest, faces.profile, faces.files)
    return faces.digest


def _to_sign(paper: Paper) -> ToSign:
    dispute = db.session.get(Dispute, paper.dispute_id) if paper.dispute_id else None
    return ToSign(
        kind=paper.kind,
        committee_id=paper.committee_id,
        dispute_type=dispute.dispute_type if dispute else "",
        sample=_is_sample(paper.snapshot),
    )


def _is_sample(stored: str) -> bool:
    try:
        return thaw(stored).mark == Mark.SAMPLE.name
    except plain.BadSnapshot:
        return False


def _in_both(said: Text) -> str:
    return f"{said.zh}\n{said.en}"


def _located(stored: str) -> Text | None:
    """Which character of which field it is, where a character is what is wrong."""
    try:
        return signs.located(thaw(stored).casefile)
    except plain.BadSnapshot:
        return None


def _letter(stored: str, digest: str) -> Letter:
    """Raises PaperRefused where the snapshot is not the one that was numbered and signed."""
    frozen = thaw(stored)
    if frozen.casefile.digest != digest:
        raise PaperRefused(_CHANGED)
    return render(frozen.casefile, frozen.printing)


def give_up(paper_id: int, reason: Text) -> None:
    """Say on the paper why there is no file."""
    with database.transaction():
        row = papers.paper_by_id(paper_id)
        if row is not None and not row.sha256:
            row.failure = _in_both(reason)
            if row.state is not PaperState.WITHDRAWN:
                row.state = PaperState.FAILED


def note_trouble(paper_id: int, why: Text) -> None:
    """What stands in the way of a paper just now; it is tried again by itself."""
    with database.transaction():
        row = papers.paper_by_id(paper_id)
        if row is not None and not row.sha256 and row.state is PaperState.WAITING:
            row.failure = _in_both(why)


def try_again(public_id: str, *, by: Hand) -> None:
    """Queue a paper once more that could not be drawn."""
    paper, _ = _found(public_id, by)
    number = paper.id
    with database.transaction():
        row = papers.paper_by_id(number)
        if row is not None and row.state is PaperState.FAILED:
            row.state, row.failure = PaperState.WAITING, ""
            key = f"draw:{public_id}:{by.now.isoformat(timespec='seconds')}"
            outbox.put("draw_paper", key, number, by.now)


def open_file(public_id: str, *, by: Hand) -> PaperFile:
    """The file, for whom it concerns; every opening is written down.

    Raises NotFound outside the person's reach, NotAllowed, and Refused while there is no file.
    """
    paper, dispute = _found(public_id, by)
    found = file_of(paper)
    entry = history.AuditEntry(
        at=by.now,
        account_id=by.actor.account_id,
        party_id=by.actor.party_id,
        by_name=by.name,
        act="open_paper",
        dispute_id=dispute.id if dispute else None,
        subject=f"{paper.kind} {paper.number}"[:120],
    )
    with database.transaction():
        history.audit(entry)
    return found


def _found(public_id: str, by: Hand) -> tuple[Paper, Dispute | None]:
    paper = papers.paper_by_public_id(public_id)
    if paper is None:
        raise NotFound
    if paper.dispute_id is None:
        _check(may(by.actor, Permission.SEE_COVENANTS))
        return paper, None
    query = within_reach(by.actor).where(Dispute.id == paper.dispute_id)
    dispute = db.session.scalars(query).one_or_none()
    if dispute is None:
        raise NotFound
    if by.actor.party_id is not None:
        _check_party(paper, by.actor.party_id)
    else:
        _check_staff(paper, dispute, by)
    return paper, dispute


def reached(public_id: str, *, by: Hand) -> tuple[Paper, Dispute | None]:
    """A paper's row, for staff within whose reach it is. Raises NotFound and NotAllowed."""
    if by.actor.party_id is not None:
        raise NotFound
    return _found(public_id, by)


def _check_party(paper: Paper, party_id: int) -> None:
    """Their own papers and the shared ones; anything else does not exist for them."""
    if not for_party(paper, party_id):
        raise NotFound


def for_party(paper: Paper, party_id: int) -> bool:
    """Whether this paper is one that this party may hold."""
    foreign = paper.party_id not in (None, party_id)
    return not foreign and D[paper.kind.upper()].value.for_parties


def _check_staff(paper: Paper, dispute: Dispute, by: Hand) -> None:
    """A slip opens the party's own page: only those who register and hand it out may print it."""
    _check(may(by.actor, Permission.DOWNLOAD_PAPERS, dispute))
    if paper.kind == D.CASE_SLIP.folder:
        _check(may(by.actor, Permission.REGISTER_DISPUTE))


def _check(verdict: object) -> None:
    if not getattr(verdict, "allowed", False):
        raise NotAllowed(getattr(verdict, "sentence", _NOT_YET))


def file_of(paper: Paper) -> PaperFile:
    """The kept bytes, for callers who have made sure of the right. Raises Refused without a file."""
    if not paper.sha256:
        if paper.state is PaperState.FAILED:
            raise Refused(
                Text("没有生成：{why}", "Not drawn: {why}").with_(why=why_of(paper.failure) or "")
            )
        raise Refused(_NOT_YET)
    try:
        content = site.here().store.get(paper.sha256)
    except FileLost as error:
        raise Refused(_LOST) from error
    withdrawn = paper.state is PaperState.WITHDRAWN
    return PaperFile(_file_name(paper), PDF, content, withdrawn=withdrawn)


def kind_label(kind: str) -> Text:
    """What a paper is called, by its folder."""
    return paper_label(kind)


def _file_name(paper: Paper) -> str:
    english = "（英文参考本）" if paper.language == "en" else ""
    return f"{paper.number}{kind_label(paper.kind).zh}{english}.pdf"
