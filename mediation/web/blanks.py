"""Blank forms: every paper to print empty and fill in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask import Blueprint, request, url_for

from mediation.permissions import Permission
from mediation.services import blanks
from mediation.web.acting import Reply
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.web.papers import draft_answer
from mediation.wording import Text, language_of

bp = Blueprint("blanks", __name__)
_ENGLISH = Text("{label}（英文对照）", "{label}, in English")


@bp.get("/papers/blanks")
@requires(Permission.DOWNLOAD_PAPERS)
def index() -> Reply:
    """Every kind, in groups by where it comes from."""
    kinds = sorted(blanks.blanks(), key=_group)
    groups = [(found[0].standing, _links(found)) for found in _groups(kinds)]
    whole = url_for("blanks.blank", kind=blanks.ALL)
    return render("blanks/index.html", groups=groups, whole=whole)


@bp.get("/papers/blanks/<kind>")
@requires(Permission.DOWNLOAD_PAPERS)
def blank(kind: str) -> Reply:
    """The empty form itself, or all of them; drawn beside the pages."""
    language = language_of(request.args.get("language"))
    return draft_answer(blanks.blank_file(kind, language, by=hand()))


def _group(one: blanks.Blank) -> int:
    """The order in which the groups first come up."""
    return [other.standing for other in blanks.blanks()].index(one.standing)


def _groups(kinds: list[blanks.Blank]) -> Iterator[list[blanks.Blank]]:
    for _, found in groupby(kinds, key=_group):
        yield list(found)


def _links(kinds: list[blanks.Blank]) -> list[dict[str, Any]]:
    return [
        {
            "text": _ENGLISH.with_(label=one.label) if language == "en" else one.label,
            "url": url_for("blanks.blank", kind=one.slug, language=language),
        }
        for one in kinds
        for language in one.languages
    ]
