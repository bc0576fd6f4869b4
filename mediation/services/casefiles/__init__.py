"""Casefiles: from the rows of a volume to the frozen snapshot that a paper is drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mediation.documents import casefile as c
from mediation.services.casefiles import around, footing, matter, moves, people, settlement
from mediation.services.casefiles.occasion import Occasion
from mediation.services.volumes import Volume
from mediation.workflow.documents import TALKING, Standing
from mediation.workflow.documents import Document as D

Parts = dict[str, Any]


def casefile_for(volume: Volume, occasion: Occasion) -> c.Casefile:
    """Everything this one paper says, and nothing that it does not need."""
    document = occasion.document
    row = document.value
    plain = row.standing is Standing.PLAIN
    # A paper that one party asked for is theirs alone, and goes out of the house with them.
    theirs = occasion.party.id if occasion.party and row.on_request and not plain else None
    own = _OWN[document](volume, occasion) if document in _OWN else {}
    recorder = occasion.sitting.recorder if occasion.sitting else ""
    parts: Parts = {
        "paper": _paper(occasion),
        "committee": people.committee(occasion.committee or volume.dispute.committee),
        "parties": people.parties(
            volume, occasion.on, names_only=plain or theirs is not None, but=theirs
        ),
        "addressee": people.label_of(volume, occasion.party.id if occasion.party else None),
        "dispute": matter.dispute(volume),
        "staff": people.staff(volume, occasion.hand, recorder=recorder),
        "ways": footing.ways(volume),
        "basis": footing.basis(volume),
    }
    return c.Casefile(**(parts | own))


def _paper(occasion: Occasion) -> c.Paper:
    """A draft has no number and no day of issue."""
    row = occasion.document.value
    extra = row.standing is Standing.SUPPLEMENTARY
    return c.Paper(
        kind=occasion.document.folder,
        language=occasion.language,
        number=occasion.number,
        issued_on=None if occasion.draft else occasion.hand.today,
        standing=row.standing.value.zh if extra else "",
    )


def _agreed(volume: Volume, occasion: Occasion) -> Parts:
    return {"agreement": settlement.agreement(volume, occasion)}


def _application(volume: Volume, occasion: Occasion) -> Parts:
    return _agreed(volume, occasion) | {"confirmation": settlement.confirmation(volume)}


def _other_ways(volume: Volume, occasion: Occasion) -> Parts:
    """Where a ruling holds the way is enforcement, not another suit."""
    return {
        "termination": moves.termination(volume, occasion),
        "enforcement": settlement.enforcement(volume),
    }


def _urging(volume: Volume, occasion: Occasion) -> Parts:
    return _agreed(volume, occasion) | {"urging": settlement.urging(volume, occasion)}


def _persuasions(volume: Volume, occasion: Occasion) -> Parts:
    return {"persuasions": tuple(matter.persuasion(p, volume) for p in occasion.persuasions)}


def _sitting(volume: Volume, occasion: Occasion) -> Parts:
    return {"sitting": matter.sitting(occasion.sitting, volume)} if occasion.sitting else {}


def _visit(volume: Volume, occasion: Occasion) -> Parts:
    """The return-visit form repeats the agreement's own number, where there is one."""
    agreed = _agreed(volume, occasion) if volume.agreement else {}
    return agreed | ({"visit": matter.visit(occasion.visit, volume)} if occasion.visit else {})


def _meeting(_: Volume, occasion: Occasion) -> Parts:
    return {"meeting": occasion.meeting}


def _notice(volume: Volume, occasion: Occasion) -> Parts:
    """In plain words: where it stands, what comes, when they are asked to come, what they may do."""
    stands, follows = around.stands(volume)
    told = replace(
        matter.dispute(volume), stands=stands, follows=follows,
        talking=volume.dispute.stage in TALKING,
    )  # fmt: skip
    ruled = {"enforcement": settlement.enforcement(volume)}
    return _meeting(volume, occasion) | ruled | {"dispute": told}


def _inquiry(_: Volume, occasion: Occasion) -> Parts:
    return {"inquiry": around.inquiry(occasion.inquiry)} if occasion.inquiry else {}


def _proof(volume: Volume, occasion: Occasion) -> Parts:
    return _application(volume, occasion) | {"mediated": around.mediated(volume)}


def _closing(volume: Volume, occasion: Occasion) -> Parts:
    agreed = _agreed(volume, occasion) if volume.agreement else {}
    return agreed | {"closing": around.closing(volume, occasion)}


# What a document says beside the parts that all of them share.
_OWN: dict[D, Callable[[Volume, Occasion], Parts]] = {
    D.CASE_SLIP: lambda _, occasion: {"slip": occasion.slip},
    D.NON_ACCEPTANCE_NOTICE: lambda v, o: {"non_acceptance": moves.non_acceptance(v, o)},
    D.REFERRAL_LETTER: lambda v, o: {"move": moves.referral(v, o)},
    D.PERSONAL_DATA_CONSENT: lambda v, o: {"volume": around.bound(v, o)},
    D.POWER_OF_ATTORNEY: lambda _, occasion: {"agent": around.agent(occasion.agent)},
    D.INQUIRY_RECORD: _inquiry,
    D.EVIDENCE_LIST: lambda v, _: {"exhibits": around.exhibits(v)},
    D.MEDIATION_NOTICE: _meeting,
    D.NOTICE_LETTER: _notice,
    D.PERFORMANCE_SHEET: lambda v, o: _agreed(v, o) | {"deeds": around.deeds(v)},
    D.MEDIATION_PROOF: _proof,
    D.SERVICE_RECEIPT: lambda _, occasion: {"service": occasion.service},
    D.CLOSING_REPORT: _closing,
    D.VOLUME_NOTE: lambda v, o: {"volume": around.bound(v, o)},
    D.PERSUASION_RECORD: _persuasions,
    D.MEDIATION_RECORD: _sitting,
    D.EXTENSION_CONSENT: lambda v, o: {"move": moves.extension(v, o)},
    D.HANDOVER_LIST: lambda v, o: {"move": moves.handover(v, o)},
    D.MEDIATION_AGREEMENT: _agreed,
    D.ORAL_AGREEMENT_REGISTER: _agreed,
    D.SETTLEMENT_LETTER: _agreed,
    D.WITHDRAWAL_REQUEST: lambda v, o: {"move": moves.withdrawal(v, o)},
    D.TERMINATION_NOTICE: lambda v, o: {"termination": moves.termination(v, o)},
    D.OTHER_WAYS_NOTICE: _other_ways,
    D.CONFIRMATION_APPLICATION: _application,
    D.URGING_LETTER: _urging,
    D.RETURN_VISIT_RECORD: _visit,
}
