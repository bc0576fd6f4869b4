"""The organisation tree, and the committees and courts that stand in it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from mediation.models.database import Base, db
from mediation.workflow.words import CommunityType, PlaceKind


class Place(Base):
    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    kind: Mapped[PlaceKind]
    name: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(120), default="", index=True)
    community_type: Mapped[CommunityType | None]
    address: Mapped[str] = mapped_column(String(120), default="")


class Committee(Base):
    """人民调解委员会. `short_name` stands in its numbers: （2026）柳林人调字第031号."""

    __tablename__ = "committee"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(20))
    brackets: Mapped[str] = mapped_column(String(2), default="（）")
    digits: Mapped[int] = mapped_column(default=3)
    address: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    seal_mm: Mapped[int] = mapped_column(default=42)
    term_ends_on: Mapped[date | None]


class Court(Base):
    """A basic people's court; `county_id` is the county whose disputes lie in its jurisdiction."""

    __tablename__ = "court"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")


def place(place_id: int) -> Place | None:
    return db.session.get(Place, place_id)


def lineage(place_id: int) -> list[Place]:
    """The place and all above it, the county first."""
    found: list[Place] = []
    step: int | None = place_id
    while step is not None:
        row = db.session.get(Place, step)
        if row is None:
            break
        found.insert(0, row)
        step = row.parent_id
    return found


def add_place(**columns: object) -> Place:
    """A new place under its parent; its path is that of the parent and its own id."""
    row = Place(**columns)
    db.session.add(row)
    db.session.flush()
    above = db.session.get(Place, row.parent_id) if row.parent_id else None
    row.path = f"{above.path if above else '/'}{row.id}/"
    return row


def places_under(path: str) -> list[Place]:
    """Every place at or below a path, in the order of the tree."""
    rows = db.session.scalars(select(Place).where(Place.path.startswith(path)).order_by(Place.path))
    return list(rows)


def committees(county_id: int | None = None) -> list[Committee]:
    query = select(Committee).order_by(Committee.id)
    if county_id is not None:
        under = select(Place.id).where(Place.path.startswith(f"/{county_id}/"))
        query = query.where(Committee.place_id.in_(under))
    return list(db.session.scalars(query))


def committee(committee_id: int) -> Committee | None:
    return db.session.get(Committee, committee_id)


def courts(county_id: int | None = None) -> list[Court]:
    query = select(Court).order_by(Court.id)
    if county_id is not None:
        query = query.where(Court.county_id == county_id)
    return list(db.session.scalars(query))


def court(court_id: int) -> Court | None:
    return db.session.get(Court, court_id)


def committee_at(place_id: int) -> Committee | None:
    """The committee that stands at exactly this place."""
    query = select(Committee).where(Committee.place_id == place_id).order_by(Committee.id)
    return db.session.scalars(query).first()


def first_county() -> Place | None:
    return db.session.scalars(
        select(Place).where(Place.kind == PlaceKind.COUNTY).order_by(Place.id)
    ).first()
