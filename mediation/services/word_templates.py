"""Word templates of a site: sent, looked through, tried with an example, put to use, taken back.

Every version is kept for ever with who sent it, when and why. Which one counts is a second list,
only added to: going back to an earlier version is one more line in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from mediation import cleaning, codes
from mediation.documents.casefile import Casefile, from_plain
from mediation.documents.word import container, marking, starter
from mediation.documents.word.copy import DOCX
from mediation.documents.word.placeholders import LIKEWISE, Placeholder, must_have, names_on
from mediation.documents.word.site import Finding, filled, look_through
from mediation.errors import Invalid, NotFound, Refused
from mediation.models import history, word_templates
from mediation.models.database import db
from mediation.models.word_templates import TemplateChoice, WordTemplate
from mediation.paths import LETTERS
from mediation.permissions import Permission
from mediation.services import site
from mediation.services.acts import Hand, free_act
from mediation.services.paper_files import PaperFile
from mediation.services.word_copies import template_file
from mediation.wording import Text
from mediation.workflow.documents import Document

_MAY = Permission.KEEP_TEMPLATES
_NOT_YET = Text(
    "先改好下面写明的地方，传一个新版本，再启用。",
    "First put right what is named, send a new version, then use it.",
)
_ALREADY = Text("现在用的就是这个版本。", "This version is in use already.")
_SHIPPED_ALREADY = Text("现在用的就是自带的样式。", "The shipped design is in use already.")
_SAME = Text(
    "这个文件和第{n}版一模一样。要用回它，打开第{n}版启用。",
    "This file is the same as version {n}. To use that again, open it and put it to use.",
)


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of paper: how many versions there are, and which one counts; 0 for the shipped design."""

    document: Document
    versions: int
    in_use: int

    @property
    def slug(self) -> str:
        return slug_of(self.document)


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    file_name: str
    why: str
    by_name: str
    at: datetime
    digest: str
    in_use: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """From when which version counted; 0 for the shipped design."""

    number: int
    why: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KindPage:
    """`names` are those to show; `likewise` stand for the third party and on."""

    document: Document
    versions: tuple[Version, ...]
    choices: tuple[Choice, ...]
    names: tuple[Placeholder, ...]
    likewise: tuple[str, ...]
    must: tuple[str, ...]
    in_use: int

    @property
    def slug(self) -> str:
        return slug_of(self.document)


@dataclass(frozen=True, slots=True)
class VersionPage:
    document: Document
    version: Version
    findings: tuple[Finding, ...]

    @property
    def slug(self) -> str:
        return slug_of(self.document)

    @property
    def usable(self) -> bool:
        return not any(f.serious for f in self.findings)


def slug_of(document: Document) -> str:
    return document.folder.replace("_", "-")


def _document(slug: str) -> Document:
    found = Document.__members__.get(slug.upper().replace("-", "_"))
    if found is None:
        raise NotFound
    return found


def kinds(*, by: Hand) -> tuple[KindLine, ...]:
    counts, now = word_templates.counts(), word_templates.chosen_now()
    return tuple(KindLine(d, counts.get(d.folder, 0), now.get(d.folder, 0)) for d in Document)


def kind(slug: str, *, by: Hand) -> KindPage:
    """Raises NotFound for no such paper."""
    document = _document(slug)
    now = word_templates.chosen_now().get(document.folder, 0)
    rows = word_templates.versions_of(document.folder)
    number = {row.id: row.version for row in rows}
    return KindPage(
        document,
        tuple(_version(row, now) for row in rows),
        tuple(
            Choice(number.get(c.template_id or 0, 0), c.why, c.by_name, c.at)
            for c in word_templates.choices_of(document.folder)
        ),
        tuple(one for one in names_on(document) if not one.name.startswith(LIKEWISE)),
        tuple(f"【{label}姓名】" for label in LIKEWISE),
        must_have(document),
        now,
    )


def _version(row: WordTemplate, now: int) -> Version:
    """The digest is cut in fours: nobody takes twelve figures in it for a telephone number."""
    digest = codes.in_fours(row.sha256)
    return Version(
        row.version, row.file_name, row.why, row.by_name, row.at, digest, row.version == now
    )


