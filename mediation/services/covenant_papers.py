"""The papers of a covenant's version: sheet, poster, card, signature book, English copy; and a draft."""

from __future__ import annotations

from mediation.documents import casefile as c
from mediation.documents.render import render
from mediation.models import places
from mediation.models.covenants import Covenant, CovenantVersion
from mediation.models.papers import Paper
from mediation.models.places import Committee
from mediation.services import draft_press, papers
from mediation.services.acts import Hand
from mediation.services.casefiles import people
from mediation.services.draft_press import Waiting
from mediation.services.drafts import draft_printing
from mediation.services.numbering import paper_number
from mediation.services.paper_files import PDF, PaperFile
from mediation.wording import Language
from mediation.workflow.documents import CovenantPaper
from mediation.workflow.law import basis_in_full
from mediation.workflow.words import PlaceKind

_SERIES = "约"
_COPIES: tuple[tuple[CovenantPaper, Language], ...] = (
    (CovenantPaper.COVENANT_A4, "zh"),
    (CovenantPaper.COVENANT_A3, "zh"),
    (CovenantPaper.COVENANT_A5, "zh"),
    (CovenantPaper.COVENANT_SIGNATURES, "zh"),
    (CovenantPaper.COVENANT_A4, "en"),
)


def issue_papers(covenant: Covenant, version: CovenantVersion, by: Hand) -> None:
    """Numbered, frozen and queued, inside the transaction that posts it."""
    committee = _committee(covenant)
    for kind, language in _COPIES:
        if language == "en" and not all(clause.text_en for clause in version.clauses):
            continue
        number = paper_number(committee, by.today.year, _SERIES)
        said = _said(covenant, version, kind, language, number, by)
        row = Paper(covenant_version_id=version.id, committee_id=committee.id)
        papers.freeze(said, row, hand=by)


def draft_file(covenant: Covenant, version: CovenantVersion, *, by: Hand) -> PaperFile | Waiting:
    """The A4 sheet as it would look: marked as a draft, without a number, kept nowhere."""
    said = _said(covenant, version, CovenantPaper.COVENANT_A4, "zh", "", by)
    content = draft_press.drawn(lambda: render(said, draft_printing(by)), by=by)
    if isinstance(content, Waiting):
        return content
    return PaperFile(f"{covenant.place.name}无讼公约（草稿）.pdf", PDF, content)


def _committee(covenant: Covenant) -> Committee:
    """The place's own committee, or the nearest above it."""
    for place in reversed(places.lineage(covenant.place_id)):
        found = places.committee_at(place.id)
        if found is not None:
            return found
    raise LookupError("no committee serves this place")


def _said(
    covenant: Covenant, version: CovenantVersion, kind: CovenantPaper, language: Language,
    number: str, by: Hand,
) -> c.Casefile:  # fmt: skip
    village = covenant.place.kind is PlaceKind.VILLAGE
    keys = ("VIL_31",) if village else ("RES_30", "RES_31")
    court = next(iter(places.courts(places.lineage(covenant.place_id)[0].id)), None)
    return c.Casefile(
        paper=c.Paper(
            kind=kind.folder, language=language, number=number,
            issued_on=by.today if number else None,
        ),
        committee=people.committee(_committee(covenant)),
        covenant=_text(covenant, version, village=village),
        ways=c.Ways(
            court=court.name if court else "", court_address=court.address if court else "",
            court_phone=court.phone if court else "",
        ),
        basis=c.Basis(covenant=basis_in_full(keys).zh),
    )  # fmt: skip


def _text(covenant: Covenant, version: CovenantVersion, *, village: bool) -> c.Covenant:
    return c.Covenant(
        place=covenant.place.name,
        kind_label="村规民约" if village else "居民公约",
        version=version.number,
        preamble=version.preamble,
        preamble_en=version.preamble_en,
        clauses=tuple(
            c.Clause(head=k.head, text=k.text, head_en=k.head_en, text_en=k.text_en)
            for k in version.clauses
        ),
        meeting=version.meeting.value.zh if version.meeting else "",
        meeting_en=version.meeting.value.en if version.meeting else "",
        met_on=version.met_on,
        entitled=version.entitled,
        present=version.present,
        agreed=version.agreed,
        filed_on=version.filed_on,
        filed_with=version.filed_with,
        posted_on=version.posted_on,
        mark=f"{covenant.place.name[:2]}和睦" if len(covenant.place.name) >= 2 else "",
    )
