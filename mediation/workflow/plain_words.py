"""What a party is told at each stage, and what they can answer for themselves there: in their words."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.wording import Text
from mediation.workflow.stages import Stage
from mediation.workflow.words import Question

Q, S = Question, Stage


@dataclass(frozen=True, slots=True)
class Told:
    """`stands` is where the matter is, `next` what comes; `asks` what the party may answer here."""

    stands: Text
    next: Text
    asks: tuple[Question, ...] = ()


def _told(zh: str, en: str, next_zh: str, next_en: str, *asks: Question) -> Told:
    return Told(Text(zh, en), Text(next_zh, next_en), asks)


_SETTLED = ("照说好的做。有一方没做到，打给调解员，也可以直接去法院。",
            "Do what was agreed. If the other side does not, call the mediator or go to court.")  # fmt: skip
_OVER = ("这边的事结束了。别的路一直都在。", "This is over here. The other ways stay open.")

# fmt: off
# One row a stage.
TOLD: dict[Stage, Told] = {
    S.REGISTERED: _told(
        "您的事登记了，还没开始调解。", "Your matter is registered; mediation has not begun.",
        "请看看写得对不对，说一说愿不愿意调解。", "Please say whether it is right and whether you want mediation.",
        Q.TRUE, Q.MEDIATION,
    ),
    S.NOT_ACCEPTED: _told(
        "这件事不归调解委员会办。", "The committee cannot take this matter.",
        "告知书上写了该去哪里。", "The notice says where to go.",
    ),
    S.REFERRED: _told(
        "这件事转给了更合适的部门。", "The matter was passed to a body better placed.",
        "移送函上写了转给谁。", "The letter says to whom.",
    ),
    S.ACCEPTED: _told(
        "调解委员会收下了这件事。", "The committee has taken the case.",
        "调解员会约时间。也可以先请一位大家敬重的人来劝一劝。",
        "The mediator will arrange a time. A respected neighbour may talk with you first.",
        Q.TRUE, Q.PERSUASION,
    ),
    S.PERSUADING: _told(
        "正在请人劝一劝。", "A respected person is talking with both sides.",
        "谈不拢就坐下来调解。", "If that is not enough, mediation begins.",
    ),
    S.MEDIATING: _told(
        "正在调解。", "Mediation is under way.",
        "等调解员约时间坐下来谈。", "The mediator will arrange a session.",
        Q.MORE_TIME, Q.ESCALATION,
    ),
    S.ESCALATED: _told(
        "交给了上一级调解委员会。", "It was handed to a higher committee.",
        "上级会有人联系您。", "They will contact you.",
    ),
    S.DRAFTING: _told(
        "谈成了，正在写协议。", "You agreed; the agreement is being written.",
        "写好了请您来看，来签。签字前随时可以不签。", "You will read and sign it. Until then you may still say no.",
        Q.CONFIRMATION,
    ),
    S.SIGNING: _told(
        "协议印好了，等签字。", "The agreement is printed and awaits signatures.",
        "看清楚再签。不想签可以不签。", "Read it well before signing. You need not sign.",
        Q.CONFIRMATION,
    ),
    S.ORALLY_AGREED: _told("口头谈成了。", "You agreed by word of mouth.", *_SETTLED, Q.CONFIRMATION),
    S.DONE_ON_SPOT: _told("谈成了，当场都做完了。", "Agreed, and done on the spot.", *_SETTLED),
    S.EFFECTIVE: _told("协议生效了。", "The agreement is in effect.", *_SETTLED, Q.CONFIRMATION),
    S.CONFIRMATION_PREPARED: _told(
        "正在准备司法确认的申请。", "The application to the court is being prepared.",
        "双方都愿意才交。不想要了，随时可以说。", "It is filed only if both want it; you may change your mind.",
        Q.CONFIRMATION,
    ),
    S.CONFIRMATION_FILED: _told(
        "申请交到法院了。", "The application is with the court.",
        "等法院答复。", "Wait for the court's answer.", Q.CONFIRMATION,
    ),
    S.CONFIRMATION_ACCEPTED: _told(
        "法院正在审查。", "The court is reviewing it.",
        "法院可能会打电话问您。", "The court may call you.", Q.CONFIRMATION,
    ),
    S.CONFIRMED: _told(
        "法院裁定协议有效。", "The court confirmed the agreement.",
        "有一方不做，另一方可以向法院申请强制执行。", "If one side does not perform, the other may have it enforced.",
    ),
    S.CONFIRMATION_NOT_ACCEPTED: _told(
        "法院没有收这份申请。", "The court did not take the application.", *_SETTLED, Q.REMEDIATION,
    ),
    S.CONFIRMATION_REFUSED: _told(
        "法院驳回了申请。", "The court refused the application.",
        "可以再谈、照着做，也可以去法院起诉。", "You may talk again, perform it all the same, or sue.",
        Q.REMEDIATION,
    ),
    S.CONFIRMATION_WITHDRAWN: _told("申请撤回了。", "The application was withdrawn.", *_SETTLED, Q.CONFIRMATION),
    S.CONFIRMATION_SET_ASIDE: _told(
        "法院撤销了确认裁定。", "The court set its ruling aside.",
        "可以再谈，也可以去法院起诉。", "You may talk again, or sue.", Q.REMEDIATION,
    ),
    S.PERFORMING: _told("正在照协议做。", "The agreement is being performed.", *_SETTLED, Q.CONFIRMATION),
    S.PERFORMED: _told(
        "都做完了。", "Everything was performed.", "调解员会回访。", "The mediator will visit once more.",
    ),
    S.BREACH: _told(
        "有一方到日子没做。", "One side has not performed in time.",
        "可以再约日子，也可以去法院。", "A new date can be agreed, or you may go to court.", Q.REMEDIATION,
    ),
    S.ENFORCEMENT: _told(
        "已向法院申请强制执行。", "Enforcement was sought from the court.",
        "等法院通知。", "Wait for the court.",
    ),
    S.WITHDRAWN: _told("调解申请撤回了。", "The application was withdrawn.", *_OVER),
    S.TERMINATED: _told("调解结束了，没有谈成。", "Mediation has ended without an agreement.", *_OVER),
    S.TO_COURT: _told("走了别的路。", "Another way was taken.", *_OVER),
    S.CLOSED: _told("这件事结案了。", "The case is closed.",
                    "没有真正解决的，九十天内在这里说一声，会换一位调解员来办。",
                    "If it is not settled, say so here within ninety days: another mediator takes it.",
                    Q.SOLVED),
    S.ARCHIVED: _told("案卷归档了。", "The file is archived.", *_OVER),
}
# fmt: on
