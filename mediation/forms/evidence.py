"""Handing in a piece of evidence, and setting one aside."""

from __future__ import annotations

from wtforms import FileField

from mediation import uploads
from mediation.forms.base import BaseForm
from mediation.forms.fields import Asked, DayField, LineField, ListField, choices_of
from mediation.wording import Text
from mediation.workflow.documents import VolumeItem


class UploadField(Asked, FileField):
    """The bytes are the page's to read; only whether there are any is asked here."""

    kind = "file"
    accept = ",".join(uploads.KEPT)


class EvidenceForm(BaseForm):
    file = UploadField(
        Text("文件", "File"), required=False,
        hint=Text(
            "PDF、照片或录音录像，最大20兆；纸的拍张照就行",
            "a PDF, photo or recording up to 20 MB; a photo of the paper will do",
        ),
    )  # fmt: skip
    name = LineField(
        Text("这是什么", "What it is"), limit=80, required=True,
        hint=Text("例如：2024年3月的借条", "for example: the IOU of March 2024"),
    )  # fmt: skip
    source = LineField(Text("谁给的", "Who gave it"), limit=40, required=True)
    received_on = DayField(
        Text("哪天收到的", "Received on"), hint=Text("不写就是今天", "today if blank")
    )
    item = ListField(
        Text("放在卷宗哪一项", "Where it goes in the volume"),
        choices=choices_of(i for i in VolumeItem if i is not VolumeItem.NONE), default="EVIDENCE",
        hint=Text(
            "身份证、收条、签好字的协议拍了照，选它自己那一项",
            "a photo of an identity card, a receipt, a signed agreement has its own place",
        ),
    )  # fmt: skip


class SetAsideForm(BaseForm):
    reason = LineField(Text("为什么不作数", "Why it does not count"), limit=120, required=True)
