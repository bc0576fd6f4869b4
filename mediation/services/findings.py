"""What a reader of an agreement may want to look at: neutral notes, which never hold anything up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mediation.services.terms import capacity_settled
from mediation.services.volumes import Volume
from mediation.wording import Text
from mediation.workflow.words import Answer, Question

if TYPE_CHECKING:
    from mediation.models.agreements import Agreement, Obligation
    from mediation.models.applications import Application

WINDOW = timedelta(days=30)
# Words that leave open what, how much or by when (INT 358(5)).
_VAGUE = re.compile("尽快|尽早|适当|酌情|协商解决|另行协商|视情况|有钱时|等有条件")


@dataclass(frozen=True, slots=True)
class Finding:
    """`title` says what was seen, `how` what one may ask or write. `clause` is the item's number."""

    title: Text
    how: Text
    clause: int | None = None
    words: str = ""


Check = Callable[[Volume, "Agreement", "Application"], Iterator[Finding]]


def findings_of(
    volume: Volume, agreement: Agreement, application: Application
) -> tuple[tuple[Finding, ...], int]:
    """What the checks found, and how many of them found nothing."""
    results = [tuple(check(volume, agreement, application)) for check in CHECKS]
    found = tuple(finding for result in results for finding in result)
    return found, len([result for result in results if not result])


def vague_words(duty: Obligation) -> list[str]:
    return _VAGUE.findall(f"{duty.what}\n{duty.how}\n{duty.condition}")


def _undated(_: Volume, agreement: Agreement, __: Application) -> Iterator[Finding]:
    for duty in agreement.obligations:
        if duty.due_on is None and not duty.lasting:
            yield Finding(
                Text("第{n}条没有日期", "Item {n} has no date").with_(n=duty.position),
                Text("可问：哪天以前？", "One may ask: by which day?"),
                duty.position,
            )


def _vague(_: Volume, agreement: Agreement, __: Application) -> Iterator[Finding]:
    for duty in agreement.obligations:
        for word in vague_words(duty)[:1]:
            yield Finding(
                Text("第{n}条写的是“{word}”", "Item {n} says “{word}”, which is open").with_(
                    n=duty.position, word=word
                ),
                Text(
                    "可写成确定的日期、数目或做法。",
                    "A day, a sum or a way of doing it is clearer.",
                ),
                duty.position,
                word,
            )


def _no_payee(_: Volume, agreement: Agreement, __: Application) -> Iterator[Finding]:
    for duty in agreement.obligations:
        if duty.amount_fen is not None and duty.creditor_id is None:
            yield Finding(
                Text("第{n}条有钱，没写付给谁", "Item {n} has a sum but no payee").with_(
                    n=duty.position
                ),
                Text("可问：付给哪一位？", "One may ask: paid to whom?"),
                duty.position,
            )


def _no_way(_: Volume, agreement: Agreement, __: Application) -> Iterator[Finding]:
    for duty in agreement.obligations:
        if duty.amount_fen is not None and not duty.how.strip():
            yield Finding(
                Text("第{n}条没写怎么付", "Item {n} does not say how it is paid").with_(
                    n=duty.position
                ),
                Text("可问：现金还是转账？", "One may ask: in cash or by transfer?"),
                duty.position,
            )


def _due_late(_: Volume, agreement: Agreement, __: Application) -> Iterator[Finding]:
    effective = agreement.effective_on
    late = [
        d.position
        for d in agreement.obligations
        if effective and d.due_on and d.due_on > effective + WINDOW
    ]
    if late:
        said = "、".join(map(str, late))
        yield Finding(
            Text("第{n}条的日子在生效三十天以后", "Item {n} falls due after day 30").with_(n=said),
            Text(
                "那时已过申请确认的期限，所以现在申请。",
                "By then the time to apply is over, which is why they apply now.",
            ),
        )


def _no_evidence(volume: Volume, _: Agreement, __: Application) -> Iterator[Finding]:
    if not [e for e in volume.evidence if not e.void_reason]:
        yield Finding(
            Text("卷里没有证据材料", "There is no evidence in the volume"),
            Text(
                "可问：有没有借条、照片、转账记录？", "One may ask for an IOU, pictures, transfers."
            ),
        )


def _filed_late(_: Volume, agreement: Agreement, application: Application) -> Iterator[Finding]:
    effective, filed = agreement.effective_on, application.filed_on
    if effective and filed and filed > effective + WINDOW:
        yield Finding(
            Text("申请在生效三十天以后", "Filed more than 30 days after taking effect"),
            Text(
                "看最后一天是不是休息日，或是不是邮寄的。",
                "See whether the last day was a day of rest, or whether it was posted.",
            ),
        )


def _nobody_knows_them(volume: Volume, _: Agreement, __: Application) -> Iterator[Finding]:
    for party in volume.disputants:
        if not party.id_number or not party.address:
            yield Finding(
                Text("{name}的证件号或住址没有登记", "No ID number or address for {name}").with_(
                    name=party.name
                ),
                Text("到庭时核对证件。", "Check the card when both appear."),
            )


def _capacity(volume: Volume, _: Agreement, __: Application) -> Iterator[Finding]:
    for party in volume.disputants:
        if not capacity_settled(party):
            yield Finding(
                Text("{name}需要监护人，没有登记", "{name} needs a guardian, none named").with_(
                    name=party.name
                ),
                Text("可问：谁是监护人？", "One may ask: who is the guardian?"),
            )


def _status(_: Volume, agreement: Agreement, __: Application) -> Iterator[Finding]:
    if agreement.declares_status:
        yield Finding(
            Text("协议提到身份关系或归属", "The agreement speaks of status or ownership"),
            Text("这部分不在确认范围内。", "That part lies outside confirmation."),
        )


def _denied(volume: Volume, _: Agreement, __: Application) -> Iterator[Finding]:
    for party in volume.disputants:
        said = volume.answer(party, Question.TRUE)
        if said is not None and said.answer in (Answer.NOT_SO, Answer.NOT_ME):
            yield Finding(
                Text("{name}答的是“{answer}”", "{name} answered “{answer}”").with_(
                    name=party.name, answer=said.answer.value
                ),
                Text("到庭时当面问清。", "Ask in person when both appear."),
            )


def _unsaid(volume: Volume, _: Agreement, __: Application) -> Iterator[Finding]:
    for party in volume.disputants:
        said = volume.answer(party, Question.CONFIRMATION)
        if said is None or said.answer is not Answer.YES:
            yield Finding(
                Text("{name}没有记下愿意确认", "{name} has not said yes to confirmation").with_(
                    name=party.name
                ),
                Text("到庭时当面问清。", "Ask in person when both appear."),
            )


CHECKS: tuple[Check, ...] = (
    _undated, _vague, _no_payee, _no_way, _due_late, _no_evidence, _filed_late,
    _nobody_knows_them, _capacity, _status, _denied, _unsaid,
)  # fmt: skip
