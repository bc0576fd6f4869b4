"""Who may do what: permission rows, and the one function every door asks (rule D1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Protocol

from mediation.roles import CASE_STAFF, STAFF, Role, Scope
from mediation.wording import Text
from mediation.workflow.transitions import Transition

# fmt: off
# One row a permission.
R = Role
_COMMITTEE = (R.MEDIATOR, R.COMMITTEE_CHAIR)
_OVERSEERS = (R.TOWNSHIP_MANAGER, R.COUNTY_MANAGER)


@dataclass(frozen=True, slots=True)
class Post:
    """One role held at one place; `committee_id` and `court_id` where the role belongs to one."""

    role: Role
    place_id: int
    place_kind: str
    place_path: str
    committee_id: int | None = None
    court_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, as decided from the database at the start of this very request (D3)."""

    name: str
    account_id: int | None = None
    party_id: int | None = None
    dispute_id: int | None = None
    place_name: str = ""
    posts: tuple[Post, ...] = field(default=())

    @property
    def roles(self) -> frozenset[Role]:
        own = frozenset(post.role for post in self.posts)
        return own | {Role.PARTY} if self.party_id is not None else own


class Subject(Protocol):
    """What a decision needs to know of a dispute; the stored row has exactly these columns."""

    id: int
    county_id: int
    township_id: int | None
    community_id: int | None
    grid_id: int | None
    committee_id: int
    court_id: int | None
    mediator_id: int | None
    opened_by_id: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """One equality that brings disputes within a person's reach; queries and decisions share it."""

    column: str
    value: int
    role: Role


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    sentence: Text


@dataclass(frozen=True, slots=True)
class PermissionRow:
    sentence: Text
    roles: tuple[Role, ...]
    scope: Scope | None = None


def _row(zh: str, en: str, *roles: Role, scope: Scope | None = None) -> PermissionRow:
    return PermissionRow(Text(zh, en), roles, scope)


@unique
class Permission(Enum):
    """`scope` is None where no single dispute is concerned. Keep sorted by noun."""

    OPEN_TODAY = _row("看今天要做的事", "see today's tasks", *CASE_STAFF)
    KEEP_OWN_ACCOUNT = _row("管自己的密码和设置", "keep one's own password and settings", *STAFF)
    MANAGE_ACCOUNTS = _row("管账号和职务", "keep accounts and posts", R.SECURITY_ADMIN)
    READ_AUDIT = _row("看操作记录", "read the audit record", R.AUDIT_ADMIN)
    ANSWER_AS_COURT = _row(
        "记录法院的答复", "record the court's answers", R.COURT_LIAISON, scope=Scope.SEEN
    )
    OPEN_COURT_QUEUE = _row("看待收的申请", "open the court's queue", R.COURT_LIAISON)
    SEE_COVENANTS = _row("看公约", "see covenants", *CASE_STAFF)
    EDIT_COVENANTS = _row(
        "起草和修订公约", "draft and revise covenants", *_COMMITTEE, R.TOWNSHIP_MANAGER
    )
    ASSIGN_MEDIATOR = _row(
        "指定调解员", "name the mediator", R.COMMITTEE_CHAIR, R.TOWNSHIP_MANAGER, scope=Scope.SEEN
    )
    BIND_VOLUME = _row(
        "装订卷宗", "bind the volume of a case", *_COMMITTEE, R.TOWNSHIP_MANAGER, scope=Scope.SEEN
    )
    CALL_PARTY = _row("给当事人打电话", "call a party", *_COMMITTEE, scope=Scope.HANDLED)
    CORRECT_DISPUTE = _row(
        "更正写错的地方", "correct what was written wrong", *_COMMITTEE, scope=Scope.HANDLED
    )
    DOWNLOAD_PAPERS = _row("看和打印文书", "see and print papers", *CASE_STAFF, scope=Scope.SEEN)
    HAND_OVER_CASES = _row(
        "移交离任者的案件", "hand over a leaver's cases", R.COMMITTEE_CHAIR, R.TOWNSHIP_MANAGER
    )
    IMPORT_CASES = _row("批量导入案件", "import cases", R.TOWNSHIP_MANAGER)
    MARK_DUPLICATE = _row(
        "标记重复登记", "mark a duplicate", *_COMMITTEE, R.TOWNSHIP_MANAGER, scope=Scope.SEEN
    )
    OPEN_EVIDENCE = _row(
        "打开证据文件", "open evidence files", *_COMMITTEE, R.TOWNSHIP_MANAGER, R.COURT_LIAISON,
        scope=Scope.SEEN,
    )
    PRINT_IN_BATCHES = _row(
        "批量印文书", "print papers in batches", R.COMMITTEE_CHAIR, *_OVERSEERS
    )
    RECORD_FACTS = _row("记录办理情况", "record what happened", *_COMMITTEE, scope=Scope.HANDLED)
    REGISTER_DISPUTE = _row(
        "登记一件事", "register a matter", R.GRID_WORKER, *_COMMITTEE, R.TOWNSHIP_MANAGER
    )
    REVEAL_IDENTITY = _row(
        "看完整的证件号和电话", "see full ID and phone numbers", *_COMMITTEE, R.COURT_LIAISON,
        scope=Scope.HANDLED,
    )
    SEE_DISPUTE = _row("看一件案子", "see one case", *CASE_STAFF, scope=Scope.SEEN)
    SEE_DISPUTES = _row("看案件列表", "see the list of cases", *CASE_STAFF)
    SEE_BOARD = _row("看看板", "see the board", *_OVERSEERS, R.COMMITTEE_CHAIR)
    SEE_FIGURES = _row("看统计", "see figures", *_OVERSEERS, R.COMMITTEE_CHAIR, R.COURT_LIAISON)
    EDIT_LISTS = _row("管节假日等清单", "keep the workday table and lists", R.COUNTY_MANAGER)
    KEEP_TEMPLATES = _row("管文书的Word模板", "keep the Word templates", R.COUNTY_MANAGER)
    MANAGE_ORGANISATION = _row(
        "管组织、委员会和法院", "keep places, committees and courts", R.COUNTY_MANAGER
    )
    SEE_HEALTH = _row("看系统健康", "see the system's health", R.SYSTEM_ADMIN)
    SEE_OWN_CASE = _row("看自己的事", "see one's own case", R.PARTY)
    ANSWER_OWN_CASE = _row("答复自己的事", "answer in one's own case", R.PARTY)
    LEAVE_OWN_CASE = _row("走别的路", "leave for another way", R.PARTY)

