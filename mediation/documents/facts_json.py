"""What a paper of the court package says, once more as JSON inside its file.

What its page prints and nothing else. Days are ISO dates, sums are yuan with two decimals, words
are those of the page.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation.documents import typesetting
from mediation.documents.casefile import ENTITY, Agreement, Casefile, Party, Representative
from mediation.documents.terms import Term, terms
from mediation.workflow.documents import Document, paper_label

FILE_NAME = "facts.json"
_STOPS = "。；;. \n"
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along inside a paper. `on` is the day its dates in there show."""

    name: str
    description: str
    data: bytes
    on: date | None = None


def attached(case: Casefile, mark: str) -> tuple[Attached, ...]:
    """The facts of this paper as its attachment, where its row wants them. `mark` as printed."""
    row = Document.__members__.get(case.paper.kind.upper())
    if row is None or not row.value.facts_attached or case.paper.language != "zh":
        return ()
    said = _plain(_head(case, mark) | _SAID[row](case))
    data = json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
    described = f"{row.label.zh}所载事项，格式第1版"
    return (Attached(FILE_NAME, described, data, case.paper.issued_on),)


def _head(case: Casefile, mark: str) -> Facts:
    return {
        "title": paper_label(case.paper.kind).zh,
        "mark": mark,
        "number": case.paper.number,
        "check_code": case.check_code if case.paper.number else "",
        "committee": {"name": case.committee.name},
    }


def _agreement(case: Casefile) -> Facts:
    said = case.agreement
    return {
        "parties": [_in_table(party) for party in case.parties],
        **_story(said),
        "terms": _terms(case, heads=True),
        **_ways_of_doing(said),
        "copies": said.copies or len(case.parties) + 1,
        "made_on": said.made_on,
    }


def _oral_register(case: Casefile) -> Facts:
    said = case.agreement
    return {
        "parties": [_in_table(party) for party in case.parties],
        **_story(said),
        "terms": _terms(case),
        **_ways_of_doing(said),
        "made_on": said.made_on,
        "notes": said.notes,
        "court": {
            "name": case.ways.court,
            "address": case.ways.court_address,
            "phone": case.ways.court_phone,
        },
        "basis": case.basis.oral,
    }


def _application(case: Casefile) -> Facts:
    said, asked = case.agreement, case.confirmation
    competence = asked.competence
    if competence.endswith("调解"):
        competence = competence.replace("该院", "贵院")
    return {
        "applicants": [_in_a_sentence(party) for party in case.parties],
        "agreement": {
            "number": said.number,
            "made_on": said.made_on,
            "effective_on": said.effective_on,
            "facts": _lines(asked.facts or said.facts),
            "terms": _terms(case),
            "manner": _stopped(said.manner),
            "spot": _stopped(said.spot),
        },
        "court": {"name": asked.court or case.ways.court, "competence": competence},
        "basis": case.basis.confirmation,
        "attachments": asked.attachments,
        "issued_on": case.paper.issued_on,
    }


def _proof(case: Casefile) -> Facts:
    said, how = case.agreement, case.mediated
    committee = case.committee
    return {
        "court": {"name": case.confirmation.court or case.ways.court},
        "committee": {
            "name": committee.name, "phone": committee.phone, "address": committee.address
        },
        "dispute": {"title": case.dispute.title, "number": case.dispute.number},
        "parties": [{"label": p.label, "name": _name(p.name)} for p in case.parties],
        "began_by": _began_by(case),
        "mediators": case.staff.mediators,
        "mediators_were": {True: "当事人选定", False: "委员会指派", None: ""}[case.staff.chosen],
        "mediated_from": how.from_on or case.dispute.accepted_on,
        "mediated_to": how.to_on or said.made_on,
        "sessions": how.sessions,
        "willing": how.willing,
        "agreement": {
            "number": said.number,
            "form": "口头" if said.oral else "书面",
            "made_on": said.made_on,
            "effective_on": said.effective_on,
        },
        "basis": case.basis.proof,
        "issued_on": case.paper.issued_on,
    }  # fmt: skip


