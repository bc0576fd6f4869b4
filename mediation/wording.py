"""Words for people, in every language we speak, side by side where they are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said to a person, Chinese first. A sentence without its English cannot be built."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        return self.en if language == "en" else self.zh

    def with_(self, **values: object) -> Text:
        """Fill `{name}` in both languages; a value that is itself a Text is said in the same one."""
        return Text(_fill(self.zh, "zh", values), _fill(self.en, "en", values))

    def __str__(self) -> str:
        return self.zh


def _fill(sentence: str, language: Language, values: dict[str, object]) -> str:
    said = {k: v.in_(language) if isinstance(v, Text) else v for k, v in values.items()}
    return sentence.format(**said)


def language_of(code: str | None) -> Language:
    """The language for a browser's or a person's code such as `zh-CN`; Chinese where we are unsure."""
    return "en" if (code or "").lower().startswith("en") else "zh"
