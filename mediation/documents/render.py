"""The letters' templates: the only room that fills them. Plain values in, one HTML page out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mediation.documents import authority, poster, qr, spine, terms, typefaces, typesetting
from mediation.documents.casefile import Casefile, Party, Persuasion
from mediation.documents.facts_json import Attached, attached
from mediation.documents.glyphs import PaperRefused
from mediation.documents.typefaces import Typefaces
from mediation.money import fen_upper, yuan, yuan_short
from mediation.paths import LETTERS
from mediation.wording import Text
from mediation.workflow.documents import CourtDraft

DEFAULT_LABELS = ("甲方", "乙方")
_SIDES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


class Mark(Enum):
    """What is drawn across every page, and said above it; one at a time."""

    NONE = ""
    DRAFT = "草稿"
    SAMPLE = "样张"
    WITHDRAWN = "已撤回"
    COPY = "副本"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What belongs to this printing and not to the text: it is outside the digest.

    `check_address` is the public page that verifies the paper, upper case for a small code, or
    None. `printed_at` stands on drafts; `practice` says on a draft that it is a sample too, and
    `editable` that it is a copy for a word processor, of a paper that may be issued already.
    """

    mark: Mark = Mark.NONE
    check_address: str | None = None
    printed_at: str = ""
    practice: bool = False
    editable: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A filled letter, ready to be drawn. `assets` are pictures that lie in memory only; `attached`
    are files that its file carries along; `typefaces` what it is set in.
    """

    folder: str
    html: str
    identifier: bytes
    assets: dict[str, bytes] = field(default_factory=dict)
    attached: tuple[Attached, ...] = ()
    typefaces: Typefaces = field(default_factory=Typefaces)


def folder_of(kind: str, language: str = "zh") -> str:
    return f"{kind}_en" if language == "en" else kind


def kinds() -> tuple[str, ...]:
    """Every folder that holds a letter, courtesy copies included."""
    return tuple(sorted(path.parent.name for path in LETTERS.glob("*/letter.html")))


def revision_of(folder: str) -> str:
    """SHA-256 over the letter's own files and the base: what a paper was drawn with."""
    files = (LETTERS / folder, LETTERS / "base")
    named = sorted(
        p for top in files for p in top.rglob("*") if p.suffix in (".html", ".css", ".svg")
    )
    whole = hashlib.sha256()
    for path in (*named, LETTERS / "base" / "fonts" / "fonts.json"):
        whole.update(path.relative_to(LETTERS).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def render(casefile: Casefile, printing: Printing | None = None) -> Letter:
    """Fill the letter named by the casefile's paper. Raises PaperRefused for a kind without one."""
    folder = folder_of(casefile.paper.kind, casefile.paper.language)
    printing = _for(folder, printing or Printing())
    draft = printing.mark is Mark.DRAFT
    address = None if draft else printing.check_address
    try:
        template = _environment().get_template(f"{folder}/letter.html")
    except TemplateNotFound as error:
        raise PaperRefused(
            Text(f"没有这种文书：{folder}", f"There is no such paper: {folder}")
        ) from error
    html = template.render(_words(casefile, printing) | {"address": address, "draft": draft})
    assets = {"qr": qr.png(address)} if address else {}
    along = () if draft else attached(casefile, printing.mark.value)
    faces = typefaces.in_use() if casefile.paper.language == "zh" else Typefaces()
    outside = [name for name in casefile.names if faces.lacks(name)]
    html = typesetting.set_page(typesetting.set_outside(html, outside) if outside else html)
    return Letter(folder, html, casefile.digest.encode(), assets, along, faces)


def _for(folder: str, printing: Printing) -> Printing:
    """What is for the court's own use is a draft, whatever was asked for."""
    drafts = {one.folder for one in CourtDraft}
    return replace(printing, mark=Mark.DRAFT) if folder in drafts else printing


def _words(casefile: Casefile, printing: Printing) -> dict[str, Any]:
    """What a template may name: the casefile's parts, and a few things computed from them."""
    parts = {name: getattr(casefile, name) for name in Casefile.__dataclass_fields__}
    return parts | {
        "case": casefile,
        "parties": casefile.parties or tuple(Party(label=label) for label in DEFAULT_LABELS),
        "persuasions": casefile.persuasions or (Persuasion(),),
        "addressed": casefile.party(casefile.addressee) or Party(),
        "check_code": casefile.check_code,
        "mark": printing.mark,
        "Mark": Mark,
        "printing": printing,
        "terms": terms.terms(casefile.agreement),
    }


def party_en(label: str) -> str:
    """甲方 is Party A, 乙方 Party B; a label of another kind stays as it is."""
    place = _STEMS.find(label[:1]) if label.endswith("方") else -1
    return f"Party {_SIDES[place]}" if place >= 0 else label


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(LETTERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        line=typesetting.set_line,
        paras=typesetting.paragraphs,
        name=typesetting.name,
        day=typesetting.day,
        day_en=typesetting.day_en,
        clock=typesetting.clock,
        last_words=typesetting.last_words,
        in_words=typesetting.sum_in_words,
        han=typesetting.han,
        roman=typesetting.roman,
        spread=typesetting.spread,
        in_lines=typesetting.in_lines,
        yuan=yuan,
        yuan_short=yuan_short,
        upper_sum=fen_upper,
        party_en=party_en,
    )
    made.globals.update(
        duties_of=terms.duties_of,
        duties_of_others=terms.duties_of_others,
        by_date=terms.by_date,
        total_of=terms.total_of,
        POWERS=authority.POWERS,
        powers_of=authority.powers_of,
        columns_of=spine.columns_of,
        poster_rung=poster.rung_of,
        sheet_rung=poster.sheet_rung,
        card_rung=poster.card_rung,
    )
    return made
