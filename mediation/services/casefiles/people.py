"""The people on a paper: parties by their labels, committee, mediator and recorder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mediation.documents import casefile as c
from mediation.identity import SEX_LABELS, age_on
from mediation.models.parties import Party, Representative
from mediation.models.places import Committee
from mediation.services.acts import Hand
from mediation.services.volumes import Volume
from mediation.workflow.words import PartyKind, RepresentativeKind, Side

# Ten stems, then branches: twenty parties at most.
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
_SEXES: dict[str, str] = {code: label.zh for code, label in SEX_LABELS.items()}
_SIDES = {Side.APPLICANT: c.APPLICANT, Side.RESPONDENT: c.RESPONDENT, Side.THIRD: c.THIRD}
_MOBILE = re.compile(r"(1\d{2})(\d{4})(\d{4})")


def on_paper(volume: Volume) -> list[Party]:
    """Those who stand on a paper: the disputants, then third persons whom the terms bind."""
    bound = _bound(volume)
    third = [p for p in volume.dispute.parties if p.side is Side.THIRD and p.id in bound]
    return [*volume.disputants, *third]


def _bound(volume: Volume) -> set[int | None]:
    items = volume.agreement.obligations if volume.agreement else []
    return {o.debtor_id for o in items} | {o.creditor_id for o in items}


def labels(volume: Volume) -> dict[int, str]:
    """甲方, 乙方, ... by position."""
    return {p.id: f"{_SIGNS[n]}方" for n, p in enumerate(on_paper(volume))}


def label_of(volume: Volume, party_id: int | None) -> str:
    return labels(volume).get(party_id or 0, "")


def parties(
    volume: Volume, on: date, *, names_only: bool, but: int | None = None
) -> tuple[c.Party, ...]:
    """The 当事人栏. A letter to one party says names alone: nobody's address lies in another's letter.

    `but` is the one who is written out whole all the same: it is their own paper.
    """
    named = labels(volume)
    return tuple(
        _name_of(p, named[p.id]) if names_only and p.id != but else _party(p, named[p.id], on)
        for p in on_paper(volume)
    )


def _name_of(row: Party, label: str) -> c.Party:
    return c.Party(label=label, name=row.name, kind=_kind(row), side=_SIDES[row.side])


def _party(row: Party, label: str, on: date) -> c.Party:
    return c.Party(
        label=label,
        side=_SIDES[row.side],
        name=row.name,
        kind=_kind(row),
        sex=_SEXES.get(row.sex, row.sex),
        ethnicity=row.ethnicity,
        born_on=row.born_on,
        age=age_on(row.born_on, on) if row.born_on else row.age,
        occupation=row.occupation,
        phone=spaced(row.phone or ""),
        address=row.address or "",
        head_name=row.head_name,
        head_post=row.head_post,
        representatives=tuple(_representatives(row)),
    )


def _kind(row: Party) -> str:
    return c.ENTITY if row.kind is PartyKind.ENTITY else c.PERSON


def _representatives(row: Party) -> Iterator[c.Representative]:
    """Agents and guardians; a helper in the family acts for nobody before the law."""
    for one in row.representatives:
        if one.kind is not RepresentativeKind.HELPER:
            yield representative(one)


def representative(row: Representative) -> c.Representative:
    return c.Representative(
        kind=row.kind.value.zh,
        name=row.name,
        tie=row.tie,
        phone=spaced(row.phone or ""),
        authority=row.authority,
    )


def spaced(phone: str) -> str:
    """A mobile number as it is read aloud: 138 0000 0000."""
    return _MOBILE.sub(r"\1 \2 \3", phone) if _MOBILE.fullmatch(phone) else phone


def committee(row: Committee) -> c.Committee:
    return c.Committee(
        name=row.name,
        short_name=row.short_name,
        address=row.address,
        phone=row.phone,
        seal_mm=row.seal_mm,
    )


def staff(volume: Volume, hand: Hand, *, recorder: str = "") -> c.Staff:
    """The mediator's own telephone is printed only where the committee has none."""
    mediator = volume.dispute.mediator
    own = (mediator.phone if mediator else "") or ""
    opened = next((e.by_name for e in volume.events if e.from_stage is None and e.to_stage), "")
    given = volume.assignments[-1] if volume.assignments else None
    return c.Staff(
        mediators=(mediator.name,) if mediator else (),
        chosen=given.chosen_by_party if given and mediator else None,
        recorder=recorder or hand.name,
        registrar=opened or hand.name,
        phone="" if volume.dispute.committee.phone else spaced(own),
    )
