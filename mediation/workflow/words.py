"""The words of the field: the closed lists that questions are answered with, in both languages."""

from __future__ import annotations

from enum import Enum

from mediation.wording import Text


class PlaceKind(Enum):
    COUNTY = Text("县（市、区）", "County")
    TOWNSHIP = Text("镇（乡）", "Township")
    STREET = Text("街道", "Street office")
    VILLAGE = Text("村", "Village")
    COMMUNITY = Text("社区", "Community")
    GRID = Text("网格", "Grid")

    @property
    def label(self) -> Text:
        return self.value


class CommunityType(Enum):
    """分类治理: the six types of community the county's practice tells apart."""

    OLD_TOWN = Text("老旧城区", "Old town quarter")
    RESETTLEMENT = Text("安置小区", "Resettlement estate")
    RURAL = Text("农村社区", "Rural community")
    HAMLET = Text("自然院落（林盘）", "Hamlet (linpan)")
    CULTURE = Text("文创社区", "Culture and arts community")
    INDUSTRY = Text("产业社区", "Industrial community")

    @property
    def label(self) -> Text:
        return self.value


class Initiation(Enum):
    """The two official sources of the intake register (PML 17)."""

    APPLICATION = Text("当事人申请", "on application")
    OWN_MOTION = Text("人民调解委员会主动调解", "on the committee's own motion")


class Channel(Enum):
    """How the matter reached us."""

    COUNTER = Text("当面来说", "in person")
    PHONE = Text("打电话", "by telephone")
    VISIT = Text("上门走访", "on a home visit")
    GRID = Text("网格发现", "found by a grid worker")
    POLICE = Text("公安移送", "sent by the police")
    COURT = Text("法院委派、委托", "sent by a court")
    PETITION = Text("信访等部门移送", "sent by another agency")
    HOTLINE = Text("热线", "hotline")
    IMPORT = Text("批量导入", "imported")


class Urgency(Enum):
    ORDINARY = Text("一般", "ordinary")
    SOON = Text("要快", "soon")
    AT_ONCE = Text("马上", "at once")


class Side(Enum):
    APPLICANT = Text("申请人", "applicant")
    RESPONDENT = Text("对方", "other side")
    THIRD = Text("有关的人", "third person")


class PartyKind(Enum):
    PERSON = Text("个人", "person")
    ENTITY = Text("单位", "organisation")


class RepresentativeKind(Enum):
    AGENT = Text("委托代理人", "agent")
    GUARDIAN = Text("监护人", "guardian")
    HELPER = Text("帮忙的家人", "helper")


class Question(Enum):
    """What a party can be asked. Each answer is its own row; the latest one counts."""

    TRUE = Text("这件事属实吗", "Is this matter as written?")
    MEDIATION = Text("愿不愿意调解", "Do you want mediation?")
    PERSUASION = Text("同不同意请人劝导", "May a respected person talk with you?")
    MORE_TIME = Text("同不同意延长调解", "Do you agree to more time?")
    ESCALATION = Text("同不同意交上一级调解", "Do you agree to a higher tier?")
    CONFIRMATION = Text("要不要司法确认", "Do you want judicial confirmation?")
    REMEDIATION = Text("愿不愿意再谈", "Would you mediate again?")
    SCREEN_SIGNATURE = Text("同不同意在屏幕上签字", "May you sign on a screen?")
    PERSONAL_DATA = Text("同不同意按告知书处理个人信息", "Do you agree to the use of your data?")
    SOLVED = Text("这件事真的解决了吗", "Is it really settled?")
    MEDIATOR_TIES = Text("知道调解员的关系，仍同意由他调解", "Knowing the ties, do you accept?")


class Answer(Enum):
    YES = Text("同意", "yes")
    NO = Text("不同意", "no")
    NOT_SO = Text("不属实", "not as written")
    NOT_ME = Text("没有这回事", "this is not me")


class Way(Enum):
    IN_PERSON = Text("当面说的", "said in person")
    PHONE = Text("电话里说的", "said by telephone")
    PAPER = Text("写在纸上", "in writing")
    OWN_PAGE = Text("本人凭案件码答的", "answered on their own case page")
    AGENT = Text("代理人或监护人说的", "said by the agent or guardian")


class NoteKind(Enum):
    DANGER_CHECK = Text("看有没有危险", "Danger check")
    RIGHTS_READING = Text("念权利义务", "Rights read out")
    CONFLICT = Text("调解员的关系", "Mediator's ties")
    NON_ACCEPTANCE = Text("不予受理的理由", "Ground for not accepting")
    REFERRAL = Text("转介", "Referral")
    ESCALATION = Text("上交", "Escalation")
    TERMINATION = Text("终止的原因", "Reason for ending")
    URGING = Text("督促履行", "Urging")
    NEW_DATE = Text("另约日子", "New date agreed")
    NO_VISIT = Text("不回访的原因", "Why no return visit")
    RETENTION = Text("保管期限", "Retention")
    CORRECTION = Text("更正", "Correction")
    CALL = Text("打电话", "Telephone call")


