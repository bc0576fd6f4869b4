"""The application put together: where it keeps its things."""

from __future__ import annotations

import stat
from pathlib import Path

from mediation.app import create_app
from tests.site import settings


def test_a_new_instance_is_closed_to_everybody_else(tmp_path: Path) -> None:
    """A clone brings its folder open to all; cases are to lie in it."""
    folder = tmp_path / "instance"
    folder.mkdir()
    folder.chmod(0o755)
    create_app(settings(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
