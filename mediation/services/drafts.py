"""Drafts to check: how one is printed, marked on every page and kept nowhere; the agreement's own."""

from __future__ import annotations

from mediation.clock import local
from mediation.documents.casefile import Casefile
from mediation.documents.render import Mark, Printing, render
from mediation.errors import NotAllowed, Refused
from mediation.permissions import Permission, may
from mediation.services import draft_press, site
from mediation.services.acts import Hand, reach_of
from mediation.services.casefiles import casefile_for
from mediation.services.casefiles.occasion import Occasion
from mediation.services.draft_press import Waiting
from mediation.services.paper_files import PDF, PaperFile
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow.documents import Document as D


def draft_printing(by: Hand, *, practice: bool = False) -> Printing:
    """`practice` is the case's own; where the whole site practises every draft says so."""
    return Printing(
        mark=Mark.DRAFT,
        printed_at=f"{by.today.year}年{by.today.month}月{by.today.day}日{local(by.now):%H:%M}",
        practice=practice or site.here().practice,
    )


def draft_of(volume: Volume, hand: Hand) -> Casefile:
    """The agreement as it would read now. Raises Refused where nothing was written yet."""
    if volume.agreement is None:
        raise Refused(
            Text("先写协议内容，再看草稿。", "Write the terms first, then see the draft.")
        )
    occasion = Occasion(document=D.MEDIATION_AGREEMENT, hand=hand, on=hand.today, draft=True)
    return casefile_for(volume, occasion)


def draft_file(reference: str, *, by: Hand) -> PaperFile | Waiting:
    """The agreement for the parties to check: marked on every page, no number, kept nowhere."""
    dispute = reach_of(by, reference)
    verdict = may(by.actor, Permission.DOWNLOAD_PAPERS, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    said = draft_of(open_volume(dispute, by.today), by)
    printing = draft_printing(by, practice=dispute.practice)
    content = draft_press.drawn(lambda: render(said, printing), by=by)
    if isinstance(content, Waiting):
        return content
    return PaperFile(f"{D.MEDIATION_AGREEMENT.label.zh}（草稿）.pdf", PDF, content)
