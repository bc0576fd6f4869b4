"""Checking a paper 核对: whether it is ours, by code, by its QR, or by the file; never a name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from mediation import codes
from mediation.clock import Clock
from mediation.documents.render import Mark
from mediation.errors import Invalid
from mediation.models import database, papers, places
from mediation.models.database import keyring
from mediation.models.papers import Paper
from mediation.services import sign_ins
from mediation.services.frozen import thaw
from mediation.services.paper_files import kind_label
from mediation.wording import Text
from mediation.workflow.words import PaperState

# Our papers carry their number in the clear, in the description every PDF/A begins or ends with.
_NUMBER = re.compile(
    r"[（〔(\[]\d{4}[）〕)\]][^\s<>（）]{2,30}?字第\d{1,8}号(?:之[一二三四五六七八九十\d]+)?"
)

# Wrong codes from one source in a quarter of an hour; a right one costs nothing.
_TRIES = 30
_WHAT = "check_code"


class CheckState(Enum):
    """一致 and 不一致 are said of a file; a code or a QR only shows what we issued."""

    SAME = Text("一致", "identical to what we issued")
    DIFFERENT = Text("不一致", "not identical to what we issued")
    FOUND = Text("查到", "we issued this paper")
    UNKNOWN = Text("查不到", "we know no such paper")
    WITHDRAWN = Text("已撤回", "taken back, no longer in use")

    @property
    def label(self) -> Text:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All that a stranger learns of a paper. `sample` papers were made for practice."""

    state: CheckState = CheckState.UNKNOWN
    number: str = ""
    kind: Text = Text("", "")
    issued_on: date | None = None
    committee: str = ""
    withdrawn_on: date | None = None
    check_code: str = ""
    sample: bool = False

    @property
    def found(self) -> bool:
        return self.state is not CheckState.UNKNOWN


def check_by_code(typed: str, *, source: str, clock: Clock) -> Verification:
    """By the 校验码 at the foot of a page. Raises Invalid for what cannot be one, TooManyTries."""
    sign_ins.check_limits(_WHAT, source, source, clock, per_subject=_TRIES, per_source=_TRIES)
    try:
        code = codes.parse_check_code(typed)
    except codes.BadCode as bad:
        raise Invalid("code", bad.text) from bad
    found = papers.papers_by_check_code(code.upper())
    if found:
        return _told(found[0], CheckState.FOUND)
    with database.transaction():
        sign_ins.note_failure(_WHAT, source, source, clock)
    return Verification()


def check_by_token(token: str) -> Verification:
    """By the address in the QR."""
    if not codes.is_check_token(token):
        return Verification()
    hashed = keyring().keyed_hash(token.upper(), kind="check_token")
    paper = papers.paper_by_check_token(hashed)
    return _told(paper, CheckState.FOUND) if paper else Verification()


def check_file(content: bytes) -> Verification:
    """By the file itself: the same to the last byte, or not.

    A file with a number of ours that is not our file is 不一致: changed, or printed anew by another
    program.
    """
    same = papers.paper_by_file(hashlib.sha256(content).hexdigest())
    if same is not None:
        return _told(same, CheckState.SAME)
    for number in _numbers_in(content):
        if alike := papers.papers_by_number(number):
            return _told(alike[0], CheckState.DIFFERENT)
    return Verification()


def _numbers_in(content: bytes) -> list[str]:
    text = content.decode("utf-8", errors="ignore")
    return list(dict.fromkeys(_NUMBER.findall(text)))[:5]


def _told(paper: Paper, state: CheckState) -> Verification:
    gone = paper.state is PaperState.WITHDRAWN and state is not CheckState.DIFFERENT
    committee = places.committee(paper.committee_id) if paper.committee_id else None
    return Verification(
        state=CheckState.WITHDRAWN if gone else state,
        number=paper.number,
        kind=kind_label(paper.kind),
        issued_on=paper.issued_on,
        committee=committee.name if committee else "",
        withdrawn_on=paper.withdrawn_on,
        check_code=codes.in_fours(paper.check_code),
        sample=thaw(paper.snapshot).mark == Mark.SAMPLE.name,
    )