_SAID: dict[Document, Callable[[Casefile], Facts]] = {
    Document.MEDIATION_AGREEMENT: _agreement,
    Document.ORAL_AGREEMENT_REGISTER: _oral_register,
    Document.CONFIRMATION_APPLICATION: _application,
    Document.MEDIATION_PROOF: _proof,
}


def _began_by(case: Casefile) -> str:
    if case.dispute.court_invited:
        return "人民法院邀请"
    return {"application": "当事人申请", "own_motion": "主动调解"}.get(case.dispute.source, "")


def _story(said: Agreement) -> Facts:
    return {
        "facts": _lines(said.facts),
        "issues": _lines(said.issues),
        "responsibility": _lines(said.responsibility),
    }


def _ways_of_doing(said: Agreement) -> Facts:
    return {
        "manner": _stopped(said.manner),
        "spot": _stopped(said.spot),
        "performed": "当场履行完毕" if said.performed_on_spot else "",
    }


def _in_table(party: Party) -> Facts:
    """A party as the table of parties shows them."""
    shown: Facts = {"label": party.label, "name": _name(party.name)}
    if party.kind == ENTITY:
        shown |= {"head_name": _name(party.head_name), "head_post": party.head_post}
    else:
        shown |= {"sex": party.sex, "ethnicity": party.ethnicity, "age": party.age}
        shown |= {"occupation": party.occupation}
    return shown | _reached_at(party)


def _in_a_sentence(party: Party) -> Facts:
    """A party as an application to a court names them."""
    shown: Facts = {"label": party.label, "name": _name(party.name)}
    if party.kind == ENTITY:
        shown |= {"head_name": _name(party.head_name), "head_post": party.head_post}
    else:
        shown |= {"sex": party.sex, "born_on": party.born_on, "ethnicity": party.ethnicity}
        shown |= {"occupation": party.occupation}
    return shown | _reached_at(party)


def _reached_at(party: Party) -> Facts:
    agents = [_agent(one) for one in party.representatives]
    return {"phone": party.phone, "address": party.address, "representatives": agents}


def _agent(one: Representative) -> Facts:
    return {
        "kind": one.kind, "name": _name(one.name), "tie": one.tie, "phone": one.phone,
        "authority": one.authority,
    }  # fmt: skip


def _terms(case: Casefile, *, heads: bool = False) -> list[Facts]:
    return [
        {"term": place} | _term(term, len(case.parties), heads=heads)
        for place, term in enumerate(terms(case.agreement), 1)
    ]


def _term(term: Term, parties: int, *, heads: bool) -> Facts:
    head = (term.clause or term.duty).head if heads else ""  # type: ignore[union-attr]
    if term.clause:
        return {"head": head, "text": _stopped(term.clause.text)}
    assert term.duty is not None
    if term.duty.text:
        return {"head": head, "text": _stopped(term.duty.text)}
    return {"head": head} | _duty(term, parties)


def _duty(term: Term, parties: int) -> Facts:
    """Who owes what; a creditor and a day only where the sentence of the page names them."""
    row = term.duty
    assert row is not None
    pays = row.amount_fen is not None
    named = pays or (not row.lasting and parties > 2)
    return {
        "debtors": term.debtors,
        "creditor": row.creditor if named else "",
        "what": row.what.removeprefix(row.debtor).rstrip(_STOPS),
        "yuan": _yuan(term.total_fen if term.instalments else row.amount_fen),
        "due_on": row.due_on if not term.instalments and (pays or not row.lasting) else None,
        "lasting": "长期有效" if row.lasting and not pays else "",
        "how": row.how.rstrip("。"),
        "condition": row.condition.rstrip("。"),
        "instalments": [
            {"due_on": one.due_on, "yuan": _yuan(one.amount_fen)} for one in term.instalments
        ],
    }


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02}"


def _name(text: str) -> str:
    return typesetting.dotted(text)


def _stopped(text: str) -> str:
    return text.rstrip(_STOPS)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(value: Any) -> Any:
    """As JSON has it, without what the page leaves open."""
    if isinstance(value, dict):
        kept = {name: _plain(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
