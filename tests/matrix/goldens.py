"""Golden files: what was looked at once and found right; a change of it is a difference to be read."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"
REWRITE = "MEDIATION_WRITE_GOLDEN"


def hold(name: str, found: str) -> None:
    """Raises AssertionError with the difference. With MEDIATION_WRITE_GOLDEN=1 the file is written."""
    path = FOLDER / name
    if os.environ.get(REWRITE):
        path.write_text(found, encoding="utf-8")
        return
    kept = path.read_text(encoding="utf-8")
    difference = difflib.unified_diff(
        kept.splitlines(), found.splitlines(), f"golden/{name}", "now", lineterm="", n=3
    )
    assert kept == found, "\n".join(difference)
