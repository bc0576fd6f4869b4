"""Covenants 无讼公约: written, adopted by a meeting, filed, posted; signed of one's own will (VIL 31, RES 30).

Without meeting, vote and filing a text is a voluntary pledge 倡议, and is printed as one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mediation import codes
from mediation.errors import Invalid, NotFound, Refused
from mediation.models import covenants, papers, places
from mediation.models.covenants import Clause, Covenant, CovenantVersion, Signatory
from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.permissions import Permission
from mediation.services.acts import Hand, free_act, past_day
from mediation.services.covenant_papers import issue_papers
from mediation.services.paper_files import PaperFile, file_of
from mediation.wording import Text
from mediation.workflow.words import CovenantState, MeetingKind, PaperState, PlaceKind

MOST_CLAUSES, NOTICE_DAYS = 20, 10
_EDIT = Permission.EDIT_COVENANTS
# At least so many of those entitled must be there; of those there, more than half must agree.
# True: more than that share; False: at least that share.
_FLOORS = {
    MeetingKind.VILLAGERS: (Fraction(1, 2), True),
    MeetingKind.RESIDENTS: (Fraction(1, 2), True),
    MeetingKind.REPRESENTATIVES: (Fraction(2, 3), False),
}
# What a covenant may not say, and what to write instead (PML 3, RES 31, VIL 31, PIPL 25).
_BARRED = (
    (
        re.compile(r"(不得|不准|不许|不能|禁止|严禁).{0,8}(起诉|诉讼|打官司|上法院|告状|上访|信访)"),
        Text("不能限制去法院或信访。可以写：有矛盾先坐下来谈，谈不拢随时可以去法院。",
             "Nobody's way to court may be barred. You may write: talk first; court stays open."),
    ),
    (
        re.compile(r"(必须|应当|一律)?先.{0,10}调解.{0,10}(才能|方可|方能|才可以?|才准).{0,6}(起诉|诉讼|法院)"),
        Text("不能把调解写成起诉的条件。可以写：自愿先找调解委员会。",
             "Mediation may not be a condition of suing. You may write: of one's own will, first."),
    ),
    (
        re.compile(r"(?<![不没].)(?<![不没])(罚款|罚金|处罚\d|罚\d+元|违约金|押金)"),
        Text("公约不能罚款。可以写：由调解委员会上门劝导。",
             "A covenant may set no fine. You may write: the committee comes and talks."),
    ),
    (
        re.compile(r"(?<![不没].)(?<![不没])(黑名单|红黑榜|(?<!红)黑榜|曝光|点名批评|扣分|积分|取消.{0,4}(待遇|资格|低保))"),
        Text("不能点名、打分、上榜或扣待遇。可以写：好的做法请大家一起学。",
             "No shaming, points, lists or lost benefits. You may write: good examples are shared."),
    ),
)  # fmt: skip


def under(*, by: Hand) -> list[Covenant]:
    """Every covenant at or below the places where one holds a post."""
    found = {c.id: c for path in _paths(by) for c in covenants.covenants_under(path)}
    return list(found.values())


def _paths(by: Hand) -> list[str]:
    return sorted({p.place_path for p in by.actor.posts})


def find(reference: str, *, by: Hand) -> Covenant:
    """Raises NotFound for a covenant of somewhere else."""
    found = covenants.covenant(reference)
    if found is None or not any(found.place.path.startswith(p) for p in _paths(by)):
        raise NotFound
    return found


def may_edit(covenant: Covenant, by: Hand) -> bool:
    posts = [p for p in by.actor.posts if p.role in _EDIT.value.roles]
    return any(covenant.place.path.startswith(p.place_path) for p in posts)


def places_without(*, by: Hand) -> list[places.Place]:
    """Villages and communities that have none yet, where one may write one."""
    posts = [p for p in by.actor.posts if p.role in _EDIT.value.roles]
    found = {p.id: p for post in posts for p in places.places_under(post.place_path)}
    homes = [p for p in found.values() if p.kind in (PlaceKind.VILLAGE, PlaceKind.COMMUNITY)]
    return [p for p in homes if covenants.covenant_at(p.id) is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseAnswers:
    head: str
    text: str
    head_en: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswers:
    preamble: str = ""
    preamble_en: str = ""
    clauses: tuple[ClauseAnswers, ...] = ()


def start(place_id: int, *, by: Hand) -> str:
    """A first, empty draft for a place. Returns its reference."""
    reference = codes.new_reference()
    with free_act(by=by, permission=_EDIT, answer=reference):
        if place_id not in {p.id for p in places_without(by=by)}:
            raise Invalid("place_id", Text("请从名单里选。", "Choose from the list."))
        covenant = Covenant(reference=reference, place_id=place_id)
        db.session.add(covenant)
        db.session.flush()
        db.session.add(_version(covenant.id, 1, by))
    return reference


def _version(covenant_id: int, number: int, by: Hand) -> CovenantVersion:
    return CovenantVersion(
        covenant_id=covenant_id, number=number, state=CovenantState.DRAFT, clauses=[],
        signatories=[], recorded_by=by.name, recorded_at=by.now,
    )  # fmt: skip


def write(reference: str, answers: TextAnswers, *, by: Hand) -> None:
    """The text of the draft; a text that was adopted never changes."""
    check_text(answers)
    with free_act(by=by, permission=_EDIT, answer=reference):
        version = _draft(_own(reference, by))
        version.preamble, version.preamble_en = answers.preamble, answers.preamble_en
        version.clauses = [
            Clause(position=number, head=c.head, text=c.text, head_en=c.head_en, text_en=c.text_en)
            for number, c in enumerate(answers.clauses, start=1)
        ]


def check_text(answers: TextAnswers) -> None:
    """Raises Invalid with what to write instead."""
    if len(answers.clauses) > MOST_CLAUSES:
        raise Invalid("clauses", Text("最多二十条，十条最好记。", "Twenty clauses at most."))
    for said in (answers.preamble, *(f"{c.head} {c.text}" for c in answers.clauses)):
        for pattern, sentence in _BARRED:
            found = pattern.search(said)
            if found:
                quoted = found.group(0)
                raise Invalid(
                    "clauses",
                    Text(f"“{quoted}”：{sentence.zh}", f"“{quoted}”: {sentence.en}"),
                )


def _own(reference: str, by: Hand) -> Covenant:
    covenant = find(reference, by=by)
    if not may_edit(covenant, by):
        raise NotFound
    return covenant


def _draft(covenant: Covenant) -> CovenantVersion:
    newest = covenant.versions[-1]
    if newest.state is not CovenantState.DRAFT:
        raise Refused(
            Text(
                "这一版已经定了，不能再改。要改，另起一版。",
                "This version is settled. Begin a new version to change it.",
            )
        )
    return newest


def new_version(reference: str, *, by: Hand) -> None:
    """A draft that begins with the words of the version before."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        covenant = _own(reference, by)
        last = covenant.versions[-1]
        if last.state is CovenantState.DRAFT:
            raise Refused(Text("已经有一份草稿了。", "There is a draft already."))
        version = _version(covenant.id, last.number + 1, by)
        version.preamble, version.preamble_en = last.preamble, last.preamble_en
        version.clauses = [
            Clause(
                position=c.position, head=c.head, text=c.text,
                head_en=c.head_en, text_en=c.text_en,
            )
            for c in last.clauses
        ]  # fmt: skip
        db.session.add(version)