def look(slug: str, number: int, *, by: Hand) -> VersionPage:
    """One version with all that was found in it."""
    document, row = _row(slug, number)
    now = word_templates.chosen_now().get(document.folder, 0)
    return VersionPage(document, _version(row, now), look_through(template_file(row), document))


def _row(slug: str, number: int) -> tuple[Document, WordTemplate]:
    document = _document(slug)
    row = word_templates.version_of(document.folder, number)
    if row is None:
        raise NotFound
    return document, row


def add(slug: str, file_name: str, content: bytes, why: str, *, by: Hand) -> str:
    """Keep one more version; it counts once it is put to use. Returns `slug/number`.

    Raises Invalid with a sentence for a file that carries more than words, StorageFull.
    """
    document = _document(slug)
    try:
        container.check(content)
    except container.Unsafe as bad:
        raise Invalid("file", bad.text) from bad
    kept = site.here().store.put(content)
    number = _next(document, kept)
    made = f"{slug}/{number}"
    with free_act(by=by, permission=_MAY, answer=made):
        db.session.add(
            WordTemplate(
                kind=document.folder, version=number, sha256=kept, file_name=_safe(file_name),
                why=why, by_id=by.actor.account_id, by_name=by.name[:40], at=by.now,
            )
        )  # fmt: skip
        _audit(f"{document.folder} +{number}", by)
    return made


def _next(document: Document, kept: str) -> int:
    """The number after the last; two who send at once find that only one of them got it."""
    rows = word_templates.versions_of(document.folder)
    for row in rows:
        if row.sha256 == kept:
            raise Invalid("file", _SAME.with_(n=row.version))
    number = rows[0].version + 1 if rows else 1
    db.session.rollback()
    return number


def _safe(name: str) -> str:
    """What the sender called it, to be shown: never trusted, never a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable())[:120]
    try:
        return cleaning.clean_line(plain, 120) or "?"
    except cleaning.Unclean:
        return "?"


def use(slug: str, number: int, why: str, *, by: Hand) -> None:
    """From now on this version counts. Raises Refused, with every reason, for one that may not."""
    page = look(slug, number, by=by)
    if not page.usable:
        raise Refused(_NOT_YET, *(f.text for f in page.findings if f.serious))
    if page.version.in_use:
        raise Refused(_ALREADY)
    document, row = _row(slug, number)
    _choose(document, row.id, why, by=by)


def use_shipped(slug: str, why: str, *, by: Hand) -> None:
    """Back to the design that comes with the program."""
    document = _document(slug)
    if not word_templates.chosen_now().get(document.folder):
        raise Refused(_SHIPPED_ALREADY)
    _choose(document, None, why, by=by)


def _choose(document: Document, template_id: int | None, why: str, *, by: Hand) -> None:
    with free_act(by=by, permission=_MAY, answer=slug_of(document)):
        db.session.add(
            TemplateChoice(
                kind=document.folder, template_id=template_id, why=why,
                by_id=by.actor.account_id, by_name=by.name[:40], at=by.now,
            )
        )  # fmt: skip
        _audit(f"{document.folder} ={template_id or 0}", by)


def _audit(subject: str, by: Hand) -> None:
    history.audit(
        history.AuditEntry(
            at=by.now,
            account_id=by.actor.account_id,
            by_name=by.name,
            act="keep_templates",
            subject=subject,
        )
    )


def preview(slug: str, number: int, *, by: Hand) -> PaperFile:
    """The version filled with an invented case, marked as a sample."""
    document, row = _row(slug, number)
    label = document.label.zh
    content = filled(template_file(row), example_of(document), marking.SAMPLE, title=label)
    return PaperFile(f"{label}第{number}版（样张）.docx", DOCX, content)


def example_of(document: Document) -> Casefile:
    """The invented case that every letter brings with it."""
    path = LETTERS / document.folder / "example.json"
    return from_plain(json.loads(path.read_text("utf-8")))


def original(slug: str, number: int, *, by: Hand) -> PaperFile:
    """The bytes as they were sent."""
    document, row = _row(slug, number)
    return PaperFile(f"{document.label.zh}第{number}版.docx", DOCX, template_file(row))


def beginning(slug: str, *, by: Hand) -> PaperFile:
    """A template to begin with: every name of this paper, in a table to move about."""
    document = _document(slug)
    return PaperFile(f"{document.label.zh}（模板）.docx", DOCX, starter.starter(document))
