"""Blank forms: every paper without a case, to be filled in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mediation.documents.casefile import Casefile, Committee, Paper
from mediation.documents.press import PressFailed, press
from mediation.documents.render import Letter, Mark, Printing, folder_of, kinds, render
from mediation.errors import NotFound, Refused
from mediation.models import places
from mediation.services import draft_press
from mediation.services.acts import Hand
from mediation.services.casefiles import footing, people
from mediation.services.draft_press import Waiting
from mediation.services.paper_files import PDF, PaperFile
from mediation.wording import Language, Text
from mediation.workflow.documents import (
    MUST_ITEMS,
    CourtDraft,
    CovenantPaper,
    Document,
    Standing,
    VolumeItem,
    VolumePaper,
)

NO_SUCH = Text(
    "没有“{kind}”这种文书。可以印空白的有：{all}。",
    "There is no paper called {kind}. Blanks can be printed of: {all}.",
)
NO_COPY = Text("“{label}”只有中文。", "“{label}” is there in Chinese only.")
_NOT_NOW = Text(
    "现在印不出来（{why}），过一会儿再试。", "It cannot be drawn now ({why}); try again in a while."
)
ALL = "all"
_EVERY = Text("全套表格", "every form")
# Not on an office's paper: it is printed by itself.
_ON_A_WALL = (CovenantPaper.COVENANT_A3.folder,)
_COVENANT = Text("无讼公约", "covenant")
_VOLUME = Text("卷宗装订", "binding of the volume")
_COURT = Text("法院参考", "for the court's own use")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A kind of paper. `item` is its place in a volume, `must` whether a volume needs that place."""

    kind: str
    label: Text
    standing: Text
    item: Text
    must: bool
    per_party: bool
    on_request: bool
    languages: tuple[Language, ...]

    @property
    def slug(self) -> str:
        """Its name in an address: `volume-cover`."""
        return self.kind.replace("_", "-")


_ROUND_EVERY_VOLUME = (
    VolumePaper.VOLUME_COVER,
    VolumePaper.VOLUME_INDEX,
    VolumePaper.VOLUME_BACK,
)


@cache
def blanks() -> tuple[Blank, ...]:
    """Every kind of paper, in the order of the volume, then what stands around it."""
    return tuple(_blanks())


def _blanks() -> Iterator[Blank]:
    for document in Document:
        row = document.value
        must = row.item in MUST_ITEMS
        yield _blank(
            document, row.standing.value, row.item, must, row.per_party, on_request=row.on_request
        )
    for paper in VolumePaper:
        yield _blank(paper, _VOLUME, None, paper in _ROUND_EVERY_VOLUME)
    for covenant in CovenantPaper:
        yield _blank(covenant, _COVENANT, VolumeItem.NONE)
    for draft in CourtDraft:
        yield _blank(draft, _COURT, VolumeItem.NONE)


def _blank(
    paper: Document | CovenantPaper | VolumePaper | CourtDraft,
    standing: Text,
    item: VolumeItem | None,
    must: bool = False,  # noqa: FBT001, FBT002 (columns of a table)
    per_party: bool = False,  # noqa: FBT001, FBT002
    *,
    on_request: bool = False,
) -> Blank:
    copied = folder_of(paper.folder, "en") in kinds()
    return Blank(
        kind=paper.folder,
        label=paper.label,
        standing=standing,
        item=item.label if item else paper.label,
        must=must,
        per_party=per_party,
        on_request=on_request,
        languages=("zh", "en") if copied else ("zh",),
    )


def blank_named(kind: str) -> Blank:
    """Raises Refused with the names there are."""
    found = {one.kind: one for one in blanks()}
    if kind not in found:
        raise Refused(NO_SUCH.with_(kind=kind, all=" ".join(found)))
    return found[kind]


def draw_blanks(kinds: Iterable[str], language: Language = "zh") -> bytes:
    """Empty forms in one file as PDF: no number, nobody's name. Raises Refused with a sentence."""
    letters = tuple(_letter(blank_named(kind), language) for kind in kinds)
    try:
        return press.draw_volume(letters).pdf
    except PressFailed as error:
        raise Refused(_NOT_NOW.with_(why=error.said)) from error


def _letter(blank: Blank, language: Language, committee: Committee | None = None) -> Letter:
    """One empty form, filled with nothing. Raises Refused for a copy that there is not."""
    if language not in blank.languages:
        raise Refused(NO_COPY.with_(label=blank.label))
    supplementary = blank.standing == Standing.SUPPLEMENTARY.value
    case = Casefile(
        paper=Paper(
            kind=blank.kind,
            language=language,
            standing=blank.standing.zh if supplementary else "",
        ),
        committee=committee or Committee(),
        basis=footing.standing_basis(),
    )
    # What is for the court's own use is a draft on every page, filled in or not.
    mark = Mark.DRAFT if blank.standing == _COURT else Mark.NONE
    return render(case, Printing(mark=mark))


def blank_file(slug: str, language: Language, *, by: Hand) -> PaperFile | Waiting:
    """An empty form with the head of the person's own committee, where they have one.

    `all` is every form in Chinese in one file, the court's aside. Raises NotFound.
    """
    found = [one for one in blanks() if slug in (one.slug, ALL)]
    if slug == ALL:
        found = [one for one in found if one.standing != _COURT and one.kind not in _ON_A_WALL]
    if not found or language not in found[0].languages:
        raise NotFound
    committee = _committee(by)
    content = draft_press.all_drawn(
        lambda: tuple(_letter(one, language, committee) for one in found), by=by
    )
    if isinstance(content, Waiting):
        return content
    name = found[0].label.zh if len(found) == 1 else _EVERY.zh
    return PaperFile(f"{name}（空白）.pdf", PDF, content)


def _committee(by: Hand) -> Committee | None:
    own = next((post.committee_id for post in by.actor.posts if post.committee_id), None)
    row = places.committee(own) if own else None
    return people.committee(row) if row else None
