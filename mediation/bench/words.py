"""The clauses of a benchmark's agreement as sentences, for peers that know no letter of ours."""

from __future__ import annotations

from mediation.documents.casefile import Casefile
from mediation.money import fen_upper, yuan


def clauses(case: Casefile) -> list[str]:
    said = []
    for duty in case.agreement.obligations:
        sum_said = ""
        if duty.amount_fen:
            upper = fen_upper(duty.amount_fen)
            sum_said = (
                f"向{duty.creditor}支付人民币{yuan(duty.amount_fen)}元（大写：{upper}），事由为："
            )
        by = (
            f"于{duty.due_on.year}年{duty.due_on.month}月{duty.due_on.day}日前"
            if duty.due_on
            else ""
        )
        said.append(f"{duty.head}。{duty.debtor}{by}{sum_said}{duty.what}。{duty.how}")
    said += [f"{clause.head}。{clause.text}" for clause in case.agreement.clauses]
    said.append(
        "救济。双方可以自本协议生效之日起30日内，共同向有管辖权的人民法院申请司法确认。"
        "就本协议的履行或者内容发生争议的，任何一方都有权依法向人民法院提起诉讼。"
    )
    return [f"（{'一二三四五六七八九'[n]}）{text}" for n, text in enumerate(said)]
