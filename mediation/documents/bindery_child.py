"""The bindery's own process: makes sheets of scans and binds volumes, may do nothing else.

Behind the same locked door as the press: bounded in time and memory, no network, no programs.
"""

from __future__ import annotations

from typing import Any

from mediation.documents.press_child import answer_all


def main() -> None:
    """Do what is asked until nobody asks any more."""
    desk = _Desk()
    answer_all(desk.load, desk.answer)


class _Desk:
    """What is being bound in this process: at most one volume."""

    def load(self) -> None:
        from mediation.documents import binding, sheets

        self._binding, self._sheets = binding, sheets
        self._volume = binding.Volume()

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            if message["do"] == "sheets":
                made = self._sheets.sheets_of(message["pdf"], message["media_type"])
                return {"count": made.count, "damaged": made.damaged, "pdf": made.pdf}
            if message["do"] == "add":
                return {"count": self._volume.add(message["pdf"])}
            leaves = [self._binding.Leaf(**leaf) for leaf in message["leaves"]]
            return {"pdf": self._volume.bound(leaves, message["pdf"], message["title"])}
        except self._sheets.NotBound as refused:
            return {"refused": [refused.said.zh, refused.said.en]}
        except Exception as error:
            return {"failed": f"{type(error).__name__}: {error}"[:300]}
