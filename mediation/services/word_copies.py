"""Papers as drafts to edit in a word processor: made on the spot, kept nowhere, never for parties.

An issued paper's copy is made with the template that counted when it was issued: an old case looks
the same however the template changes afterwards.
"""

from __future__ import annotations

from datetime import datetime

from mediation.clock import local
from mediation.documents import plain
from mediation.documents.casefile import Casefile
from mediation.documents.glyphs import PaperRefused
from mediation.documents.render import Mark
from mediation.documents.word import marking
from mediation.documents.word.copy import DOCX, word_copy
from mediation.documents.word.site import filled
from mediation.errors import NotAllowed, NotFound, Refused
from mediation.models import database, history, word_templates
from mediation.permissions import Permission, may
from mediation.services import site
from mediation.services.acts import Hand, reach_of
from mediation.services.drafts import draft_of
from mediation.services.frozen import thaw
from mediation.services.paper_files import PaperFile, kind_label, reached
from mediation.services.volumes import open_volume
from mediation.store import FileLost
from mediation.wording import Text

_UNREADABLE = Text(
    "留底的内容读不出来，没有导出。请告诉系统管理员：{why}",
    "What was kept cannot be read, so nothing was made. Tell the administrator: {why}",
)
_LOST = Text(
    "这种文书的模板文件坏了或不见了，请系统管理员从备份恢复。",
    "The template's file is damaged or gone; the administrator can restore it from a backup.",
)


def of_paper(public_id: str, *, by: Hand) -> PaperFile:
    """What an issued paper says, as a draft; every copy is on record.

    Raises NotFound, NotAllowed, and Refused where what was kept cannot be read.
    """
    paper, dispute = reached(public_id, by=by)
    try:
        frozen = thaw(paper.snapshot)
    except plain.BadSnapshot as error:
        raise Refused(_UNREADABLE.with_(why=error)) from error
    practice = Mark[frozen.mark] is Mark.SAMPLE
    made = _made(frozen.casefile, issued_at=paper.issued_at, practice=practice, by=by)
    entry = history.AuditEntry(
        at=by.now,
        account_id=by.actor.account_id,
        by_name=by.name,
        act="copy_paper",
        dispute_id=dispute.id if dispute else None,
        subject=f"{paper.kind} {paper.number}"[:120],
    )
    with database.transaction():
        history.audit(entry)
    return made


def of_draft(reference: str, *, by: Hand) -> PaperFile:
    """The agreement as it would read now. Raises Refused where nothing was written yet."""
    if by.actor.party_id is not None:
        raise NotFound
    dispute = reach_of(by, reference)
    verdict = may(by.actor, Permission.DOWNLOAD_PAPERS, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    said = draft_of(open_volume(dispute, by.today), by)
    return _made(said, issued_at=by.now, practice=dispute.practice or site.here().practice, by=by)


def _made(said: Casefile, *, issued_at: datetime, practice: bool, by: Hand) -> PaperFile:
    label = kind_label(said.paper.kind).zh
    english = said.paper.language == "en"
    own = None if english else word_templates.chosen(said.paper.kind, issued_at)
    if own is not None:
        content = filled(template_file(own), said, marking.DRAFT, title=label)
        return PaperFile(f"{label}（草稿）.docx", DOCX, content)
    moment = local(by.now)
    printed = f"{by.today.year}年{by.today.month}月{by.today.day}日{moment:%H:%M}"
    try:
        content = word_copy(said, printed_at=printed, practice=practice)
    except PaperRefused as error:
        raise Refused(error.said) from error
    return PaperFile(f"{label}{'（英文参考本）' if english else ''}（草稿）.docx", DOCX, content)


def template_file(version: word_templates.WordTemplate) -> bytes:
    """The bytes of a version as they were sent. Raises Refused where they are gone."""
    try:
        return site.here().store.get(version.sha256)
    except FileLost as lost:
        raise Refused(_LOST) from lost
