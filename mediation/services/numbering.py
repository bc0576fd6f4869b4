"""Numbers of volumes and papers: by committee and year, given once, never reused (4.3)."""

from __future__ import annotations

from mediation.models.papers import next_number
from mediation.models.places import Committee

_VOLUME = ""
_REVISIONS = "一二三四五六七八九十"


def volume_number(committee: Committee, year: int) -> str:
    """For example （2026）柳林人调字第031号."""
    return _numbered(committee, year, _VOLUME)


def paper_number(committee: Committee, year: int, series: str) -> str:
    """For example （2026）柳林人调终字第004号; `series` is the document's character."""
    return _numbered(committee, year, series)


def revision_number(number: str, revision: int) -> str:
    """The agreement carries the volume's number; a later revision adds 之二, 之三 ..."""
    if revision <= 1:
        return number
    mark = _REVISIONS[revision - 1] if revision <= len(_REVISIONS) else str(revision)
    return f"{number}之{mark}"


def _numbered(committee: Committee, year: int, series: str) -> str:
    left, right = committee.brackets[0], committee.brackets[1]
    last = next_number(committee.id, year, series)
    return f"{left}{year}{right}{committee.short_name}人调{series}字第{last:0{committee.digits}d}号"
