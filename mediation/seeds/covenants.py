"""Three invented covenants of the practice county: one posted and signed, one adopted, one in draft."""

from __future__ import annotations

from datetime import timedelta

from mediation.clock import Clock
from mediation.seeds.county import County
from mediation.services import covenants
from mediation.services.acts import Hand
from mediation.services.covenants import AdoptionAnswers, ClauseAnswers, TextAnswers
from mediation.workflow.words import MeetingKind

# fmt: off
# Head, text, and both in English; a clause a line, as it is read.
# ruff: noqa: E501
_CLAUSES = (
    ("以和为贵", "低头不见抬头见，见面先打招呼。小事各让一步，不把气留到第二天。",
     "Harmony first", "We meet every day, so greet each other. In small things each side gives way; no anger is kept overnight."),
    ("孝亲睦家", "老人有人问，孩子有人管，夫妻有话好好说。家里不动手，遇到暴力马上打110。",
     "Care at home", "The old are looked after, children are cared for, couples talk. Nobody raises a hand; whoever meets violence calls 110."),
    ("说话算数", "借了要还，答应了要做。写进协议的事，到日子一件一件办好。",
     "Keeping one's word", "What is borrowed is returned, what is promised is done, and an agreement is kept by its date."),
    ("田边有界", "田埂、水沟、滴水照老界，动土先和邻家说一声。",
     "Boundaries", "Field ridges, ditches and eaves keep their old lines; tell the neighbour before digging."),
    ("公用有序", "路上不堆柴，夜里放低声，狗要拴绳，车停在线里。",
     "Shared ground", "No firewood on the road, low voices at night, dogs on the lead, cars within the lines."),
    ("先静后说", "气头上不骂人、不动手，不在群里攻击人，不叫人来壮声势。",
     "Calm first", "In anger nobody insults, strikes, attacks others online or calls a crowd."),
    ("有事先谈", "自己先谈，谈不拢请长辈劝，再不行自愿找调解委员会。",
     "Talk first", "Talk first; then ask an elder; then, of your own will, the mediation committee."),
    ("实话实说", "调解时讲真话，听对方讲完，尊重调解员。",
     "Truth", "In mediation tell the truth, hear the other side out, respect the mediator."),
    ("法院有门", "调解不收钱，谈不拢随时可以去法院，谁也不能拦。",
     "The court is open", "Mediation is free; whoever does not settle may go to court at any time, and nobody may stop them."),
    ("邻里相帮", "谁家有难大家搭把手，看到苗头早说一声。",
     "Helping", "Lend a hand in need, and speak early when trouble begins."),
)
# fmt: on
_PREAMBLE = "我们同饮一溪水，日子要一起过，话要好好说。经大家商量，约定如下："
_PREAMBLE_EN = (
    "We drink from one stream and live side by side, so let us talk well. We have agreed:"
)
_HOUSEHOLDS = ("陈水根", "罗大年", "周有福", "吴秀珍", "何满仓", "段春生")


def plant_covenants(county: County, clock: Clock) -> None:
    """Through the same services as the pages, on the day of the clock."""
    _posted(county, "hetianming", "柳溪村", "柳林镇人民政府")
    _adopted(county, "fengdegui", "桂花社区")
    by = county.hand("luyan")
    draft = covenants.start(county.places["织里社区"], by=by)
    covenants.write(draft, _text(8), by=by)


def _text(how_many: int) -> TextAnswers:
    clauses = tuple(
        ClauseAnswers(head=head, text=text, head_en=head_en, text_en=text_en)
        for head, text, head_en, text_en in _CLAUSES[:how_many]
    )
    return TextAnswers(preamble=_PREAMBLE, preamble_en=_PREAMBLE_EN, clauses=clauses)


def _posted(county: County, login: str, place: str, office: str) -> None:
    by = county.hand(login)
    reference = covenants.start(county.places[place], by=by)
    covenants.write(reference, _text(10), by=by)
    covenants.adopt(reference, _vote(by, MeetingKind.VILLAGERS, 412, 268, 251), by=by)
    covenants.file(reference, by.today, office, by=by)
    covenants.post(reference, by.today, by=by)
    for household in _HOUSEHOLDS:
        covenants.sign(reference, household, by.today, by=by)


def _adopted(county: County, login: str, place: str) -> None:
    by = county.hand(login)
    reference = covenants.start(county.places[place], by=by)
    covenants.write(reference, _text(9), by=by)
    covenants.adopt(reference, _vote(by, MeetingKind.REPRESENTATIVES, 51, 40, 37), by=by)


def _vote(
    by: Hand, meeting: MeetingKind, entitled: int, present: int, agreed: int
) -> AdoptionAnswers:
    today = by.today
    return AdoptionAnswers(
        meeting=meeting, noticed_on=today - timedelta(days=20), met_on=today - timedelta(days=3),
        entitled=entitled, present=present, agreed=agreed,
    )  # fmt: skip
