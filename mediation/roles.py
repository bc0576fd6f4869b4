"""Who people are to a dispute: the roles an account can hold, and the party."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text


@dataclass(frozen=True, slots=True)
class RoleRow:
    label: Text
    duty: Text


@unique
class Role(Enum):
    """A role is held at one place of the organisation tree; what it opens stands in permissions."""

    GRID_WORKER = RoleRow(
        Text("网格员", "Grid worker"),
        Text("发现纠纷，替居民登记", "finds quarrels and registers them for residents"),
    )
    MEDIATOR = RoleRow(
        Text("人民调解员", "Mediator"),
        Text("劝导、调解、写协议、回访", "persuades, mediates, drafts agreements, visits again"),
    )
    COMMITTEE_CHAIR = RoleRow(
        Text("调委会主任", "Committee chair"),
        Text("决定受理、指定调解员、盖章、结案", "accepts, appoints, seals and closes"),
    )
    TOWNSHIP_MANAGER = RoleRow(
        Text("镇街管理员", "Township manager"),
        Text("分派、督办、核实、上交", "assigns, watches over, checks and escalates"),
    )
    COURT_LIAISON = RoleRow(
        Text("法院联络员", "Court liaison officer"),
        Text(
            "接收司法确认申请，记录法院的决定", "receives applications, records the court's answers"
        ),
    )
    COUNTY_MANAGER = RoleRow(
        Text("县级管理员", "County manager"),
        Text("看全县的数、管组织和清单", "sees the county's figures, keeps organisation and lists"),
    )
    SYSTEM_ADMIN = RoleRow(
        Text("系统管理员", "System administrator"),
        Text("管备份、设置和健康，不看案情", "keeps backups, settings and health; reads no case"),
    )
    SECURITY_ADMIN = RoleRow(
        Text("安全管理员", "Security administrator"),
        Text("管账号和职务，不看案情", "keeps accounts and posts; reads no case"),
    )
    AUDIT_ADMIN = RoleRow(
        Text("审计管理员", "Audit administrator"),
        Text("只看操作记录", "reads the audit record only"),
    )
    PARTY = RoleRow(
        Text("当事人", "Party"),
        Text(
            "凭案件码看自己的事，随时可以走别的路",
            "sees their own case by code; may leave at any time",
        ),
    )

    @property
    def label(self) -> Text:
        return self.value.label


STAFF = tuple(role for role in Role if role is not Role.PARTY)
CASE_STAFF = (
    Role.GRID_WORKER,
    Role.MEDIATOR,
    Role.COMMITTEE_CHAIR,
    Role.TOWNSHIP_MANAGER,
    Role.COURT_LIAISON,
    Role.COUNTY_MANAGER,
)
# 三权分立: no account may hold two of these three, nor one of them beside a case role.
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


@unique
class Scope(Enum):
    """How near a dispute must lie to a person before a role of theirs counts."""

    SEEN = Text(
        "在自己的范围内（本网格、本委员会、本镇街、本县、本院）",
        "within their reach (grid, committee, township, county, court)",
    )
    HANDLED = Text(
        "由自己经手（指定的调解员；本委员会主任）",
        "theirs to handle (the mediator in charge; the committee's chair)",
    )
