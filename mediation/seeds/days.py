"""By when something is to be done, as people say it: at once, within ten days, once the money is there."""

from __future__ import annotations

import re
from datetime import date

from mediation.seeds import sums

# The walker writes the terms a day or two before they take effect; nothing is due before that.
AT_ONCE, USUAL = 2, 20
_AT_ONCE = re.compile(r"当场|当日|现场|即时|当即|当天|立即|马上|签[订字署](?:协议|之日|时|当)")
_WITHIN = re.compile(
    r"([\d一二两三四五六七八九十]{1,3})\s*(个?工作日|日|天|个?星期|周|个月|月|年)(?:之?内|以内)"
)
_HALF_YEAR = re.compile(r"半年(?:之?内|以内)")
_LENGTHS = {"日": 1, "天": 1, "工": 1, "星": 7, "周": 7, "月": 30, "年": 365}
_ONCE = re.compile(
    r"([^，,。；;：:]{2,40}(?:到账|到位|交付|验收|签订|协议|结束|完工|确定|下来)[^，,。；;：:]{0,8}后)"
)
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")


def within(text: str) -> int | None:
    """Days from the agreement; None where nothing is said that holds on another day than it was said."""
    found = _WITHIN.search(text)
    if found:
        length = _LENGTHS[found[2].removeprefix("个")[0]]
        return max(sums.whole(found[1]) * length, AT_ONCE)
    if _HALF_YEAR.search(text):
        return 180
    return AT_ONCE if _AT_ONCE.search(text) else None


def condition(text: str) -> str:
    """What must have happened first: 拆迁补偿款到账后."""
    found = _ONCE.search(text)
    return re.sub(r"^.*?(?:于|待|等|自|从)(?=.{3})", "", found[1]).strip() if found else ""


def dates(text: str) -> list[date]:
    """The days of a calendar, in their order; impossible ones are left out."""
    found = []
    for year, month, day in _DATE.findall(text):
        try:
            found.append(date(int(year), int(month), int(day or 28)))
        except ValueError:
            continue
    return found
