"""Questions of the casework: persuasion, session, terms, signatures, performance, visit, mediator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, Form, FormField

from mediation.forms.base import BaseForm
from mediation.forms.fields import (
    ChoiceField,
    DayField,
    LineField,
    ListField,
    LongField,
    ManyField,
    NameField,
    TickField,
    YuanField,
    choices_of,
)
from mediation.services.agreements import (
    ObligationAnswers,
    SignatureAnswers,
    Signer,
    TermsAnswers,
)
from mediation.services.notes import TIES
from mediation.services.performances import PerformanceAnswers
from mediation.services.persuasions import PersuasionAnswers
from mediation.services.sittings import SittingAnswers
from mediation.services.visits import VisitAnswers
from mediation.wording import Text
from mediation.workflow.words import (
    PersuasionResult,
    SignerKind,
    SigningWay,
    SittingResult,
    Theme,
)

_DAY_HINT = Text("不写就是今天", "today if blank")
YES_NO = [("yes", Text("是", "yes")), ("no", Text("不是", "no"))]


class AssignmentForm(BaseForm):
    """Who handles it, and whether that person has ties to a party."""

    account_id = ChoiceField(Text("由谁来调解", "Who mediates"), required=True)
    chosen_by_party = TickField(Text("是当事人自己选的", "Chosen by the parties"))
    ties = ChoiceField(
        Text("和当事人有没有关系", "Ties to a party"), choices=list(TIES.items()), required=True
    )
    ties_text = LineField(Text("是什么关系，和谁", "What tie, to whom"), limit=200)
    reason = LineField(Text("为什么是这一位", "Why this person"), limit=200)


class PersuasionForm(BaseForm):
    """At most six answers that must be given (F12)."""

    persuader = NameField(Text("谁来劝的", "Who spoke with them"), required=True)
    tie = LineField(Text("和当事人的关系", "Tie to the parties"), limit=60)
    theme = ChoiceField(Text("从哪里说起", "The theme"), choices=choices_of(Theme), required=True)
    clause = ListField(Text("用到公约哪一条", "Covenant clause used"))
    said = LongField(Text("说了什么", "What was said"), limit=2000, rows=3)
    promise = LongField(Text("谁答应了什么", "What was promised, by whom"), limit=1000, rows=2)
    result = ChoiceField(
        Text("结果", "Result"), choices=choices_of(PersuasionResult), required=True
    )
    held_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)
    spot = LineField(Text("在哪里", "Where"), limit=80)
    next_on = DayField(Text("下次哪天", "Next time"))

    def offer(self, clauses: Sequence[tuple[str, str]]) -> None:
        """The clauses in force are chosen, not typed; without a covenant nothing is asked."""
        if not clauses:
            del self["clause"]
            return
        none = ("", Text("没有用到", "none"))
        self.clause.choices = [none, *((n, Text(f"{n}：{w}", f"{n}: {w}")) for n, w in clauses)]

    def answers(self) -> PersuasionAnswers:
        clause = self.clause.data if "clause" in self._fields else ""
        return PersuasionAnswers(
            persuader=self.persuader.data,
            tie=self.tie.data or "",
            theme=Theme[self.theme.data],
            clause=clause or "",
            said=self.said.data or "",
            promise=self.promise.data or "",
            result=PersuasionResult[self.result.data],
            held_on=self.held_on.data,
            spot=self.spot.data or "",
            next_on=self.next_on.data,
        )


class SittingForm(BaseForm):
    """Minutes are typed as people speak: 名字：话, one line each; a line without a name goes on."""

    spot = LineField(Text("在哪里谈的", "Where"), limit=80, required=True)
    held_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)
    begins = LineField(Text("几点开始", "Began at"), limit=5, width="short")
    ends = LineField(Text("几点结束", "Ended at"), limit=5, width="short")
    present = ManyField(Text("哪些人到了", "Who was present"))
    invited = LineField(
        Text("请来参加的人", "People invited"), limit=200,
        hint=Text("只写委员会请来的，要当事人同意", "only those the committee invited, with consent"),
    )  # fmt: skip
    recorder = NameField(Text("谁记的", "Who took the minutes"), limit=40)
    minutes = LongField(
        Text("谈了什么", "What was said"), limit=20000, rows=12, required=True,
        hint=Text("一行一句，写成“名字：话”", "one line each, as “name: words”"),
    )  # fmt: skip
    result = ChoiceField(Text("结果", "Result"), choices=choices_of(SittingResult), required=True)
    outcome = LongField(Text("结果说明", "Outcome in a sentence"), limit=1000, rows=2)
    rights_told = TickField(Text("开始前说过权利义务", "Rights and duties were told before"))
    read_back = TickField(Text("记录念给当事人听过，或他们自己看过", "Minutes were read back"))
    open_session = TickField(Text("当事人要求公开调解", "The parties asked for an open session"))

    def answers(self) -> SittingAnswers:
        return SittingAnswers(
            spot=self.spot.data,
            held_on=self.held_on.data,
            begins=self.begins.data or "",
            ends=self.ends.data or "",
            present="、".join(self.present.data or ())[:200],
            invited=self.invited.data or "",
            recorder=self.recorder.data or "",
            lines=spoken_lines(self.minutes.data),
            result=SittingResult[self.result.data],
            outcome=self.outcome.data or "",
            rights_told=bool(self.rights_told.data),
            read_back=bool(self.read_back.data),
            open_session=bool(self.open_session.data),
        )


def spoken_lines(minutes: str) -> tuple[tuple[str, str], ...]:
    """`名字：话` per line; a line that names nobody belongs to the one before."""
    lines: list[tuple[str, str]] = []
    for raw in minutes.splitlines():
        who, colon, words = raw.strip().replace(":", "：", 1).partition("：")
        if colon and who and len(who) <= 20:
            lines.append((who.strip(), words.strip()))
        elif lines and raw.strip():
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}\n{raw.strip()}")
        elif raw.strip():
            lines.append(("", raw.strip()))
    return tuple(lines)


class ObligationForm(Form):
    """One item of the agreement: who, to whom, what, how much, how, by when."""

    debtor_id = ListField(Text("谁", "Who"))
    creditor_id = ListField(Text("给谁", "To whom"))
    what = LineField(Text("做什么", "What"), limit=500)
    amount_fen = YuanField(Text("多少钱（元）", "Sum (yuan)"), width="money")
    how = LineField(Text("怎么付、怎么做", "How"), limit=200)
    due_on = DayField(Text("哪天前", "By when"))
    lasting = TickField(Text("一直要这样做，没有哪一天", "For good, no date"))
    condition = LineField(Text("有什么条件", "On what condition"), limit=200)

    def is_blank(self) -> bool:
        return not any((self.what.data, self.amount_fen.data, self.amount_fen.raw, self.due_on.raw))

    def validate(self, extra_validators: object = None) -> bool:
        if self.is_blank():
            return True
        ok = bool(super().validate(extra_validators))  # type: ignore[arg-type]
        for field, sentence in (
            (self.debtor_id, Text("选由谁来做。", "Choose who does it.")),
            (self.what, Text("写要做什么。", "Write what is to be done.")),
        ):
            if not field.data:
                field.errors = [*field.errors, sentence]  # type: ignore[list-item]  # Text, not str
                ok = False
        return ok

    def answers(self) -> ObligationAnswers:
        return ObligationAnswers(
            debtor_id=int(self.debtor_id.data),
            creditor_id=int(self.creditor_id.data) if self.creditor_id.data else None,
            what=self.what.data,
            amount_fen=self.amount_fen.data,
            how=self.how.data or "",
            due_on=self.due_on.data,
            lasting=bool(self.lasting.data),
            condition=self.condition.data or "",
        )


_MOST_ITEMS = 40


class TermsForm(BaseForm):
    """The agreement as data; the paper's clauses are drawn from the same rows."""

    facts = LongField(Text("主要事实", "Main facts"), limit=5000, rows=4, required=True)
    issues = LongField(Text("争议的事项", "What is in dispute"), limit=2000, rows=2)
    responsibility = LongField(Text("各方的责任", "Responsibility"), limit=2000, rows=2)
    obligations = FieldList(
        FormField(ObligationForm),
        label=Text("谁要做什么", "Who does what"),  # type: ignore[arg-type]
        min_entries=2,
        max_entries=_MOST_ITEMS,
    )
    manner = LongField(Text("履行方式", "Manner of performance"), limit=1000, rows=2)
    spot = LineField(Text("履行地点", "Place of performance"), limit=80)
    declares_status = TickField(
        Text(
            "里面有宣告婚姻、亲子、收养关系，或宣告房地归谁所有的话",
            "Some term declares marriage, parentage, adoption or who owns land or a house",
        )
    )

    def __init__(self, formdata: object = None, **rest: object) -> None:
        super().__init__(formdata, **rest)
        if formdata is None and len(self.obligations) < _MOST_ITEMS:
            self.obligations.append_entry()  # room for one more, without any script

    def offer(self, parties: list[tuple[str, Text]]) -> None:
        """Let every item choose among the parties."""
        for entry in self.obligations:
            entry.form.debtor_id.choices = parties
            entry.form.creditor_id.choices = parties

    def answers(self) -> TermsAnswers:
        return TermsAnswers(
            facts=self.facts.data,
            issues=self.issues.data or "",
            responsibility=self.responsibility.data or "",
            manner=self.manner.data or "",
            spot=self.spot.data or "",
            declares_status=bool(self.declares_status.data),
            obligations=tuple(
                entry.form.answers() for entry in self.obligations if not entry.form.is_blank()
            ),
        )


