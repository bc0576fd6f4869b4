"""The practice county 临溪县: invented places, committees, a court and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mediation import codes
from mediation.clock import Clock
from mediation.models import accounts, database, places
from mediation.models.accounts import Account, PostHeld
from mediation.models.database import db
from mediation.models.places import Committee, Court, Place
from mediation.permissions import Actor
from mediation.roles import Role
from mediation.services import set_up
from mediation.services.acts import Hand
from mediation.services.passwords import Passwords
from mediation.services.sign_ins import actor_for
from mediation.workflow.words import CommunityType, PlaceKind

SINCE = date(2024, 1, 1)
K, T, R = PlaceKind, CommunityType, Role


@dataclass(frozen=True, slots=True)
class PlaceSeed:
    """A place; `committee` is the short name that its committee's numbers carry."""

    name: str
    kind: PlaceKind
    under: str = ""
    type: CommunityType | None = None
    committee: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """Somebody with an account; posts are (role, place)."""

    login: str
    name: str
    posts: tuple[tuple[Role, str], ...]


# fmt: off
# One row a place, the county first.
PLACES = (
    PlaceSeed("临溪县", K.COUNTY, committee="临溪联", address="临溪县城关大道66号", phone="0999-5550100"),
    PlaceSeed("柳林镇", K.TOWNSHIP, "临溪县", committee="柳林", address="柳林镇迎春路1号", phone="0999-5550110"),
    PlaceSeed("柳溪村", K.VILLAGE, "柳林镇", T.RURAL, "柳溪", "柳林镇柳溪村村委会一楼", "0999-5550111"),
    PlaceSeed("柳溪村第一网格", K.GRID, "柳溪村"),
    PlaceSeed("柳溪村第二网格", K.GRID, "柳溪村"),
    PlaceSeed("河口村", K.VILLAGE, "柳林镇", T.HAMLET, "河口", "柳林镇河口村村委会", "0999-5550112"),
    PlaceSeed("河口村第一网格", K.GRID, "河口村"),
    PlaceSeed("安澜街道", K.STREET, "临溪县", committee="安澜", address="安澜街道滨河路8号", phone="0999-5550120"),
    PlaceSeed("桂花社区", K.COMMUNITY, "安澜街道", T.OLD_TOWN, "桂花", "安澜街道桂花巷12号", "0999-5550121"),
    PlaceSeed("桂花社区第一网格", K.GRID, "桂花社区"),
    PlaceSeed("望山社区", K.COMMUNITY, "安澜街道", T.RESETTLEMENT, "望山", "安澜街道望山路30号", "0999-5550122"),
    PlaceSeed("望山社区第一网格", K.GRID, "望山社区"),
    PlaceSeed("织里社区", K.COMMUNITY, "安澜街道", T.CULTURE, "织里", "安澜街道织里街5号", "0999-5550123"),
    PlaceSeed("东升社区", K.COMMUNITY, "安澜街道", T.INDUSTRY, "东升", "安澜街道东升工业园服务中心", "0999-5550124"),
)
COURT = {"name": "临溪县人民法院", "address": "临溪县城关大道100号", "phone": "0999-5550200"}
PEOPLE = (
    PersonSeed("zhouguilan", "周桂兰", ((R.MEDIATOR, "柳溪村"),)),
    PersonSeed("hetianming", "何天明", ((R.COMMITTEE_CHAIR, "柳溪村"),)),
    PersonSeed("linxiaohe", "林小禾", ((R.GRID_WORKER, "柳溪村第一网格"),)),
    PersonSeed("songdahe", "宋大河", ((R.COMMITTEE_CHAIR, "河口村"),)),
    PersonSeed("duanshuiqing", "段水清", ((R.MEDIATOR, "河口村"),)),
    PersonSeed("sunzhiping", "孙志平", ((R.MEDIATOR, "柳林镇"),)),
    PersonSeed("xupeifang", "许佩芳", ((R.COMMITTEE_CHAIR, "柳林镇"),)),
    PersonSeed("fangwei", "方维", ((R.TOWNSHIP_MANAGER, "柳林镇"),)),
    PersonSeed("machunyan", "马春燕", ((R.MEDIATOR, "桂花社区"),)),
    PersonSeed("fengdegui", "冯德贵", ((R.COMMITTEE_CHAIR, "桂花社区"),)),
    PersonSeed("tangxiu", "唐秀", ((R.GRID_WORKER, "桂花社区第一网格"),)),
    PersonSeed("jiangbo", "江波", ((R.COMMITTEE_CHAIR, "望山社区"), (R.MEDIATOR, "望山社区"))),
    PersonSeed("luyan", "陆燕", ((R.COMMITTEE_CHAIR, "织里社区"),)),
    PersonSeed("weiguodong", "韦国栋", ((R.COMMITTEE_CHAIR, "东升社区"),)),
    PersonSeed("zhengqiu", "郑秋", ((R.COMMITTEE_CHAIR, "安澜街道"),)),
    PersonSeed("guyan", "顾言", ((R.TOWNSHIP_MANAGER, "安澜街道"),)),
    PersonSeed("yaolan", "姚兰", ((R.COMMITTEE_CHAIR, "临溪县"),)),
    PersonSeed("luoyiming", "罗一鸣", ((R.COURT_LIAISON, "临溪县"),)),
    PersonSeed("shenjing", "沈静", ((R.COUNTY_MANAGER, "临溪县"),)),
    PersonSeed("tianlu", "田路", ((R.SYSTEM_ADMIN, "临溪县"),)),
    PersonSeed("bailu", "白露", ((R.SECURITY_ADMIN, "临溪县"),)),
    PersonSeed("huoqing", "霍青", ((R.AUDIT_ADMIN, "临溪县"),)),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class County:
    """What was planted, by the names people use; ids are the database's."""

    clock: Clock
    places: dict[str, int] = field(default_factory=dict)
    committees: dict[str, int] = field(default_factory=dict)
    court_id: int = 0

    def actor(self, login: str) -> Actor:
        """Somebody of the county, as decided from the database now."""
        account = accounts.account_by_login(login)
        assert account is not None, f"nobody is called {login}"
        actor = actor_for(account, self.clock)
        db.session.rollback()
        return actor

    def hand(self, login: str) -> Hand:
        return Hand(self.actor(login), self.clock)


def plant(
    clock: Clock, passwords: Passwords, *, password: str | None = None, since: date = SINCE
) -> County:
    """Make places, committees, court and accounts. Each account gets its own generated password,
    kept sealed so that it can be shown again, or the one given.
    """
    with database.transaction():
        set_up.plant_workdays()
        ground = _plant_ground()
        for seed in PEOPLE:
            chosen = password or codes.new_password()
            account = Account(
                login=seed.login,
                name=seed.name,
                password_hash=passwords.hash(chosen),
                demo_password=chosen,
                must_change_password=False,
                created_at=clock.now(),
                posts=[_post(role, place, ground, since) for role, place in seed.posts],
            )
            db.session.add(account)
        return County(
            clock,
            {name: place.id for name, place in ground.places.items()},
            {name: committee.id for name, committee in ground.committees.items()},
            ground.court.id,
        )


def planted(clock: Clock) -> County:
    """The same county, found again in the database."""
    county = places.first_county()
    assert county is not None, "the practice county is not there"
    tree = {p.name: p.id for p in places.places_under(county.path)}
    ids = {p: name for name, p in tree.items()}
    boards = {ids[c.place_id]: c.id for c in places.committees(county.id)}
    court = places.courts(county.id)[0].id
    db.session.rollback()
    return County(clock, tree, boards, court)


@dataclass(frozen=True, slots=True)
class _Ground:
    places: dict[str, Place]
    committees: dict[str, Committee]
    court: Court


def _plant_ground() -> _Ground:
    found = _plant_places()
    boards = {seed.name: _plant_committee(seed, found) for seed in PLACES if seed.committee}
    court = Court(county_id=found[PLACES[0].name].id, **COURT)
    db.session.add(court)
    db.session.flush()
    return _Ground(found, boards, court)


def _plant_places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for seed in PLACES:
        found[seed.name] = places.add_place(
            kind=seed.kind,
            name=seed.name,
            parent_id=found[seed.under].id if seed.under else None,
            community_type=seed.type,
            address=seed.address,
        )
    return found


def _plant_committee(seed: PlaceSeed, found: dict[str, Place]) -> Committee:
    joint = "联合" if seed.kind is K.COUNTY else ""
    committee = Committee(
        place_id=found[seed.name].id,
        name=f"{_full_name(seed)}{joint}人民调解委员会",
        short_name=seed.committee,
        address=seed.address,
        phone=seed.phone,
    )
    db.session.add(committee)
    db.session.flush()
    return committee


def _full_name(seed: PlaceSeed) -> str:
    """A village's name stands behind its township's; the township's behind the county's."""
    above = {p.name: p for p in PLACES}.get(seed.under)
    return f"{_full_name(above)}{seed.name}" if above else seed.name


def _post(role: Role, place: str, ground: _Ground, since: date) -> PostHeld:
    sits = role in (R.MEDIATOR, R.COMMITTEE_CHAIR)
    return PostHeld(
        role=role,
        place_id=ground.places[place].id,
        committee_id=ground.committees[place].id if sits else None,
        court_id=ground.court.id if role is R.COURT_LIAISON else None,
        from_on=since,
    )
