"""Word drafts: one of an issued paper, one of the agreement as it would read now."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint
from werkzeug.wrappers import Response

from mediation.permissions import Permission
from mediation.services import word_copies
from mediation.services.paper_files import PaperFile
from mediation.web.acting import Reply
from mediation.web.gate import hand, requires

bp = Blueprint("word_copies", __name__)


@bp.get("/papers/<public_id>/word")
@requires(Permission.DOWNLOAD_PAPERS)
def paper(public_id: str) -> Reply:
    """What the paper says, to edit: marked as a draft on every page, without its number or code."""
    return saved(word_copies.of_paper(public_id, by=hand()))


@bp.get("/disputes/<reference>/draft/word")
@requires(Permission.DOWNLOAD_PAPERS)
def draft(reference: str) -> Reply:
    return saved(word_copies.of_draft(reference, by=hand()))


def saved(found: PaperFile) -> Response:
    """Always saved, never shown by us: nothing in it can act in our name."""
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Length"] = str(len(found.content))
    return response