class SignatureForm(BaseForm):
    """Everybody who signed the frozen copy on one day; who did not sign yet stays blank."""

    witness = NameField(
        Text("见证人", "Witness"),
        hint=Text("只按指印的要写，不能是调解员", "for a lone fingerprint; not the mediator"),
    )
    signed_on = DayField(Text("哪天签的", "On which day"), hint=_DAY_HINT)
    signers: Sequence[Signer] = ()

    def answers(self) -> tuple[SignatureAnswers, ...]:
        return tuple(
            SignatureAnswers(
                kind=signer.kind,
                party_id=signer.party_id,
                way=SigningWay[self[signer.key].data],
                witness=self.witness.data or "",
                signed_on=self.signed_on.data,
            )
            for signer in self.signers
            if self[signer.key].data
        )


_WAYS = {
    SignerKind.PARTY: tuple(SigningWay),
    SignerKind.MEDIATOR: (SigningWay.SIGNED, SigningWay.SIGNED_AND_FINGERPRINT),
    SignerKind.SEAL: (SigningWay.SEALED,),
}


def signature_form(signers: Sequence[Signer], formdata: Any = None) -> SignatureForm:
    """The form with one question for each who has yet to sign: how did they?"""

    class _OfThese(SignatureForm):
        pass

    for signer in signers:
        ways = [("", Text("还没有", "not yet")), *((w.name, w.value) for w in _WAYS[signer.kind])]
        words = Text(f"{signer.label.zh}：怎么签的", f"{signer.label.en}: how")
        setattr(_OfThese, signer.key, ChoiceField(words, choices=ways))
    form = _OfThese(formdata)
    form.ask_last("witness", "signed_on")
    form.signers = signers
    return form


