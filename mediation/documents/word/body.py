"""From a filled letter to the body of a text document: its headings, lines, tables, boxes, blanks."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import cssselect2
import tinyhtml5

from mediation.documents.word import parts
from mediation.documents.word.cascade import Look, PageShape, Sheet, sheet_of


@dataclass(frozen=True)
class Body:
    """`blocks` are paragraphs and tables in their order; `page` is the sheet they stand on."""

    title: str
    blocks: list[Any]
    page: PageShape
    english: bool


def body_of(folder: str, html: str) -> Body:
    """The words of a letter that `render` filled, as a text document has them."""
    tree = tinyhtml5.parse(parts.sound(html), namespace_html_elements=False)
    english = tree.get("lang") == "en"
    sheet = sheet_of(folder)
    root = cssselect2.ElementWrapper.from_html_root(tree)
    chain, look = [], Look()
    for wrapped in root.query_all("html, body, main"):
        look = sheet.look(wrapped, look)
        chain.append(wrapped)
    page = _on_sheet(sheet, chain[-1], look)
    walk = _Walk(sheet, english)
    room = page.wide - page.margin[1] - page.margin[3]
    blocks = walk.blocks(chain[-1], look, _Place(room))
    title = " ".join((tree.findtext("head/title") or "").split())
    return Body(parts.sound(title), blocks, page, english)


def _on_sheet(sheet: Sheet, main: Any, look: Look) -> PageShape:
    """The page; where the letter puts boxes on it one by one, the fullest box is the type area."""
    page, fullest, most = sheet.page, None, 0
    for child in main.iter_children():
        own = sheet.look(child, look)
        length = len("".join(child.etree_element.itertext()).strip())
        if own.position == "absolute" and length > most:
            fullest, most = own, length
    if fullest is None:
        return page
    left, top = fullest.left or 0.0, fullest.top or 0.0
    wide = fullest.wide(page.wide) or page.wide - 2 * left
    return replace(page, margin=(top, page.wide - left - wide, max(page.margin[2], 60), left))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block lies: how wide it may be, whether in a table, or in a box put on the page."""

    room: float
    in_table: bool = False
    frame: Any = None


@dataclass
class _Line:
    """A paragraph that is being filled."""

    look: Look
    tag: str
    flush: bool
    runs: list[Any] = field(default_factory=list)
    blank: bool = True  # the next blank is dropped: nothing stands before it

    def trimmed(self) -> list[Any]:
        """Without the blank before its end."""
        texts = [t for one in self.runs for t in parts.texts(one)]
        if texts and texts[-1].text and texts[-1].text.endswith(" "):
            texts[-1].text = texts[-1].text.rstrip(" ")
        return self.runs


