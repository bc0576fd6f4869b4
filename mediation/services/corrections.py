"""Putting right what was written wrong: the old and the new stand in history, papers stay as issued."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mediation import cleaning, identity
from mediation.errors import Invalid, Refused
from mediation.models import disputes
from mediation.models.disputes import Dispute
from mediation.models.parties import Party
from mediation.permissions import Permission
from mediation.services.acts import Case, Hand, act, reach_of
from mediation.services.disputes import refresh_party_names
from mediation.services.notes import NoteAnswers, add_note
from mediation.services.parties import index_party, party_of
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.stages import Stage
from mediation.workflow.words import NoteKind


class Correctable(Enum):
    """What can be put right about a party."""

    NAME = Text("姓名或单位名称", "name")
    PHONE = Text("电话", "telephone")
    ID_NUMBER = Text("证件号", "ID number")
    ADDRESS = Text("住址", "address")
    OCCUPATION = Text("职业", "occupation")

    @property
    def column(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAnswers:
    party_id: int
    what: Correctable
    value: str
    reason: str


def correct(reference: str, answers: CorrectionAnswers, *, by: Hand) -> None:
    """One value of one party. Raises Refused while a signing copy is out with the old one on it."""
    with act(reference, by=by, permission=Permission.CORRECT_DISPUTE) as case:
        if case.dispute.stage is Stage.ARCHIVED:
            raise Refused(Text("案卷已归档，不能再改。", "The file is archived."))
        if case.dispute.stage is Stage.SIGNING:
            raise Refused(
                Text(
                    "签字稿已经印出。先撤回签字稿，改好再印。",
                    "The signing copy is out: take it back first, then correct and print again.",
                )
            )
        party = party_of(case, answers.party_id)
        old, new = getattr(party, answers.what.column) or "", _checked(answers, party, by)
        setattr(party, answers.what.column, new or (None if _sealed(answers.what) else ""))
        index_party(party)
        refresh_party_names(case.dispute)
        told = f"{answers.what.value.zh}：{_shown(answers.what, old)} → {_shown(answers.what, new)}"
        note = NoteAnswers(
            choice=answers.what.name, text=f"{told}。{answers.reason}", party_id=party.id
        )
        add_note(case, NoteKind.CORRECTION, note, by.today)


def _sealed(what: Correctable) -> bool:
    return what in (Correctable.PHONE, Correctable.ID_NUMBER, Correctable.ADDRESS)


def _checked(answers: CorrectionAnswers, party: Party, by: Hand) -> str:
    try:
        value = _read(answers.what, answers.value, by)
    except (cleaning.Unclean, identity.BadNumber) as bad:
        raise Invalid("value", bad.text) from bad
    if answers.what is Correctable.NAME and not value:
        raise Invalid("value", Text("名字不能空着。", "A name is needed."))
    if value == (getattr(party, answers.what.column) or ""):
        raise Invalid(
            "value", Text("和原来一样，没有可改的。", "That is what stands there already.")
        )
    return value


def _read(what: Correctable, typed: str, by: Hand) -> str:
    line = cleaning.clean_line(typed, 120)
    if what is Correctable.NAME:
        return cleaning.clean_name(line, 60)
    if what is Correctable.PHONE and line:
        return identity.parse_phone(line)
    if what is Correctable.ID_NUMBER and line:
        return identity.parse_id_number(line, today=by.today).number
    return cleaning.clean_line(line, 40) if what is Correctable.OCCUPATION else line


def _shown(what: Correctable, value: str) -> str:
    """History names what changed; numbers only by their mask, an address not at all."""
    if not value:
        return "（空）"
    masks = {
        Correctable.PHONE: identity.mask_phone,
        Correctable.ID_NUMBER: identity.mask_id_number,
        Correctable.ADDRESS: _no_address,
    }
    return masks[what](value) if what in masks else value


def _no_address(_: str) -> str:
    return "（原址）"


def mark_duplicate(reference: str, other: str, reason: str, *, by: Hand) -> None:
    """The same matter was registered twice: both stay, and each shows the other."""
    with act(reference, by=by, permission=Permission.MARK_DUPLICATE) as case:
        found = _other(case, other, by)
        case.dispute.duplicate_of_id = found.id
        _tell(case, f"与“{found.title}”（{found.number or found.reference}）重复。{reason}")


def unmark_duplicate(reference: str, reason: str, *, by: Hand) -> None:
    with act(reference, by=by, permission=Permission.MARK_DUPLICATE) as case:
        case.dispute.duplicate_of_id = None
        _tell(case, f"不是重复登记。{reason}")


def _other(case: Case, typed: str, by: Hand) -> Dispute:
    found = disputes.find_named(typed.strip(), by=by.actor)
    if found is None:
        raise Invalid(
            "other",
            Text(
                "查不到这个编号。照案件页上的编号写。",
                "No such number: copy it from the case page.",
            ),
        )
    if found.id == case.dispute.id or found.duplicate_of_id == case.dispute.id:
        raise Invalid("other", Text("要写另一件的编号。", "Write the number of the other case."))
    return found


def _tell(case: Case, said: str) -> None:
    case.log(Record.CORRECTION.name, note=said[:200])


def duplicate_of(reference: str, *, by: Hand) -> tuple[str, str] | None:
    """Reference and title of the case this one repeats, as far as this person may see it."""
    dispute = reach_of(by, reference)
    if dispute.duplicate_of_id is None:
        return None
    other = disputes.find_by_id(dispute.duplicate_of_id, by=by.actor)
    return (other.reference, other.title) if other else ("", "")