class PerformanceForm(BaseForm):
    obligation_id = ChoiceField(Text("哪一条", "Which item"), required=True)
    amount_fen = YuanField(Text("付了多少钱（元）", "Sum paid (yuan)"), width="money")
    proof = LineField(
        Text("凭什么说履行了", "Proof"), limit=200, required=True,
        hint=Text("收条、转账记录，或谁看见的", "receipt, transfer, or who saw it"),
    )  # fmt: skip
    done_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)

    def answers(self) -> PerformanceAnswers:
        return PerformanceAnswers(
            obligation_id=int(self.obligation_id.data),
            amount_fen=self.amount_fen.data,
            proof=self.proof.data,
            done_on=self.done_on.data,
        )


class VisitForm(BaseForm):
    """Three questions about fairness, not about winning."""

    party_id = ListField(Text("问的是谁", "Who was asked"))
    performed = ChoiceField(Text("说好的做到了吗", "Was it performed?"), choices=YES_NO)
    heard = ChoiceField(Text("听你说完了吗", "Were you heard out?"), choices=YES_NO)
    respected = ChoiceField(Text("受到尊重了吗", "Were you respected?"), choices=YES_NO)
    findings = LongField(Text("情况怎么样", "What was found"), limit=2000, rows=3, required=True)
    way = LineField(
        Text("怎么回访的", "How"), limit=40, hint=Text("上门、打电话", "visit, telephone")
    )
    visited_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)

    def answers(self) -> VisitAnswers:
        return VisitAnswers(
            party_id=int(self.party_id.data) if self.party_id.data else None,
            performed=self.performed.data or "",
            heard=self.heard.data or "",
            respected=self.respected.data or "",
            findings=self.findings.data,
            way=self.way.data or "",
            visited_on=self.visited_on.data,
        )