@dataclass
class _Walk:
    """One way through a letter."""

    sheet: Sheet
    english: bool

    def blocks(self, parent: Any, look: Look, place: _Place, tag: str = "") -> list[Any]:
        """What is inside an element, as blocks. Loose words become paragraphs of its own look."""
        out: list[Any] = []
        line = _Line(look, tag, flush=True)

        def close() -> None:
            nonlocal line
            if line.runs:
                out.append(self._paragraph(line.trimmed(), line.look, line.tag, place, flush=True))
            line = _Line(look, tag, flush=True)

        self._say(line, parent.etree_element.text, look, tag, place)
        for child in parent.iter_children():
            own = self.sheet.look(child, look)
            if own.display == "none" or own.position == "fixed":
                pass
            elif own.display == "block" or own.display.startswith("table"):
                close()
                out += self._block(child, own, place)
            else:
                self._inline(line, child, own, tag, place)
            self._say(line, child.etree_element.tail, look, tag, place)
        close()
        return _apart(out, place)

    def _block(self, child: Any, own: Look, place: _Place) -> list[Any]:
        if own.position == "absolute":
            if not "".join(child.etree_element.itertext()).strip():
                return []  # an ornament of the sheet
            place = self._framed(own, place)
        tag = child.local_name
        if tag == "table":
            return self._table(child, own, place)
        if own.boxed and place.frame is None:
            return self._boxed(child, own, place)
        if _holds_blocks(self.sheet, child, own):
            inside = self.blocks(child, own, place)
            if own.new_page and inside:
                _start_page(inside[0])
            if own.whole:
                parts.keep_together(inside)
            return inside
        line = _Line(own, tag, flush=False)
        self._inside(line, child, own, tag, place)
        if line.runs:
            return [self._paragraph(line.trimmed(), own, tag, place)]
        if own.border[2] or own.border[0]:
            return [self._ruled(own, place)]
        return []

    def _paragraph(
        self, runs: list[Any], look: Look, tag: str, place: _Place, *, flush: bool = False
    ) -> Any:
        frame = copy.deepcopy(place.frame) if place.frame is not None else None
        return parts.paragraph(runs, look, tag, flush=flush, frame=frame)

    def _ruled(self, own: Look, place: _Place) -> Any:
        """An empty line with a rule, to write on."""
        wide = own.wide(place.room) or place.room
        look = replace(
            own, pitch=max(own.height - own.border[2], 1), indent=0.0,
            margin=(own.margin[0], max(place.room - wide, 0), own.margin[2], 0.0),
        )  # fmt: skip
        return parts.paragraph((), look, "rule")

    def _boxed(self, child: Any, own: Look, place: _Place) -> list[Any]:
        """A frame around words is a table of one cell."""
        inner = replace(own, border=(0,) * 4, margin=(0,) * 4)
        room = place.room - own.padding[1] - own.padding[3]
        inside = self.blocks(child, inner, replace(place, room=room, in_table=True))
        cell = parts.cell(inside or [parts.thin()], replace(own, upright="center"), place.room)
        row = parts.row([cell], high=own.height, whole=True)
        before = [_space(own.margin[0])] if own.margin[0] else []
        return [*before, parts.table([row], [place.room])]

    def _framed(self, own: Look, place: _Place) -> _Place:
        """A box put on the page by its corner; the fullest one is the type area itself."""
        page, left = self.sheet.page, own.left or 0.0
        wide = own.wide(page.wide) or place.room
        if abs(wide - place.room) < 1 and own.top is not None and own.top < page.high / 3:
            return place
        frame = parts.element(
            "framePr", w=parts.twips(wide), hRule="auto", wrap="around", vAnchor="page",
            hAnchor="page", x=parts.twips(left + page.margin[3]),
            y=parts.twips((own.top or 0.0) + page.margin[0]),
        )  # fmt: skip
        return _Place(wide, frame=frame)

    # Words.

    def _inside(self, line: _Line, child: Any, own: Look, tag: str, place: _Place) -> None:
        self._say(line, child.etree_element.text, own, tag, place)
        for one in child.iter_children():
            look = self.sheet.look(one, own)
            if look.display != "none":
                self._inline(line, one, look, tag, place)
            self._say(line, one.etree_element.tail, own, tag, place)

    def _inline(self, line: _Line, child: Any, own: Look, tag: str, place: _Place) -> None:
        if child.local_name == "br":
            line.runs.append(parts.line_break())
            line.blank = True
            return
        looks = self._looks(own, tag, place)
        counted = self.sheet.counted(child)
        if counted:
            line.runs.append(parts.number(counted, looks))
        elif own.display == "inline-block" and own.boxed:
            line.runs.append(parts.box("".join(child.etree_element.itertext()).strip(), looks))
        elif own.display == "inline-block" and own.width and not len(child.etree_element):
            self._blank(line, child, own, looks, place)
        else:
            self._inside(line, child, own, tag, place)
            if own.display == "inline-block" and own.margin[1]:
                self._say(line, "\u3000", own, tag, place)
            return
        line.blank = False

    def _blank(self, line: _Line, child: Any, own: Look, looks: Any, place: _Place) -> None:
        words = (child.etree_element.text or "").strip()
        if words:
            line.runs.append(parts.run(words, looks))
            return
        wide = own.wide(place.room) or own.size
        line.runs.append(parts.gap(wide, own, looks, ruled=bool(own.border[2])))

    def _say(self, line: _Line, text: str | None, look: Look, tag: str, place: _Place) -> None:
        said = parts.folded(text or "")
        if line.blank:
            said = said.lstrip(" ")
        if said:
            line.runs.append(parts.run(said, self._looks(look, tag, place)))
            line.blank = said.endswith(" ")

    def _looks(self, look: Look, tag: str, place: _Place) -> Any:
        return parts.run_looks(look, tag, in_table=place.in_table, english=self.english)

    # Tables.

    def _table(self, table: Any, own: Look, place: _Place) -> list[Any]:
        room = own.wide(place.room) or place.room
        rows = list(self._rows(table, own))
        if place.frame is not None:
            return [b for r in rows for b in self._flat(r, place)]
        widths = self._widths(table, own, rows, room)
        filled = _Grid(len(widths))
        made = [self._row(r, filled, widths, place) for r in rows]
        whole = [r.whole for r in rows]
        for (together, _), group in groupby(
            zip(made, rows, strict=True), lambda p: (p[1].whole, p[1].group)
        ):
            if together:
                parts.keep_together([one for one, _ in group])
        drawn = parts.table(made, widths, own, ruled=any(own.border))
        if own.whole and not all(whole):
            parts.keep_together([drawn])
        before = [_space(own.margin[0])] if own.margin[0] > 0 else []
        after = [_space(own.margin[2])] if own.margin[2] > 0 else []
        return [*before, drawn, *after]

    def _flat(self, row: _Row, place: _Place) -> Iterator[Any]:
        for td, look in row.cells:
            yield from self.blocks(td, look, place)

    def _rows(self, table: Any, own: Look) -> Iterator[_Row]:
        for number, section in enumerate(table.iter_children()):
            if section.local_name not in ("thead", "tbody", "tr"):
                continue
            look = self.sheet.look(section, own)
            lines = [section] if section.local_name == "tr" else section.iter_children()
            for tr in lines:
                line = look if section.local_name == "tr" else self.sheet.look(tr, look)
                cells = [(td, self.sheet.look(td, line)) for td in tr.iter_children()]
                yield _Row(
                    cells, line.height, number, look.whole and section.local_name == "tbody",
                    section.local_name == "thead",
                )  # fmt: skip

    def _widths(self, table: Any, own: Look, rows: list[_Row], room: float) -> list[float]:
        cols = [
            c
            for g in table.iter_children()
            if g.local_name == "colgroup"
            for c in g.iter_children()
        ]
        asked = [self.sheet.look(c, own).wide(room) for c in cols]
        if not asked:
            most = max(
                rows, key=lambda r: sum(_span(td, "colspan") for td, _ in r.cells), default=None
            )
            asked = [
                look.wide(room) if _span(td, "colspan") == 1 else None
                for td, look in (most.cells if most else ())
                for _ in range(_span(td, "colspan"))
            ]
        left = room - sum(w for w in asked if w)
        free = sum(1 for w in asked if not w)
        share = max(left / free, 12.0) if free else 0.0
        return [w or share for w in asked] or [room]

    def _row(self, row: _Row, filled: _Grid, widths: list[float], place: _Place) -> Any:
        cells: list[Any] = []
        high, at = row.high, 0
        for td, look in row.cells:
            at = self._carried(cells, filled, widths, at)
            across, down = _span(td, "colspan"), _span(td, "rowspan")
            wide = sum(widths[at : at + across])
            room = max(wide - look.padding[1] - look.padding[3], 12)
            inside = self.blocks(td, look, replace(place, room=room, in_table=True))
            cells.append(
                parts.cell(
                    inside or [parts.paragraph((), replace(look, indent=0.0), flush=True)],
                    look, wide, across=across, down="restart" if down > 1 else "",
                )
            )  # fmt: skip
            if down == 1:
                high = max(
                    high, look.height, self._tallest(td, look) + look.padding[0] + look.padding[2]
                )
            filled.take(at, across, down, look)
            at += across
        self._carried(cells, filled, widths, at)
        filled.next_row()
        return parts.row(cells, high=high, whole=True, head=row.head)

    def _carried(self, cells: list[Any], filled: _Grid, widths: list[float], at: int) -> int:
        """The cells that a cell above reaches down into."""
        while (hit := filled.above(at)) is not None:
            across, look = hit
            wide = sum(widths[at : at + across])
            empty = parts.paragraph((), replace(look, indent=0.0), flush=True)
            cells.append(parts.cell([empty], look, wide, across=across, down="continue"))
            at += across
        return at

    def _tallest(self, td: Any, look: Look) -> float:
        """The least height of what stands in a cell, where the letter keeps room for the hand."""
        tall = [
            self.sheet.look(one, look).height
            for one in td.iter_children()
            if one.local_name == "div"
        ]
        return max(tall, default=0.0) if len(tall) == 1 else 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[tuple[Any, Look]]
    high: float
    group: int
    whole: bool
    head: bool


