"""Which papers a volume must hold, and which of them are missing."""

from __future__ import annotations

from mediation.services.volumes import Volume
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