class Theme(Enum):
    FILIAL = Text("孝：敬老爱幼", "care within the family")
    HARMONY = Text("和：以和为贵", "harmony")
    FAITH = Text("信：说话算数", "keeping one's word")
    RIGHT = Text("义：通情达理", "fairness")
    COURTESY = Text("礼：互相尊重", "courtesy")
    LAW = Text("法：懂法守法", "knowing the law")


class PersuasionResult(Enum):
    SETTLED = Text("谈拢了", "settled")
    WILLING = Text("愿意坐下来调解", "willing to mediate")
    AGAIN = Text("再劝一次", "to be tried again")
    FAILED = Text("没谈拢，要求调解", "not settled, mediation asked for")
    REFUSED = Text("不愿意再谈", "does not want to talk")


class SittingResult(Enum):
    AGREED = Text("达成一致", "agreed")
    CONTINUE = Text("下次再谈", "to be continued")
    NOT_AGREED = Text("没有谈成", "not agreed")


class ServiceWay(Enum):
    """How papers reach a party; electronically only where they agreed to it themselves (CPL 90)."""

    IN_PERSON = Text("当面交给本人", "handed over in person")
    HOUSEHOLD = Text("交给同住的成年家属", "handed to an adult of the household")
    POST = Text("邮寄", "by post")
    ELECTRONIC = Text("电子送达（本人同意过）", "electronically, as the party agreed")
    ENTRUSTED = Text("请别的单位代送", "through another body")


class AgreementForm(Enum):
    WRITTEN = Text("书面协议", "written")
    ORAL = Text("口头协议", "oral")


class AgreementState(Enum):
    DRAFT = Text("草稿", "draft")
    SIGNING = Text("签字稿", "signing copy")
    EFFECTIVE = Text("已生效", "in effect")
    WITHDRAWN = Text("已撤回", "taken back")
    SUPERSEDED = Text("已被替代", "superseded")


class SignerKind(Enum):
    PARTY = Text("当事人", "party")
    MEDIATOR = Text("人民调解员", "mediator")
    SEAL = Text("调委会盖章", "committee's seal")


class SigningWay(Enum):
    SIGNED = Text("亲笔签名", "signed by hand")
    SIGNED_AND_FINGERPRINT = Text("签名并按指印", "signed with a fingerprint")
    FINGERPRINT = Text("按指印，有见证人", "fingerprint with a witness")
    SEALED = Text("盖章", "sealed")


class Competence(Enum):
    """Why the court is competent (CPL 205)."""

    INVITING = Text("由该院邀请调解", "the court invited the mediation")
    DOMICILE = Text("一方当事人住所地", "a party's domicile")
    SUBJECT = Text("标的物所在地", "where the subject matter lies")
    COMMITTEE = Text("调解组织所在地", "where the committee sits")


# The one ground of non-acceptance that leaves another try (INT 355(2)).
WRONG_COURT = "wrong_court"


class AnswerKind(Enum):
    ACCEPTED = Text("受理", "accepted")
    CORRECTION = Text("退回补正", "returned for correction")
    NOT_ACCEPTED = Text("裁定不予受理", "not accepted")
    CONFIRMED = Text("裁定有效", "confirmed")
    REFUSED = Text("裁定驳回", "refused")
    WITHDRAWN = Text("准许撤回或按撤回处理", "withdrawn")
    SET_ASIDE = Text("裁定撤销", "set aside")


class PaperState(Enum):
    WAITING = Text("正在准备", "being prepared")
    READY = Text("有", "ready")
    FAILED = Text("没有印成", "could not be drawn")
    WITHDRAWN = Text("已撤回", "taken back")


class CovenantState(Enum):
    DRAFT = Text("起草中", "in draft")
    ADOPTED = Text("已通过", "adopted")
    FILED = Text("已备案", "filed")
    POSTED = Text("已公示", "posted")
    REPEALED = Text("已废止", "repealed")


class MeetingKind(Enum):
    """Who may adopt, with the floors of VIL 25 and RES 26."""

    VILLAGERS = Text("村民会议", "villagers' meeting")
    RESIDENTS = Text("居民会议", "residents' meeting")
    REPRESENTATIVES = Text("居民（村民）代表会议", "representatives' meeting")
