"""Checking a paper 核对: whether it is ours, by code, by its QR, or by the file; never a name."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from mediation import codes
from mediation.clock import Clock
from mediation.documents.press import PressFailed
from mediation.documents.render import Mark
from mediation.documents.signature_desk import signatures_of
from mediation.documents.signing import Signature
from mediation.errors import Invalid
from mediation.models import database, papers, places, signing
from mediation.models.database import keyring
from mediation.models.papers import Paper
from mediation.services import sign_ins
from mediation.services.frozen import thaw
from mediation.services.paper_files import kind_label
from mediation.wording import Text
from mediation.workflow import law
from mediation.workflow.words import PaperState

log = logging.getLogger(__name__)
# Our papers carry their number in the clear, in the description every PDF/A begins or ends with.
_NUMBER = re.compile(
    r"[（〔(\[]\d{4}[）〕)\]][^\s<>（）]{2,30}?字第\d{1,8}号(?:之[一二三四五六七八九十\d]+)?"
)

_MEANING = Text(
    "这是调解委员会的系统签发文件时加的电子签名，只说明文件由它签发、签后有没有改动。它不是当事人的签名，"
    "也不是公章。怎样才是可靠的电子签名、哪些文书不用电子签名，见{basis}。",
    "It was made by the committee's system when it issued the file: it says who issued it and "
    "whether it was changed since. It is no party's signature and no seal. What makes an electronic "
    "signature reliable, and which papers carry none, is said in {basis}.",
)
_CODE = re.compile(r"校验码 ((?:[0-9A-F]{4} ){2}[0-9A-F]{4})")
_MOST = 5

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
class SignatureFound:
    """A signature in a file somebody dropped. `by` is the name in its certificate, which says what it
    likes: only `trusted` means that this site's committee put that very certificate in.
    """

    by: str
    intact: bool
    trusted: bool
    practice: bool
    signed_at: datetime | None
    stamped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All that a stranger learns of a paper. `sample` papers were made for practice.

    `signatures` are those in the file itself; `unread` says that they could not be looked at.
    """

    state: CheckState = CheckState.UNKNOWN
    number: str = ""
    kind: Text = Text("", "")
    issued_on: date | None = None
    committee: str = ""
    withdrawn_on: date | None = None
    check_code: str = ""
    sample: bool = False
    signatures: tuple[SignatureFound, ...] = ()
    unread: bool = False

    @property
    def meaning(self) -> Text:
        """What a signature in a file is, and is not."""
        return _MEANING.with_(basis=law.basis(("ESL_13", "ESL_3")))

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
        return _with_signatures(_told(same, CheckState.SAME), same, content)
    for alike in _alike(content):
        return _with_signatures(_told(alike, CheckState.DIFFERENT), alike, content)
    return Verification()


def _alike(content: bytes) -> Iterator[Paper]:
    """The papers that the file says it is: by its number, and should just that be changed, its code."""
    text = content.decode("utf-8", errors="ignore")
    for number in list(dict.fromkeys(_NUMBER.findall(text)))[:_MOST]:
        yield from papers.papers_by_number(number)[:1]
    for code in list(dict.fromkeys(_CODE.findall(text)))[:_MOST]:
        yield from papers.papers_by_check_code(code.replace(" ", ""))[:1]


def _with_signatures(told: Verification, paper: Paper, content: bytes) -> Verification:
    """The same answer with what the file's own signatures are worth."""
    committee_id = paper.committee_id
    database.db.session.rollback()  # looking takes a moment: nobody waits for our transaction
    try:
        found = signatures_of(content)
    except PressFailed as error:
        log.warning("signatures of a dropped file could not be read: %s", error)
        return replace(told, unread=True)
    return replace(told, signatures=tuple(_worth(one, committee_id) for one in found))


def _worth(one: Signature, committee_id: int | None) -> SignatureFound:
    row = signing.certificate_of(committee_id, one.certificate.fingerprint)
    return SignatureFound(
        by=one.certificate.subject,
        intact=one.intact and one.whole,
        trusted=row is not None,
        practice=bool(row and row.practice),
        signed_at=one.signed_at,
        stamped=one.stamped,
    )


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
