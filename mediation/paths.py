"""Where things lie: the source tree's folders first, the installed wheel's else, and the instance."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_TREE = PACKAGE.parent


def _shipped(name: str) -> Path:
    in_tree = _TREE / name
    return in_tree if in_tree.is_dir() and (_TREE / "pyproject.toml").is_file() else PACKAGE / name


TEMPLATES = _shipped("templates")
LETTERS = _shipped("letters")
STATIC = PACKAGE / "static"
MIGRATIONS = PACKAGE / "models" / "migrations"


def instance_folder() -> Path:
    """`MEDIATION_INSTANCE`, else `instance/` of the source tree, else a folder in the person's home."""
    named = os.environ.get("MEDIATION_INSTANCE")
    if named:
        return Path(named).expanduser().resolve()
    in_tree = _TREE / "instance"
    if (_TREE / "pyproject.toml").is_file():
        return in_tree
    return Path.home() / ".local" / "share" / "wusong"
