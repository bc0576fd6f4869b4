"""One application laid open: dates, the agreement as it prints, who said what, what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import url_for

from mediation.money import fen_upper, yuan_short
from mediation.services.court_queue import CourtDates, PartyRecord, Review
from mediation.web import dates, deed_views
from mediation.web.pages import day
from mediation.web.today_views import said
from mediation.wording import Text
from mediation.workflow.dispute_types import dispute_type
from mediation.workflow.stages import Stage
from mediation.workflow.words import Answer, Question


def parts(found: Review) -> dict[str, Any]:
    dispute = found.volume.dispute
    unserved = [p for p in found.parties if p.served is None]
    return {
        "review": found,
        "dispute": dispute,
        "type_label": dispute_type(dispute.dispute_type).label,
        "points": list(_points(found)),
        "paragraphs": deed_views.paragraphs(found),
        "foot": deed_views.foot(found),
        "duties": deed_views.duties(found),
        "total": {"amount": yuan_short(found.total_fen), "capitals": fen_upper(found.total_fen)}
        if found.total_fen
        else None,
        "people": [_person(p) for p in found.parties],
        "findings": [_finding(f, n) for n, f in deed_views.numbered(found.findings)],
        "rest": Text("其余{n}项看过了，没有要提醒的。", "Nothing to note in the other {n} checks.")
        .with_(n=found.in_order),
        "given": [_given(a) for a in reversed(found.application.answers)],
        "serves": found.may_serve and bool(unserved),
        "answers": bool(found.kinds),
        "asks": bool(found.kinds) and dispute.stage in _QUESTIONS,
        "question": _QUESTIONS.get(dispute.stage),
        "rest_words": _RETURNED if dispute.stage is Stage.CONFIRMATION_PREPARED else _SETTLED,
        "answer_url": url_for("court.answer", reference=dispute.reference),
        "service_url": url_for("court.service", reference=dispute.reference),
        "back": {"text": Text("回到待收", "Back to the queue"), "url": url_for("court.queue")},
    }  # fmt: skip


_QUESTIONS = {
    Stage.CONFIRMATION_FILED: Text("收不收？", "Accept it or not?"),
    Stage.CONFIRMATION_ACCEPTED: Text("怎么裁定？", "How does the court rule?"),
}
_RETURNED = {
    "title": Text("退回去补正了", "Sent back for correction"),
    "reason": Text("调委会再交来，就回到“待收”。", "Once filed again it is back on the shelf."),
}
_SETTLED = {
    "title": Text("没有要记的了", "Nothing left to record"),
    "reason": Text("答复和送达都记下了。", "The answer and its service are recorded."),
}
Point = dict[str, Any]


def _point(on: Any, text: Text, state: str, *, near: bool = False) -> Point:
    shown = said(on) if not isinstance(on, Text) else on
    return {"day": shown, "text": text, "state": state, "near": near}


def _points(found: Review) -> Iterator[Point]:
    """What happened, what is due now, and what follows."""
    d, stage = found.dates, found.volume.dispute.stage
    yield _point(d.effective_on, Text("协议生效", "Agreement in effect"), "past")
    if d.filed_on is None:
        yield from _out(found)
        return
    text = Text(f"一起申请（第{d.day_filed}天）", f"Both applied (day {d.day_filed})")
    yield _point(d.filed_on, text, "past")
    if d.accepted_on is not None:
        yield _point(d.accepted_on, Text("法院收下", "Accepted"), "past")
    if d.ruled_on is not None:
        yield from _ruled(found)
    elif stage is Stage.CONFIRMATION_ACCEPTED:
        yield _to_rule(d, found)
    elif stage is Stage.CONFIRMATION_FILED:
        yield _to_answer(d, found)
        yield _point(
            Text("收下后15天", "15 days after that"),
            Text("争取作出裁定，最长30天", "Aim to rule; 30 days at most"),
            "ahead",
        )


def _out(found: Review) -> Iterator[Point]:
    by = found.dates.apply_by
    if by is not None:
        left = (by - found.volume.today).days
        text = Text("补正后再交，这是最后一天", "To be filed again by this last day")
        yield _point(by, text, "now", near=left <= 7)


def _to_answer(d: CourtDates, found: Review) -> Point:
    """Three days are the usual time and no law: the words say so, and they stay in ink."""
    left = _left(d.answer_by, found)
    text = Text(
        f"答复收不收，{left.zh}（通常三天）",
        f"Answer whether it is accepted, {left.en} (three days are usual)",
    )
    return _point(_by(d.answer_by), text, "now")


def _to_rule(d: CourtDates, found: Review) -> Point:
    assert d.rule_by is not None, "an accepted application has its last day"
    left = _left(d.rule_by, found)
    usual = said(d.target_on) if d.target_on else Text("", "")
    text = Text(
        f"最长到这天，{left.zh}；争取{usual.zh}前",
        f"At the latest, {left.en}; the aim is {usual.en}",
    )
    near = (d.rule_by - found.volume.today).days <= 7
    return _point(_by(d.rule_by), text, "now", near=near)


def _by(on: Any) -> Text:
    shown = said(on)
    return Text(f"{shown.zh}前", f"By {shown.en}")


def _left(on: Any, found: Review) -> Text:
    n = (on - found.volume.today).days
    if n < 0:
        return Text(f"过了{-n}天", f"{-n} days past")
    return Text("今天", "today") if n == 0 else Text(f"还剩{n}天", f"{n} days left")


def _ruled(found: Review) -> Iterator[Point]:
    ruling = found.ruling
    if ruling is None:
        return
    yield _point(ruling.answered_on, ruling.kind.value, "past")
    served = [p.served.served_on for p in found.parties if p.served]
    if len(served) == len(found.parties):
        yield _point(max(served), Text("都送达了", "Served on both"), "past")
    else:
        yield _point(Text("现在", "Now"), Text("记下送达", "Record service"), "now")


def _person(record: PartyRecord) -> dict[str, Any]:
    party = record.party
    about = [party.side.value, Text(f"{party.age}岁", f"aged {party.age}") if party.age else None]
    return {
        "name": party.name,
        "about": [a for a in about if a],
        "pairs": [
            *((q.value, _answered(q, consent)) for q, consent in record.answers),
            (Text("签字", "Signed"), _signed(record)),
            *([(Text("送达", "Served"), day(record.served.served_on))] if record.served else []),
        ],
    }


def _short(on: date) -> Text:
    """A day without its weekday, for what stands in brackets."""
    english = dates.said_day(on, "en").rsplit(" ", 1)[0]
    return Text(dates.said_day(on, "zh").split("年", 1)[1], english)


_TRUE = {Answer.YES: Text("属实", "as written")}


def _answered(question: Question, consent: Any) -> Text:
    """What they said themselves, how, on which day, and who wrote it down."""
    if consent is None:
        return Text("还没答", "no answer yet")
    words = _TRUE.get(consent.answer) if question is Question.TRUE else None
    words = words or consent.answer.value
    on, way = _short(consent.given_on), consent.way.value
    return Text(
        f"{words.zh}（{on.zh}，{way.zh}，{consent.recorded_by}记）",
        f"{words.en} ({on.en}, {way.en}, written down by {consent.recorded_by})",
    )


def _signed(record: PartyRecord) -> Text:
    signed = record.signature
    if signed is None:
        return Text("没有记下签字", "no signature recorded")
    on, way = _short(signed.signed_on), signed.way.value
    return Text(f"{way.zh}（{on.zh}）", f"{way.en} ({on.en})")


def _finding(finding: Any, n: int | None) -> dict[str, Any]:
    return {"n": n, "must": n is not None, "title": finding.title, "how": finding.how}


def _given(answer: Any) -> dict[str, Any]:
    """One answer of the court, as it was recorded."""
    more = [answer.number, answer.text]
    return {
        "day": said(answer.answered_on),
        "kind": answer.kind.value,
        "more": [m for m in more if m],
    }
