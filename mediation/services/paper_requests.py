"""Papers printed on request: what nobody recorded yet is asked for, then the paper is issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mediation.documents.volume_parts import Meeting, Service
from mediation.errors import Invalid, Refused
from mediation.models.papers import Paper
from mediation.models.parties import Party, Representative
from mediation.services import papers
from mediation.services.acts import Hand, act
from mediation.services.casefiles.occasion import Occasion
from mediation.services.casefiles.people import staff
from mediation.services.facts import facts_of
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.documents import makes_sense
from mediation.workflow.words import PaperState, RepresentativeKind, ServiceWay

NOT_NOW = Text(
    "这份文书现在还用不上，或者已经过了时候。",
    "This paper is of no use yet, or its time has passed.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswers:
    """What only people know. `parties` and `agents` are numbers of rows, `served` public ids.

    `on` to `bring` are of the meeting; `text` is what the note on the volume says.
    """

    parties: tuple[int, ...] = ()
    agents: tuple[int, ...] = ()
    served: tuple[str, ...] = ()
    way: ServiceWay | None = None
    on: date | None = None
    at: str = ""
    spot: str = ""
    purpose: str = ""
    bring: tuple[str, ...] = ()
    text: str = ""


def request_paper(
    reference: str, document: D, answers: RequestAnswers, *, by: Hand
) -> tuple[str, ...]:
    """Issue a paper that somebody asked for; returns the public id of each copy.

    Raises Refused where the paper makes no sense now, and Invalid with what is to be put right.
    """
    with act(reference, by=by) as case:
        volume = open_volume(case.dispute, by.today)
        if not makes_sense(document, facts_of(volume)):
            raise Refused(NOT_NOW)
        base = Occasion(document=document, hand=by, on=by.today)
        occasions = list(_OF.get(document, _of_parties)(volume, base, answers))
        made = tuple(papers.issue_one(volume, one).public_id for one in occasions)
        whose = "、".join(one.party.name for one in occasions if one.party)
        case.log("PRINTED", note=document.label.zh, detail=whose[:200])
        return made


def agents(volume: Volume) -> Iterator[tuple[Party, Representative]]:
    """Those who act for a party by a power; a guardian needs none."""
    for party in volume.disputants:
        for one in party.representatives:
            if one.kind is RepresentativeKind.AGENT:
                yield party, one


def to_serve(volume: Volume) -> list[Paper]:
    """What may be served on somebody: papers that count, and that parties may hold."""
    return [
        p
        for p in volume.papers
        if p.state is not PaperState.WITHDRAWN
        and D[p.kind.upper()].value.for_parties
        and D[p.kind.upper()] not in (D.CASE_SLIP, D.SERVICE_RECEIPT)
        and p.language == "zh"
    ]


def _of_parties(volume: Volume, base: Occasion, answers: RequestAnswers) -> Iterator[Occasion]:
    """One for each party that was chosen; the dispute's own where the paper is nobody's."""
    if not base.document.value.per_party:
        yield base
        return
    for party in _chosen(volume, answers):
        yield replace(base, party=party)


def _chosen(volume: Volume, answers: RequestAnswers) -> list[Party]:
    """Raises Invalid where nobody of this case was chosen."""
    found = [p for p in volume.disputants if p.id in answers.parties]
    if not found:
        raise Invalid("parties", Text("选给谁的。", "Choose for whom."))
    return found


def _of_agents(volume: Volume, base: Occasion, answers: RequestAnswers) -> Iterator[Occasion]:
    """With the agent on record, or with blanks for a party who will name one by hand."""
    named = [(p, one) for p, one in agents(volume) if one.id in answers.agents]
    blank = [p for p in volume.disputants if p.id in answers.parties]
    if not named and not blank:
        raise Invalid("people", Text("选给谁的。", "Choose for whom."))
    for party, one in named:
        yield replace(base, party=party, agent=one)
    for party in blank:
        yield replace(base, party=party)


def _of_meeting(volume: Volume, base: Occasion, answers: RequestAnswers) -> Iterator[Occasion]:
    """One time and place for everybody who is asked to come."""
    if answers.on is not None and answers.on < base.hand.today:
        raise Invalid(
            "on", Text("这天已经过去了。写今天或以后的日子。", "That day has passed. Write one to come.")
        )  # fmt: skip
    meeting = Meeting(
        on=answers.on,
        at=answers.at,
        spot=answers.spot,
        purpose=answers.purpose,
        bring=answers.bring,
        contact=_contact(volume, base.hand),
    )
    for one in _of_parties(volume, base, answers):
        yield replace(one, meeting=meeting)


def _contact(volume: Volume, hand: Hand) -> str:
    """Whom to call: the mediator in charge, by the committee's telephone or their own."""
    crew = staff(volume, hand)
    name = next(iter(crew.mediators), hand.name)
    return "，".join(part for part in (name, volume.dispute.committee.phone or crew.phone) if part)


def _of_service(volume: Volume, base: Occasion, answers: RequestAnswers) -> Iterator[Occasion]:
    """A receipt a party, over what goes to them: a paper of one is never served on another."""
    chosen = _chosen(volume, answers)
    served = [p for p in to_serve(volume) if p.public_id in answers.served]
    strange = [p for p in served if p.party_id not in (None, *(one.id for one in chosen))]
    if strange:
        raise Invalid(
            "served",
            Text(
                "有一份是写给别人的，不能送给这位。去掉它，或者把那个人也选上。",
                "One of them is written to somebody else. Leave it out, or choose that person too.",
            ),
        )
    for party in chosen:
        theirs = tuple(_item(p) for p in served if p.party_id in (None, party.id))
        if not theirs:
            raise Invalid(
                "served",
                Text("没有选要送给{name}的文书。", "Choose what goes to {name}.").with_(
                    name=party.name
                ),
            )
        service = Service(
            items=theirs,
            way=answers.way.value.zh if answers.way else "",
            address=party.address or "",
        )
        yield replace(base, party=party, service=service)


def _item(paper: Paper) -> str:
    return f"{papers.kind_label(paper.kind).zh}{paper.number}"


def _of_volume(_: Volume, base: Occasion, answers: RequestAnswers) -> Iterator[Occasion]:
    yield replace(base, said=answers.text)


_Ask = Callable[[Volume, Occasion, RequestAnswers], Iterator[Occasion]]
# Papers that ask for more than whose they are.
_OF: dict[D, _Ask] = {
    D.POWER_OF_ATTORNEY: _of_agents,
    D.MEDIATION_NOTICE: _of_meeting,
    D.NOTICE_LETTER: _of_meeting,
    D.SERVICE_RECEIPT: _of_service,
    D.VOLUME_NOTE: _of_volume,
}