def digest_of(version: CovenantVersion) -> str:
    """SHA-256 of the text: what was voted on, and what each household signs."""
    text = [version.preamble, [[c.head, c.text] for c in version.clauses]]
    plain = json.dumps(text, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionAnswers:
    meeting: MeetingKind
    noticed_on: date | None
    met_on: date | None
    entitled: int
    present: int
    agreed: int


def adopt(reference: str, answers: AdoptionAnswers, *, by: Hand) -> None:
    """What the meeting decided, with the floors of the law. Raises Invalid below them."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        version = _draft(_own(reference, by))
        if not version.clauses:
            raise Refused(Text("先写好条文再表决。", "Write the clauses before the vote."))
        met_on = past_day("met_on", answers.met_on, by=by)
        _check_vote(answers, met_on)
        version.meeting, version.met_on = answers.meeting, met_on
        version.noticed_on = answers.noticed_on
        version.entitled, version.present = answers.entitled, answers.present
        version.agreed = answers.agreed
        version.state, version.digest = CovenantState.ADOPTED, digest_of(version)


def _check_vote(answers: AdoptionAnswers, met_on: date) -> None:
    noticed = answers.noticed_on
    if noticed is None or noticed > met_on - timedelta(days=NOTICE_DAYS):
        raise Invalid(
            "noticed_on",
            Text("会议要提前十天通知。", "Notice must be given ten days before the meeting."),
        )
    if not answers.agreed <= answers.present <= answers.entitled:
        raise Invalid(
            "agreed",
            Text("赞成的不能多过到会的，到会的不能多过应到的。",
                 "No more can agree than were there, nor be there than were entitled."),
        )  # fmt: skip
    share, more = _FLOORS[answers.meeting]
    there = Fraction(answers.present, max(answers.entitled, 1))
    if there < share or (more and there == share):
        raise Invalid(
            "present",
            Text("到会人数不够法定数，表决不算。", "Too few were there: the vote does not count."),
        )
    if answers.agreed * 2 <= answers.present:
        raise Invalid(
            "agreed",
            Text("赞成的没有过半，没有通过。", "Not more than half agreed: it was not adopted."),
        )


def file(reference: str, filed_on: date | None, filed_with: str, *, by: Hand) -> None:
    """Filed with the township or street office; only now is it a covenant."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        version = _at(_own(reference, by), CovenantState.ADOPTED)
        version.filed_on = past_day("filed_on", filed_on, by=by, not_before=version.met_on)
        version.filed_with, version.state = filed_with, CovenantState.FILED


def post(reference: str, posted_on: date | None, *, by: Hand) -> None:
    """Posted for all to read; its papers are numbered, frozen and drawn. The one before is repealed."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        covenant = _own(reference, by)
        version = _at(covenant, CovenantState.FILED)
        version.posted_on = past_day("posted_on", posted_on, by=by, not_before=version.filed_on)
        _publish(covenant, version, by)


def post_pledge(reference: str, *, by: Hand) -> None:
    """A text nobody voted on, put up as what it is: a voluntary pledge."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        covenant = _own(reference, by)
        version = _draft(covenant)
        if not version.clauses:
            raise Refused(Text("先写好条文。", "Write the clauses first."))
        version.posted_on, version.digest = by.today, digest_of(version)
        _publish(covenant, version, by)


def _publish(covenant: Covenant, version: CovenantVersion, by: Hand) -> None:
    for older in covenant.versions:
        if older.state is CovenantState.POSTED:
            _repeal(older, by)
    version.state = CovenantState.POSTED
    db.session.flush()
    issue_papers(covenant, version, by)


def repeal(reference: str, *, by: Hand) -> None:
    """No longer in force; its papers say so when they are checked."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        _repeal(_at(_own(reference, by), CovenantState.POSTED), by)


def _repeal(version: CovenantVersion, by: Hand) -> None:
    version.state, version.repealed_on = CovenantState.REPEALED, by.today
    for paper in papers.papers_of_covenant(version.id):
        paper.state, paper.withdrawn_on = PaperState.WITHDRAWN, by.today


def _at(covenant: Covenant, state: CovenantState) -> CovenantVersion:
    for version in reversed(covenant.versions):
        if version.state is state:
            return version
    raise Refused(Text("还没到这一步，看公约页上的下一步。", "It is not time for this yet."))


def sign(reference: str, name: str, signed_on: date | None, *, by: Hand) -> None:
    """A household signs, of its own will, exactly the text that is posted."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        version = _at(_own(reference, by), CovenantState.POSTED)
        if any(s.name == name and s.withdrawn_on is None for s in version.signatories):
            raise Invalid("name", Text("这一户已经签过了。", "That household has signed already."))
        day = past_day("signed_on", signed_on, by=by, not_before=version.posted_on)
        db.session.add(
            Signatory(
                version_id=version.id, name=name, signed_on=day, digest=version.digest,
                recorded_by=by.name,
            )
        )  # fmt: skip


def withdraw_signature(reference: str, signatory_id: int, *, by: Hand) -> None:
    """Signing was voluntary, and so is taking it back."""
    with free_act(by=by, permission=_EDIT, answer=reference):
        version = _at(_own(reference, by), CovenantState.POSTED)
        found = next((s for s in version.signatories if s.id == signatory_id), None)
        if found is None:
            raise NotFound
        found.withdrawn_on = by.today


def posted(reference: str) -> tuple[Covenant, CovenantVersion, list[Paper]]:
    """What everybody may read: the posted version and its papers. Raises NotFound."""
    covenant = covenants.covenant(reference)
    for version in reversed(covenant.versions if covenant else []):
        if covenant is not None and version.state is CovenantState.POSTED:
            return covenant, version, papers.papers_of_covenant(version.id)
    raise NotFound


def clauses_in_force(place_id: int | None) -> list[tuple[str, str]]:
    """The posted clauses of a place: how one is named, and its words."""
    found = covenants.covenant_at(place_id) if place_id is not None else None
    versions = [v for v in (found.versions if found else []) if v.state is CovenantState.POSTED]
    clauses = versions[-1].clauses if versions else []
    return [(f"第{c.position}条 {c.head}".strip(), c.text) for c in clauses]


def papers_of(version: CovenantVersion) -> list[Paper]:
    return papers.papers_of_covenant(version.id)


def posted_file(reference: str, public_id: str) -> PaperFile:
    """One of its papers, for everybody."""
    _, _, found = posted(reference)
    for paper in found:
        if paper.public_id == public_id:
            return file_of(paper)
    raise NotFound
