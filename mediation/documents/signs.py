"""Where in a casefile a character stands that cannot be printed: whose, in which field, between what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from mediation.documents import glyphs
from mediation.documents.casefile import Casefile, Party
from mediation.documents.glyphs import GlyphMissing, SignRefused
from mediation.wording import Text

_AROUND = 6
_PARTS = {
    "committee": Text("调委会的资料", "the committee's particulars"),
    "parties": Text("当事人的资料", "a party's particulars"),
    "dispute": Text("这件事的内容", "what the matter is"),
    "agreement": Text("协议", "the agreement"),
    "sitting": Text("调解记录", "the record of a session"),
    "persuasions": Text("劝导记录", "the record of persuasion"),
    "inquiry": Text("调查记录", "the record of inquiry"),
    "exhibits": Text("证据", "the evidence"),
    "covenant": Text("公约", "the covenant"),
}
_OF_PARTY = {
    "name": Text("姓名", "name"),
    "address": Text("住址", "address"),
    "occupation": Text("职业", "occupation"),
    "representatives": Text("代理人", "representative"),
}
_ELSE = Text("内容", "what it says")
_SAID = Text("{why}。在{where}里：“{around}”", "{why}; it stands in {where}: “{around}”")


def located(casefile: Casefile) -> Text | None:
    """The first character that cannot be printed, with the place it stands at; None without one."""
    for where, words in _texts(casefile):
        try:
            glyphs.check(words)
        except (GlyphMissing, SignRefused) as error:
            around = _around(words, error.character)
            return _SAID.with_(why=error.said, where=where, around=around)
    return None


def _around(words: str, sign: str) -> str:
    """A few characters on either side; a sign that cannot be seen is shown as a mark."""
    at = words.index(sign)
    part = words[max(at - _AROUND, 0) : at + _AROUND + 1]
    return "".join("□" if c == sign and not c.isprintable() else c for c in part).strip()


def _texts(casefile: Casefile) -> Iterator[tuple[Text, str]]:
    for part in fields(casefile):
        where = _PARTS.get(part.name, _ELSE)
        yield from _walk(getattr(casefile, part.name), where)


def _walk(value: Any, where: Text) -> Iterator[tuple[Text, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _walk(one, where)
    elif isinstance(value, Party):
        for field in fields(value):
            yield from _walk(getattr(value, field.name), _of_party(value, field.name))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _walk(getattr(value, field.name), where)


def _of_party(party: Party, field: str) -> Text:
    what = _OF_PARTY.get(field, _ELSE)
    return Text(f"{party.label}的{what.zh}", f"{party.label} ({what.en})")
