"""What a power of attorney says word for word, as ticks: a power is ticked where its name is written."""

from __future__ import annotations

from dataclasses import dataclass

# What an agent may do only where it is named (INT 89); the words a tick is taken from.
POWERS = (
    "承认调解请求",
    "放弃调解请求",
    "变更调解请求",
    "进行和解",
    "签订调解协议",
    "申请司法确认",
)
_SIGNS = (("承认",), ("放弃",), ("变更",), ("和解",), ("签订", "签署"), ("司法确认",))
# Who writes an exception decides by hand: a wrong tick would be a consent nobody gave.
_EXCEPTIONS = ("不", "无", "除", "未", "另行", "仅", "只", "须", "需")
_GENERAL, _SPECIAL = "一般授权", "特别授权"


@dataclass(frozen=True, slots=True)
class Powers:
    """`general` and `special` are never both true; a general power alone (全权代理) is neither."""

    general: bool = False
    special: bool = False
    named: tuple[str, ...] = ()


def powers_of(authority: str) -> Powers:
    """The ticks that the recorded words carry. Everything else stays open for the hand."""
    if any(word in authority for word in _EXCEPTIONS):
        return Powers()
    named = tuple(
        power
        for power, signs in zip(POWERS, _SIGNS, strict=True)
        if any(sign in authority for sign in signs)
    )
    special = bool(named) or _SPECIAL in authority
    return Powers(_GENERAL in authority and not special, special, named)
