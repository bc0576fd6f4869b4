"""Every date that runs by itself: what starts it, how long it is, by which article, and what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow import calendar
from mediation.workflow.calendar import Due, Workdays


@unique
class Unit(Enum):
    CALENDAR_DAYS = Text("日", "calendar days")
    WORKING_DAYS = Text("个工作日", "working days")
    MONTHS = Text("个月", "months")
    YEARS = Text("年", "years")


@unique
class StartFact(Enum):
    """The fact a period starts with; the day of the fact itself is not counted."""

    REGISTERED = Text("登记", "registered")
    ACCEPTED = Text("受理", "accepted")
    PERSUASION_BEGUN = Text("开始劝导", "persuasion begun")
    APPLICATION_RECEIVED = Text("收到调解申请", "application for mediation received")
    COURT_PAPERS_RECEIVED = Text("签收法院移交的材料", "the court's papers received")
    ASSIGNMENT_RECEIVED = Text("收到法院委派", "the court's assignment received")
    AGREEMENT_EFFECTIVE = Text("协议生效", "agreement took effect")
    APPLICATION_FILED = Text("申请交到法院", "application filed with the court")
    DOCKETED = Text("法院立案", "docketed by the court")
    RULING_SERVED = Text("收到裁定书", "ruling received")
    THIRD_PARTY_KNEW = Text("利害关系人知道", "the interested person knew")
    PERFORMANCE_PERIOD_ENDED = Text(
        "履行期届满（分期的看最后一期）", "the (last) performance period ended"
    )
    HARM_KNOWN = Text("知道受损害和义务人", "harm and who caused it became known")
    OBLIGATION_DUE = Text("约定的履行日", "the day an item is due")
    CLOSED = Text("结案", "case closed")

    @property
    def label(self) -> Text:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """`rolls`: a last day of rest moves on (periods of procedure and of civil law). A committee's own
    duty does not roll: the earlier day is the safe one. `legal` is False for what is our proposal
    or a court's custom, and pages say so. `warn_days` are the days before it when we remind.
    """

    label: Text
    starts: StartFact
    length: int
    unit: Unit
    basis: tuple[str, ...]
    consequence: Text
    warn_days: tuple[int, ...] = (15, 7, 3, 1)
    legal: bool = True
    rolls: bool = True


S = StartFact
_DAYS, _WORK, _MONTHS, _YEARS = Unit


@unique
class Deadline(Enum):
    """Order is the order of a dispute's life."""

    ACCEPTANCE_DECISION = DeadlineRow(
        label=Text("决定是否受理", "decide on acceptance"),
        starts=S.REGISTERED,
        length=3,
        unit=_WORK,
        basis=("PML_21",),
        consequence=Text("当事人还在等答复", "the parties are still waiting for an answer"),
        warn_days=(1,),
        legal=False,
        rolls=False,
    )
    PERSUASION = DeadlineRow(
        label=Text("劝导期限", "finish the persuasion"),
        starts=S.PERSUASION_BEGUN,
        length=7,
        unit=_DAYS,
        basis=("PML_20", "PML_21"),
        consequence=Text(
            "不再劝了：坐下来调解，或走别的路", "no more persuasion: mediate, or take another way"
        ),
        warn_days=(1,),
        legal=False,
        rolls=False,
    )
    COURT_ASSIGNMENT_ANSWER = DeadlineRow(
        label=Text("答复法院委派", "answer the court's assignment"),
        starts=S.ASSIGNMENT_RECEIVED,
        length=3,
        unit=_WORK,
        basis=("SPC21_12",),
        consequence=Text("法院可以另行指定", "the court may choose another body"),
        warn_days=(1,),
        rolls=False,
    )
    MEDIATION = DeadlineRow(
        label=Text("调解期限", "finish the mediation"),
        starts=S.ACCEPTED,
        length=1,
        unit=_MONTHS,
        basis=("MOJ02_33", "LOC_B_27"),
        consequence=Text(
            "双方都同意才能延长；否则终止调解，告知别的路",
            "it goes on only if both agree; otherwise it ends and the other ways are told",
        ),
        rolls=False,
    )
    COURT_INVITED_MEDIATION = DeadlineRow(
        label=Text("法院委派的调解期限", "finish the court-invited mediation"),
        starts=S.COURT_PAPERS_RECEIVED,
        length=30,
        unit=_DAYS,
        basis=("SPC16_27", "SPC21_24"),
        consequence=Text(
            "报告法院，退回材料；双方都同意可以延长",
            "report and return the papers to the court; longer if all agree",
        ),
        rolls=False,
    )
    LABOUR_MEDIATION = DeadlineRow(
        label=Text("劳动争议调解期限", "labour mediation"),
        starts=S.APPLICATION_RECEIVED,
        length=15,
        unit=_DAYS,
        basis=("LAB_14",),
        consequence=Text("当事人可以申请劳动仲裁", "a party may go to labour arbitration"),
        rolls=False,
    )
    MEDICAL_MEDIATION = DeadlineRow(
        label=Text("医疗纠纷调解期限（鉴定时间不算）", "medical mediation (appraisal not counted)"),
        starts=S.ACCEPTED,
        length=30,
        unit=_WORK,
        basis=("MED_38",),
        consequence=Text("视为调解不成", "mediation is deemed to have failed"),
        rolls=False,
    )
    CONFIRMATION = DeadlineRow(
        label=Text("申请司法确认", "apply for judicial confirmation"),
        starts=S.AGREEMENT_EFFECTIVE,
        length=30,
        unit=_DAYS,
        basis=("PML_33", "CPL_205", "CPL_85"),
        consequence=Text(
            "过了就不能申请确认；协议仍有约束力，可以起诉、公证、申请支付令，或重新达成协议",
            "no confirmation any more; the agreement still binds: sue, notarise, ask for a payment"
            " order, or make a new agreement",
        ),
    )
    COURT_ACCEPTANCE = DeadlineRow(
        label=Text("法院决定是否受理", "the court decides on acceptance"),
        starts=S.APPLICATION_FILED,
        length=3,
        unit=_DAYS,
        basis=("SPC11_4",),
        consequence=Text("联络员去问一问", "the liaison officer asks"),
        warn_days=(1,),
        legal=False,
    )
    COURT_RULING_TARGET = DeadlineRow(
        label=Text("争取作出裁定", "usual target for the ruling"),
        starts=S.DOCKETED,
        length=15,
        unit=_DAYS,
        basis=("SPC11_5",),
        consequence=Text(
            "可再延长十日；联络员去问一问", "ten more days are possible; the liaison officer asks"
        ),
        warn_days=(3, 1),
        legal=False,
    )
    COURT_RULING = DeadlineRow(
        label=Text("法院审结", "the court rules"),
        starts=S.DOCKETED,
        length=30,
        unit=_DAYS,
        basis=("CPL_187",),
        consequence=Text(
            "经院长批准可以延长；联络员去问一问",
            "the president may extend it; the liaison officer asks",
        ),
        warn_days=(7, 1),
    )
    OBJECTION = DeadlineRow(
        label=Text("对裁定提异议", "object to the ruling"),
        starts=S.RULING_SERVED,
        length=15,
        unit=_DAYS,
        basis=("INT_372", "CPL_85"),
        consequence=Text("不能再提异议", "no objection any more"),
        warn_days=(7, 3, 1),
    )
    THIRD_PARTY_OBJECTION = DeadlineRow(
        label=Text("利害关系人提异议", "an interested person objects"),
        starts=S.THIRD_PARTY_KNEW,
        length=6,
        unit=_MONTHS,
        basis=("INT_372", "INT_127"),
        consequence=Text(
            "不能再提异议，这个期间不能延长", "no objection any more; this period is fixed"
        ),
    )
    ENFORCEMENT = DeadlineRow(
        label=Text("申请强制执行", "apply for enforcement"),
        starts=S.PERFORMANCE_PERIOD_ENDED,
        length=2,
        unit=_YEARS,
        basis=("CPL_250", "INT_481"),
        consequence=Text(
            "法院仍会收，但对方可以说过期了", "the court still takes it, but the debtor may object"
        ),
        warn_days=(180, 90, 30, 15, 7),
    )
    LIMITATION = DeadlineRow(
        label=Text("诉讼时效", "limitation period"),
        starts=S.HARM_KNOWN,
        length=3,
        unit=_YEARS,
        basis=("CC_188", "CC_195", "LIM_12"),
        consequence=Text(
            "对方可以时效已过为由不履行；权利人提出请求会重新起算",
            "the other side may refuse; a request by the right-holder starts it again",
        ),
        warn_days=(180, 90, 30, 15, 7),
    )
    LABOUR_LIMITATION = DeadlineRow(
        label=Text("劳动仲裁时效", "time to ask for labour arbitration"),
        starts=S.HARM_KNOWN,
        length=1,
        unit=_YEARS,
        basis=("LAB_27",),
        consequence=Text(
            "仲裁可能不支持；在职欠薪的从离职算起",
            "arbitration may fail; unpaid wages count from the end of employment",
        ),
        warn_days=(90, 30, 15, 7),
    )
    RETURN_VISIT_7 = DeadlineRow(
        label=Text("七日回访", "return visit after 7 days"),
        starts=S.OBLIGATION_DUE,
        length=7,
        unit=_DAYS,
        basis=("PML_31",),
        consequence=Text("去问一问履行了没有", "ask whether it was performed"),
        warn_days=(1,),
        legal=False,
        rolls=False,
    )
    RETURN_VISIT_30 = DeadlineRow(
        label=Text("三十日回访", "return visit after 30 days"),
        starts=S.OBLIGATION_DUE,
        length=30,
        unit=_DAYS,
        basis=("PML_31",),
        consequence=Text("去问一问还好不好", "ask whether peace has held"),
        warn_days=(3,),
        legal=False,
        rolls=False,
    )
    RETURN_VISIT_90 = DeadlineRow(
        label=Text("九十日回访", "return visit after 90 days"),
        starts=S.OBLIGATION_DUE,
        length=90,
        unit=_DAYS,
        basis=("PML_31",),
        consequence=Text("去问一问还好不好", "ask whether peace has held"),
        warn_days=(3,),
        legal=False,
        rolls=False,
    )
    ARCHIVING = DeadlineRow(
        label=Text("立卷归档", "archive the volume"),
        starts=S.CLOSED,
        length=30,
        unit=_DAYS,
        basis=("PML_27", "ARC_13"),
        consequence=Text("案卷还没有归档", "the volume is not archived yet"),
        warn_days=(7, 1),
        legal=False,
        rolls=False,
    )
    REOPENING = DeadlineRow(
        label=Text("可以重新打开", "may be reopened"),
        starts=S.CLOSED, length=90, unit=_DAYS, basis=("PML_31",),
        consequence=Text("过了就重新登记一件", "register a new case instead"),
        warn_days=(), legal=False, rolls=False,
    )  # fmt: skip

    @property
    def label(self) -> Text:
        return self.value.label

    @property
    def length(self) -> Text:
        """`30日` / `30 calendar days`, and that it is our proposal where no law says so."""
        row = self.value
        mark = Text("", "") if row.legal else Text("（建议）", " (proposal)")
        unit, one = row.unit.value, row.length == 1
        english = unit.en.removesuffix("s") if one else unit.en
        return Text(f"{row.length}{unit.zh}{mark.zh}", f"{row.length} {english}{mark.en}")

    def due(self, start_on: date, workdays: Workdays) -> Due:
        return due(self, start_on, workdays)


def due(deadline: Deadline, start_on: date, workdays: Workdays) -> Due:
    """The last day of the period that the fact of `start_on` began; provisional as calendar.py says."""
    row = deadline.value
    if row.unit is Unit.WORKING_DAYS:
        return calendar.due_working_days(start_on, row.length, workdays)
    add = {
        Unit.CALENDAR_DAYS: calendar.add_days,
        Unit.MONTHS: calendar.add_months,
        Unit.YEARS: calendar.add_years,
    }[row.unit]
    return calendar.due(add(start_on, row.length), workdays, rolls=row.rolls)