@dataclass
class _Grid:
    """Which places of the next row are taken by cells that began above."""

    columns: int
    _down: dict[int, tuple[int, int, Look]] = field(default_factory=dict)
    _new: dict[int, tuple[int, int, Look]] = field(default_factory=dict)

    def above(self, at: int) -> tuple[int, Look] | None:
        hit = self._down.get(at)
        return (hit[0], hit[2]) if hit else None

    def take(self, at: int, across: int, down: int, look: Look) -> None:
        if down > 1:
            self._new[at] = (across, down - 1, look)

    def next_row(self) -> None:
        kept = {at: (a, d - 1, look) for at, (a, d, look) in self._down.items() if d > 1}
        self._down, self._new = kept | self._new, {}


def _span(td: Any, name: str) -> int:
    return int(td.etree_element.get(name) or 1)


def _holds_blocks(sheet: Sheet, child: Any, own: Look) -> bool:
    return any(
        (look := sheet.look(one, own)).display == "block" or look.display.startswith("table")
        for one in child.iter_children()
    )


def _apart(blocks: list[Any], place: _Place) -> list[Any]:
    """Two tables that touch would become one; a cell must not end in a table."""
    out: list[Any] = []
    for one in blocks:
        if out and parts.is_table(one) and parts.is_table(out[-1]):
            out.append(parts.thin())
        out.append(one)
    if place.in_table and out and parts.is_table(out[-1]):
        out.append(parts.thin())
    return out


def _space(high: float) -> Any:
    look = Look(pitch=max(high, 1.0))
    return parts.paragraph((), look, "rule")


def _start_page(block: Any) -> None:
    for first in parts.paragraphs(block)[:1]:
        parts.start_page(first)