# fmt: on

YES = Verdict(allowed=True, sentence=Text("可以", "allowed"))
_REACH_BY_PLACE = {
    "county": "county_id",
    "township": "township_id",
    "street": "township_id",
    "village": "community_id",
    "community": "community_id",
    "grid": "grid_id",
}


def reach(actor: Actor) -> tuple[Reach, ...]:
    """Every equality that brings a dispute within this person's reach (rule D2).

    Who registered a matter for another committee goes on seeing it, as the grid worker who brings
    one does, for as long as they hold a post that registers.
    """
    found: list[Reach] = []
    if actor.account_id and actor.roles & set(Permission.REGISTER_DISPUTE.value.roles):
        found.append(Reach("opened_by_id", actor.account_id, R.GRID_WORKER))
    for post in actor.posts:
        found += _reach_of(post)
    return tuple(dict.fromkeys(found))


def _reach_of(post: Post) -> list[Reach]:
    if post.role in _COMMITTEE and post.committee_id is not None:
        return [Reach("committee_id", post.committee_id, post.role)]
    if post.role is R.COURT_LIAISON and post.court_id is not None:
        return [Reach("court_id", post.court_id, post.role)]
    if post.role in (*_OVERSEERS, R.GRID_WORKER):
        return [Reach(_REACH_BY_PLACE[post.place_kind], post.place_id, post.role)]
    return []


def _roles_over(actor: Actor, subject: Subject) -> frozenset[Role]:
    """The roles that count for this dispute: held where it lies, or as its party."""
    held = {r.role for r in reach(actor) if getattr(subject, r.column) == r.value}
    if actor.party_id is not None and actor.dispute_id == subject.id:
        held.add(R.PARTY)
    return frozenset(held)


def _handles(actor: Actor, subject: Subject, role: Role) -> bool:
    """A mediator handles what is theirs or nobody's yet; everyone else what they reach."""
    if role is not R.MEDIATOR:
        return True
    return subject.mediator_id in (None, actor.account_id)


def may(actor: Actor, permission: Permission, subject: Subject | None = None) -> Verdict:
    """Whether the person may do this, and the sentence that says why not."""
    row = permission.value
    return _judge(actor, row.roles, row.scope, subject, row.sentence)


def may_make(actor: Actor, transition: Transition, subject: Subject | None) -> Verdict:
    """Whether the person may make this move of the book, guards aside."""
    row = transition.value
    scope = row.scope if subject is not None else None
    return _judge(actor, row.roles, scope, subject, row.label)


def _judge(
    actor: Actor, roles: tuple[Role, ...], scope: Scope | None, subject: Subject | None, act: Text
) -> Verdict:
    if scope is None or subject is None:
        fits = bool(actor.roles & set(roles)) and (scope is None)
        return YES if fits else _no(act, roles)
    counting = _roles_over(actor, subject) & set(roles)
    if scope is Scope.HANDLED:
        counting = frozenset(role for role in counting if _handles(actor, subject, role))
    return YES if counting else _no(act, roles)


def _no(act: Text, roles: tuple[Role, ...]) -> Verdict:
    zh = "、".join(role.label.zh for role in roles)
    en = ", ".join(role.label.en for role in roles)
    return Verdict(
        allowed=False,
        sentence=Text(
            f"“{act.zh}”要由{zh}来做。请找他们。",
            f"“{act.en}” is for: {en}. Please ask one of them.",
        ),
    )
