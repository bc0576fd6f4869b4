"""The agreement as it prints, clause by clause, with the words that a check found marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mediation.identity import sex_label
from mediation.money import fen_upper, yuan_short
from mediation.services.court_queue import Review
from mediation.services.findings import Finding
from mediation.web.pages import day, say
from mediation.wording import Text
from mediation.workflow.words import SignerKind

if TYPE_CHECKING:
    from mediation.models.agreements import Obligation

_NUMERALS = "一二三四五六七八九十"
# As many circled numbers as there are.
_MOST = 20
Parts = list[Any]


def numbered(findings: tuple[Finding, ...]) -> Iterator[tuple[int | None, Finding]]:
    """What is about a clause gets a number, which stands in the text as well; then the rest."""
    about = [f for f in findings if f.clause is not None][:_MOST]
    yield from enumerate(about, start=1)
    for finding in findings:
        if finding not in about:
            yield None, finding


def paragraphs(found: Review) -> list[Any]:
    agreement = found.agreement
    head = [_person(p.party) for p in found.parties]
    facts = [line for line in agreement.facts.splitlines() if line.strip()]
    agreed = Text("经调解，双方自愿达成如下协议：", "After mediation both freely agree:")
    clauses = [_clause(o, found) for o in found.obligations]
    rest = [
        say(Text(f"履行方式：{agreement.manner}", f"Manner: {agreement.manner}"))
        if agreement.manner
        else "",
        say(Text(f"履行地点：{agreement.spot}", f"Place: {agreement.spot}"))
        if agreement.spot
        else "",
    ]
    return [*head, *facts, say(agreed), *clauses, *(line for line in rest if line)]


def _person(party: Any) -> str:
    about = [
        Text(
            f"{party.side.value.zh}{party.name}", f"{party.side.value.en.capitalize()} {party.name}"
        ),
        sex_label(party.sex) if party.sex else None,
        Text(f"{party.age}岁", f"aged {party.age}") if party.age else None,
    ]
    said = [a for a in about if a]
    zh, en = "，".join(a.zh for a in said), ", ".join(a.en for a in said)
    return str(say(Text(f"{zh}。", f"{en}.")))


def numeral(n: int) -> Text:
    tens = "十" if n > 10 else ""
    zh = f"{tens}{_NUMERALS[(n - 1) % 10]}" if n < 20 else str(n)
    return Text(f"{zh}、", f"{n}. ")


def _clause(duty: Obligation, found: Review) -> Parts:
    names = {p.id: p.name for p in found.volume.dispute.parties}
    sentence, head = str(say(_sentence(duty, names))), str(say(numeral(duty.position)))
    about = [(n, f) for n, f in numbered(found.findings) if n and f.clause == duty.position]
    marks = [(n, f.words) for n, f in about if f.words and f.words in sentence]
    on_head = [n for n, f in about if (n, f.words) not in marks]
    parts: Parts = [{"text": head, "n": on_head[0]}] if on_head else [head]
    parts += [{"text": "", "n": n} for n in on_head[1:]]
    for n, words in marks:
        before, sentence = sentence.split(words, 1)
        parts += [before, {"text": words, "n": n}]
    return [*parts, sentence]


def _sentence(duty: Obligation, names: dict[int, str]) -> Text:
    """The words of the printed agreement (letters/base/terms.html), with the parties' names."""
    debtor, creditor = names[duty.debtor_id], names.get(duty.creditor_id or 0, "")
    what = duty.what.removeprefix(debtor).rstrip("。；;. \n")
    rider = Text(f"履行条件：{duty.condition}。", f" Condition: {duty.condition}.")
    said = _pays(duty, debtor, creditor, what) if duty.amount_fen else _does(duty, debtor, what)
    return Text(said.zh + rider.zh, said.en + rider.en) if duty.condition else said


def _pays(duty: Obligation, debtor: str, creditor: str, what: str) -> Text:
    assert duty.amount_fen is not None, "only what has a sum is paid"
    sum_ = yuan_short(duty.amount_fen)
    zh = f"{debtor}{_by_zh(duty)}{f'向{creditor}' if creditor else ''}支付{sum_}元（{fen_upper(duty.amount_fen)}）"
    en = f"{debtor} pays {f'{creditor} ' if creditor else ''}{sum_} yuan{_by_en(duty)}"
    zh += (f"，事由为：{what}" if what else "") + (f"，支付方式为：{duty.how}" if duty.how else "")
    en += (f", for: {what}" if what else "") + (f", how: {duty.how}" if duty.how else "")
    return Text(f"{zh}。", f"{en}.")


def _does(duty: Obligation, debtor: str, what: str) -> Text:
    how_zh = f"履行方式：{duty.how}。" if duty.how else ""
    how_en = f" How: {duty.how}." if duty.how else ""
    if duty.lasting:
        return Text(
            f"自本协议生效之日起，{debtor}{what}，长期有效。{how_zh}",
            f"From the day this takes effect, {debtor}: {what}, for good.{how_en}",
        )
    return Text(
        f"{debtor}{_by_zh(duty)}{what}。{how_zh}", f"{debtor}{_by_en(duty)}: {what}.{how_en}"
    )


def _by_zh(duty: Obligation) -> str:
    on = duty.due_on
    return f"于{on.year}年{on.month}月{on.day}日前" if on else ""


def _by_en(duty: Obligation) -> str:
    return f" by {day(duty.due_on)}" if duty.due_on else ""


def foot(found: Review) -> list[str]:
    """Who signed this copy, the seal, the day."""
    agreement, dispute = found.agreement, found.volume.dispute
    people = [(s.signer, s.way.value) for s in agreement.signatures if s.kind is SignerKind.PARTY]
    zh = "、".join(f"{name}（{way.zh}）" for name, way in people)
    en = ", ".join(f"{name} ({way.en})" for name, way in people)
    mediators = "、".join(s.signer for s in agreement.signatures if s.kind is SignerKind.MEDIATOR)
    lines = [
        Text(f"当事人：{zh}", f"Parties: {en}") if people else None,
        Text(f"人民调解员：{mediators}", f"Mediator: {mediators}") if mediators else None,
        Text(dispute.committee.name, dispute.committee.name),
        Text(day(agreement.made_on), day(agreement.made_on)) if agreement.made_on else None,
    ]
    return [str(say(line)) for line in lines if line]


def duties(found: Review) -> list[dict[str, Any]]:
    names = {p.id: p.name for p in found.volume.dispute.parties}
    return [_duty(o, names) for o in found.obligations]


def _duty(duty: Obligation, names: dict[int, str]) -> dict[str, Any]:
    debtor, creditor = names[duty.debtor_id], names.get(duty.creditor_id or 0)
    who = Text(f"{debtor}给{creditor}", f"{debtor} to {creditor}") if creditor else debtor
    return {
        "n": duty.position,
        "who": say(who),
        "what": duty.what,
        "amount": yuan_short(duty.amount_fen) if duty.amount_fen is not None else None,
        "due": _due(duty),
    }


def _due(duty: Obligation) -> Any:
    if duty.lasting:
        return Text("长期", "for good")
    return day(duty.due_on) if duty.due_on else (duty.condition or None)
