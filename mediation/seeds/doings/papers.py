"""What good work prints though no move asks for it: an inquiry, a photograph, papers on request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO

from PIL import Image

from mediation.seeds.walk import Walker
from mediation.services import evidence, inquiries, paper_requests
from mediation.services.paper_requests import RequestAnswers
from mediation.workflow.documents import Document as D
from mediation.workflow.documents import makes_sense
from mediation.workflow.stages import Stage as S
from mediation.workflow.transitions import Transition
from mediation.workflow.words import ServiceWay

ON_REQUEST = tuple(d for d in D if d.value.on_request)
# Where somebody would print it; else as soon as it makes sense.
_AT = {
    D.POWER_OF_ATTORNEY: (S.ACCEPTED, S.PERSUADING, S.MEDIATING),
    D.EVIDENCE_LIST: (S.PERSUADING, S.MEDIATING),
    D.NOTICE_LETTER: (S.ACCEPTED, S.MEDIATING),
    D.SERVICE_RECEIPT: (S.PERSUADING, S.MEDIATING, S.EFFECTIVE),
    D.PERFORMANCE_SHEET: (S.PERFORMED, S.CLOSED),
    D.CLOSING_REPORT: (S.CLOSED,),
    D.VOLUME_NOTE: (S.CLOSED,),
}
_TALKING = (S.PERSUADING, S.MEDIATING)
_NEXT_WEEK = timedelta(days=5)


class Printing:
    """Prints each of the wanted papers once, at the first move before which it makes sense."""

    def __init__(self, w: Walker, wanted: Iterable[D]) -> None:
        self.w, self.left = w, list(wanted)
        self.look_into = D.EVIDENCE_LIST in self.left

    def __call__(self, _: Transition | None = None) -> None:
        if not self.left:
            return
        stage = self.w.stage
        if self.look_into and stage in _TALKING:
            self.look_into = False
            ask_around(self.w)
            keep_photograph(self.w)
        facts = self.w.facts()
        now = [d for d in self.left if stage in _AT.get(d, (stage,)) and makes_sense(d, facts)]
        for document in now:
            self.left.remove(document)
            ask_for(self.w, document)


def ask_for(w: Walker, document: D) -> None:
    paper_requests.request_paper(w.reference, document, _answers(w), by=w.keeper())
    w.pause()


def _answers(w: Walker) -> RequestAnswers:
    """Every question at once: each paper takes what is its own."""
    volume = w.volume()
    return RequestAnswers(
        parties=tuple(p.id for p in volume.disputants),
        agents=tuple(one.id for _, one in paper_requests.agents(volume)),
        served=tuple(p.public_id for p in paper_requests.to_serve(volume)),
        way=ServiceWay.IN_PERSON,
        on=volume.today + _NEXT_WEEK,
        at="14:30",
        spot=w.story.spot,
        purpose="坐下来谈这件事",
        bring=("身份证", "与这件事有关的单据、照片"),
        text="按一案一卷立卷。收条是复印件，原件由当事人自己保存。",
    )


def ask_around(w: Walker) -> None:
    """Somebody who knows both sides is asked what they saw."""
    told = w.story
    answers = inquiries.InquiryAnswers(
        asked="附近的住户", tie="住在附近，看见过", spot=told.spot, begins="15:00", ends="15:20",
        lines=(
            ("问", "", "我们是调委会的，想问问这件事。知道多少说多少，不愿意说可以不说。"),
            ("答", "", "愿意说。"),
            ("问", "", "您看到的、听到的是怎样？"),
            ("答", "", told.facts[:400] or "两边都跟我说过，各有各的难处。"),
            ("问", "", "还有要补充的吗？"),
            ("答", "", "没有了，希望早点说好。"),
        ),
    )  # fmt: skip
    inquiries.record_inquiry(w.reference, answers, by=w.keeper())
    w.pause()


def keep_photograph(w: Walker) -> None:
    """A picture stands for what people bring; nothing of anybody is on it."""
    picture = BytesIO()
    Image.new("RGB", (900, 1200), (222, 226, 222)).save(picture, "PNG")
    answers = evidence.EvidenceAnswers(
        name="现场照片", source=w.volume().disputants[0].name, file_name="现场照片.png",
        content=picture.getvalue(),
    )  # fmt: skip
    evidence.add(w.reference, answers, limit=1 << 20, by=w.keeper())
    w.pause()
