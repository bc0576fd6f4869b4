"""Frozen dataclasses as plain JSON and back, always the same bytes for the same values."""

from __future__ import annotations

import hashlib
import json
import types
import unicodedata
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_SCALARS = (str, int, bool)


class BadSnapshot(ValueError):
    """A stored snapshot that this program cannot read; the message names the place."""


def to_plain(value: object) -> Any:
    """Dictionaries, lists, strings (NFC), whole numbers, booleans and None; dates as ISO strings.

    What was left empty is left out: a field added later changes no digest that was printed before.
    A default must therefore never change.
    """
    if is_dataclass(value) and not isinstance(value, type):
        said = ((name, getattr(value, name), left) for name, left in _left_empty(type(value)))
        return {name: to_plain(v) for name, v, left in said if v is not left and v != left}
    if isinstance(value, tuple | list):
        return [to_plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    raise BadSnapshot(f"{type(value).__name__} has no plain form")


@cache
def _left_empty(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Every field of a frozen class, and what it holds where nothing was said."""
    made = ((f, f.default_factory) for f in fields(kind))
    return tuple((f.name, f.default if make is MISSING else make()) for f, make in made)


def canonical(value: object) -> bytes:
    """UTF-8 JSON with sorted keys and no blanks: what a digest is taken of."""
    plain = to_plain(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON, 64 lower-case hexadecimal figures."""
    return hashlib.sha256(canonical(value)).hexdigest()


def from_plain(kind: type[T], plain: object, *, at: str = "") -> T:
    """Build `kind` from its plain form; a missing field takes its default, an unknown one raises."""
    if not isinstance(plain, dict):
        raise BadSnapshot(f"{at or kind.__name__}: an object is expected")
    hints: dict[str, Any] = _hints(kind)  # type: ignore[arg-type]  # a class is hashable
    unknown = sorted(set(plain) - set(hints))
    if unknown:
        raise BadSnapshot(f"{at or kind.__name__}: unknown field {', '.join(unknown)}")
    values = {name: _typed(hints[name], plain[name], f"{at}.{name}") for name in plain}
    try:
        return kind(**values)
    except TypeError as error:
        raise BadSnapshot(f"{at or kind.__name__}: {error}") from error


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, plain: object, at: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if plain is None else _typed(_present(hint), plain, at)
    if origin is tuple:
        if not isinstance(plain, list):
            raise BadSnapshot(f"{at}: a list is expected")
        inner = get_args(hint)[0]
        return tuple(_typed(inner, v, f"{at}[{n}]") for n, v in enumerate(plain))
    if hint is date:
        return _date(plain, at)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, plain, at=at)
    if hint in _SCALARS and type(plain) is hint:
        return plain
    raise BadSnapshot(f"{at}: {hint} is expected")


def _present(hint: Any) -> Any:
    return next(h for h in get_args(hint) if h is not type(None))


def _date(plain: object, at: str) -> date:
    if not isinstance(plain, str):
        raise BadSnapshot(f"{at}: a date is expected")
    try:
        return date.fromisoformat(plain)
    except ValueError as error:
        raise BadSnapshot(f"{at}: {error}") from error
