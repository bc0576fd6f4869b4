"""The organisation tree, its committees and courts: kept by the county, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid, NotFound
from mediation.models import history, places
from mediation.models.database import db
from mediation.models.places import Committee, Court, Place
from mediation.permissions import Permission
from mediation.services.acts import Hand, free_act
from mediation.wording import Text
from mediation.workflow.words import CommunityType, PlaceKind

K = PlaceKind
# What may stand under what.
UNDER: dict[PlaceKind, tuple[PlaceKind, ...]] = {
    K.COUNTY: (K.TOWNSHIP, K.STREET),
    K.TOWNSHIP: (K.VILLAGE, K.COMMUNITY),
    K.STREET: (K.VILLAGE, K.COMMUNITY),
    K.VILLAGE: (K.GRID,),
    K.COMMUNITY: (K.GRID,),
    K.GRID: (),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in the order of the tree; `depth` is 0 for the county."""

    place: Place
    depth: int
    committees: tuple[Committee, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    branches: tuple[Branch, ...]
    courts: tuple[Court, ...]


def tree(*, by: Hand) -> Tree:
    """Everything at or below the place of one's own post."""
    found, boards, courts = [], places.committees(), places.courts()
    for path in _paths(by):
        for place in places.places_under(path):
            own = tuple(c for c in boards if c.place_id == place.id)
            found.append(Branch(place, place.path.count("/") - 2, own))
    ids = {b.place.id for b in found}
    return Tree(tuple(found), tuple(c for c in courts if c.county_id in ids))


def _paths(by: Hand) -> list[str]:
    roles = Permission.MANAGE_ORGANISATION.value.roles
    return sorted({p.place_path for p in by.actor.posts if p.role in roles})


def place_of(place_id: int, *, by: Hand) -> Place:
    """Raises NotFound for a place that is not theirs to keep."""
    found = places.place(place_id)
    if found is None or not any(found.path.startswith(path) for path in _paths(by)):
        raise NotFound
    return found


def committee_of(committee_id: int, *, by: Hand) -> Committee:
    found = places.committee(committee_id)
    if found is None:
        raise NotFound
    place_of(found.place_id, by=by)
    return found


def court_of(court_id: int, *, by: Hand) -> Court:
    found = places.court(court_id)
    if found is None:
        raise NotFound
    place_of(found.county_id, by=by)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswers:
    name: str
    kind: PlaceKind | None = None
    community_type: CommunityType | None = None
    address: str = ""


def add_place(parent_id: int, answers: PlaceAnswers, *, by: Hand) -> None:
    with free_act(by=by, permission=Permission.MANAGE_ORGANISATION):
        parent = place_of(parent_id, by=by)
        if answers.kind not in UNDER[parent.kind]:
            raise Invalid("kind", Text("这一级下面不能放这个。", "That cannot stand below this."))
        _refuse_twin(parent, answers.name)
        places.add_place(
            kind=answers.kind,
            name=answers.name,
            parent_id=parent.id,
            community_type=answers.community_type,
            address=answers.address,
        )
        _audit("add_place", answers.name, by)


def _refuse_twin(parent: Place, name: str) -> None:
    if any(p.name == name and p.parent_id == parent.id for p in places.places_under(parent.path)):
        raise Invalid("name", Text("这里已经有同名的了。", "There is one of that name already."))


def change_place(place_id: int, answers: PlaceAnswers, *, by: Hand) -> None:
    with free_act(by=by, permission=Permission.MANAGE_ORGANISATION):
        place = place_of(place_id, by=by)
        place.name, place.address = answers.name, answers.address
        if place.kind in (K.VILLAGE, K.COMMUNITY):
            place.community_type = answers.community_type
        _audit("change_place", answers.name, by)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeAnswers:
    """`short_name` stands in numbers; changing it never changes a number already given."""

    name: str
    short_name: str
    brackets: str = "（）"
    address: str = ""
    phone: str = ""
    term_ends_on: date | None = None


def add_committee(place_id: int, answers: CommitteeAnswers, *, by: Hand) -> None:
    with free_act(by=by, permission=Permission.MANAGE_ORGANISATION):
        place = place_of(place_id, by=by)
        _refuse_same_short(answers, None)
        row = Committee(place_id=place.id)
        _fill(row, answers)
        db.session.add(row)
        _audit("add_committee", answers.name, by)


def change_committee(committee_id: int, answers: CommitteeAnswers, *, by: Hand) -> None:
    with free_act(by=by, permission=Permission.MANAGE_ORGANISATION):
        row = committee_of(committee_id, by=by)
        _refuse_same_short(answers, row.id)
        _fill(row, answers)
        _audit("change_committee", answers.name, by)


def _fill(row: Committee, answers: CommitteeAnswers) -> None:
    for name in ("name", "short_name", "brackets", "address", "phone", "term_ends_on"):
        setattr(row, name, getattr(answers, name))


def _refuse_same_short(answers: CommitteeAnswers, own_id: int | None) -> None:
    """Two committees with one short name would give the same numbers."""
    for other in places.committees():
        if other.short_name == answers.short_name and other.id != own_id:
            raise Invalid(
                "short_name",
                Text(
                    f"“{other.name}”已经用了这个简称。编号会重，换一个。",
                    f"{other.name} has that short name: numbers would clash.",
                ),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtAnswers:
    name: str
    address: str = ""
    phone: str = ""


def add_court(county_id: int, answers: CourtAnswers, *, by: Hand) -> None:
    with free_act(by=by, permission=Permission.MANAGE_ORGANISATION):
        county = place_of(county_id, by=by)
        if county.kind is not K.COUNTY:
            raise Invalid("name", Text("法院放在县这一级。", "A court belongs to the county."))
        db.session.add(
            Court(
                county_id=county.id,
                name=answers.name,
                address=answers.address,
                phone=answers.phone,
            )
        )
        _audit("add_court", answers.name, by)


def change_court(court_id: int, answers: CourtAnswers, *, by: Hand) -> None:
    with free_act(by=by, permission=Permission.MANAGE_ORGANISATION):
        row = court_of(court_id, by=by)
        row.name, row.address, row.phone = answers.name, answers.address, answers.phone
        _audit("change_court", answers.name, by)


def _audit(act: str, subject: str, by: Hand) -> None:
    history.audit(
        history.AuditEntry(
            at=by.now,
            account_id=by.actor.account_id,
            by_name=by.name,
            act=act,
            subject=subject[:120],
        )
    )
