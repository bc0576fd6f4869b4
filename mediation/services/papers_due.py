"""Which papers a volume must hold, and which of them are missing."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.models.evidence import Evidence
from mediation.models.papers import Paper
from mediation.services.volumes import Volume
from mediation.wording import Text
from mediation.workflow.documents import MUST_ITEMS, VolumeItem
from mediation.workflow.documents import Document as D
from mediation.workflow.transitions import Transition
from mediation.workflow.words import AgreementForm, AgreementState, PaperState


def required_papers(volume: Volume) -> tuple[D, ...]:
    """The mandatory papers of what has happened so far, in the order of the volume (4.1)."""
    issued = [paper for event in volume.events for paper in _papers_of_act(event.act)]
    needed = {d for d in issued if d.value.mandatory or d in _ENDS_OF_TALKS}
    agreement = volume.agreement
    if agreement is not None and agreement.state is AgreementState.EFFECTIVE:
        written = agreement.form is AgreementForm.WRITTEN
        needed.add(D.MEDIATION_AGREEMENT if written else D.ORAL_AGREEMENT_REGISTER)
    if volume.sittings:
        needed.add(D.MEDIATION_RECORD)
    return tuple(d for d in D if d in needed)


_ENDS_OF_TALKS = (D.NON_ACCEPTANCE_NOTICE, D.REFERRAL_LETTER, D.TERMINATION_NOTICE)


def _papers_of_act(act: str) -> tuple[D, ...]:
    return Transition[act].value.papers if act in Transition.__members__ else ()


def missing_papers(volume: Volume) -> tuple[D, ...]:
    there = {p.kind for p in volume.papers if p.state is not PaperState.WITHDRAWN}
    return tuple(d for d in required_papers(volume) if d.folder not in there)


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """One item of the bound volume: must it be there, what is, and what to do where it is not."""

    item: VolumeItem
    must: bool
    papers: tuple[Paper, ...]
    evidence: tuple[Evidence, ...]
    missing: bool
    sentence: Text | None = None


def volume_check(volume: Volume) -> tuple[ItemCheck, ...]:
    """Every item in the order of the volume (4.1), with what lies under it and what is missing."""
    return tuple(_item(volume, item) for item in VolumeItem if item is not VolumeItem.NONE)


def _item(volume: Volume, item: VolumeItem) -> ItemCheck:
    papers = tuple(p for p in volume.papers if _bound_under(p, item))
    evidence = tuple(e for e in volume.evidence if e.item is item and not e.void_reason)
    must = _must(volume, item)
    there = bool(papers or evidence)
    if item is VolumeItem.SUPPLEMENT:
        there = any(p.kind in {d.folder for d in _ENDINGS} for p in papers) or bool(evidence)
    missing = must and not there
    return ItemCheck(item, must, papers, evidence, missing, _WHAT_TO_DO[item] if missing else None)


def _bound_under(paper: Paper, item: VolumeItem) -> bool:
    """Chinese papers that count, in the place their row names."""
    if paper.language != "zh" or paper.state is PaperState.WITHDRAWN:
        return False
    return D[paper.kind.upper()].value.item is item


def _must(volume: Volume, item: VolumeItem) -> bool:
    """Nothing is asked for that cannot be: a matter never taken has no notice, talks that never
    were have no record, and where nothing was agreed the paper of its end stands for the agreement.
    """
    ended = volume.dispute.stage.final and not _agreed(volume)
    match item:
        case VolumeItem.NOTICE:
            return not ended or volume.dispute.accepted_on is not None
        case VolumeItem.MINUTES:
            return not ended or bool(volume.sittings or volume.persuasions)
        case VolumeItem.AGREEMENT:
            return not ended
        case VolumeItem.SUPPLEMENT:
            return ended and any(d in _ENDINGS for d in _papers_of_end(volume))
        case _:
            return item in MUST_ITEMS


# What a matter that ends without an agreement leaves in the agreement's place.
_ENDINGS = (*_ENDS_OF_TALKS, D.WITHDRAWAL_REQUEST)


def _agreed(volume: Volume) -> bool:
    agreement = volume.agreement
    return agreement is not None and agreement.state is AgreementState.EFFECTIVE


def _papers_of_end(volume: Volume) -> tuple[D, ...]:
    moves = [e.act for e in volume.events if e.to_stage is not None and e.to_stage.final]
    return tuple(paper for act in moves for paper in _papers_of_act(act))


_WHAT_TO_DO = {
    VolumeItem.REQUEST: Text(
        "缺申请书或受理登记表。受理后在“补上缺的文书”里出具。",
        "No application or intake register. After acceptance, use “Issue what is missing”.",
    ),
    VolumeItem.NOTICE: Text(
        "缺权利义务告知书。受理后在“补上缺的文书”里出具。",
        "No notice of rights and duties. After acceptance, use “Issue what is missing”.",
    ),
    VolumeItem.IDENTITY: Text(
        "缺当事人身份证明。打印一张让本人核对签字，或把身份证的照片存进证据，选“当事人身份证明”。",
        "No proof of identity. Print the sheet for the party to check and sign, or keep a photo of "
        "the identity card among the evidence, under “proof of identity”.",
    ),
    VolumeItem.MINUTES: Text(
        "缺劝导记录或调解记录。先把谈话记下来，再在“补上缺的文书”里出具。",
        "No record of persuasion or mediation. Write it down, then use “Issue what is missing”.",
    ),
    VolumeItem.AGREEMENT: Text(
        "缺调解协议书或口头协议登记表。还没有谈成的，先不装订。",
        "No agreement, written or oral. While nothing is agreed, do not bind the volume yet.",
    ),
    VolumeItem.SUPPLEMENT: Text(
        "缺写明怎样结束的文书。在“补上缺的文书”里出具。",
        "No paper says how the matter ended. Use “Issue what is missing”.",
    ),
}  # fmt: skip
