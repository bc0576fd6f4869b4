"""Imports: read in any dress, explained row by row, never twice, continued and undone truthfully."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import func, select

from mediation.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Refused
from mediation.models import history
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import Event
from mediation.models.lists import ImportBatch
from mediation.models.papers import Paper
from mediation.models.parties import Party
from mediation.services import (
    corrections,
    disputes,
    import_files,
    import_previews,
    imports,
    listing,
    parties,
    reveals,
)
from mediation.services import (
    site as site_of,
)
from mediation.services.import_previews import File, Preview
from mediation.services.imports import State
from mediation.services.notes import NoteAnswers, record_note
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.words import Channel, Initiation, NoteKind, PartyKind, Side, Urgency
from tests.site import Site
from tests.tables import HEAD, as_csv, as_jsonl, as_xlsx, row

WHO, LIMIT = "fangwei", 20 * 1024 * 1024


def looked(site: Site, content: bytes, name: str = "台账.csv", **rest: object) -> Preview:
    place = site.county.places[str(rest.get("place", "柳林镇"))]
    return import_previews.preview(File(name, content), place, by=site.hand(WHO), limit=LIMIT)


def began(site: Site, content: bytes, name: str = "台账.csv", who: str = WHO) -> str:
    place = site.county.places["柳林镇"]
    return imports.begin(File(name, content), place, by=site.hand(who), limit=LIMIT)


def imported(site: Site, content: bytes, name: str = "台账.csv") -> imports.Batch:
    return imports.run(began(site, content, name), by=site.hand(WHO), told=lambda _: None)


def counted(*conditions: Any, of: Any = Dispute.id) -> int:
    found: int = db.session.scalar(select(func.count(of)).where(*conditions)) or 0
    db.session.rollback()
    return found


def cases() -> list[Dispute]:
    found = list(db.session.scalars(select(Dispute).order_by(Dispute.id)))
    db.session.expunge_all()
    db.session.rollback()
    return found


def audits() -> list[history.AuditEntry]:
    found = history.audits(name="", act="", day=None, before=None, limit=50)
    db.session.expunge_all()
    db.session.rollback()
    return [entry for entry in found if entry.subject.startswith("import ")]


def reason_of(shown: Preview) -> str:
    assert len(shown.bad) == 1, [bad.reason.zh for bad in shown.bad]
    return shown.bad[0].reason.zh


# Reading


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(sqlite_site: Site, sign: str, coding: str) -> None:
    rows = [row(1), row(2, 事情经过='有逗号，有;分号,\n有两行，“有引号”"的')]
    shown = looked(sqlite_site, as_csv(rows, sign=sign, coding=coding))
    assert [one.registration.facts for one in shown.good] == [one["事情经过"] for one in rows]
    assert [one.number for one in shown.good] == [2, 3]
    assert not shown.skipped
    assert not shown.unused


def test_an_xlsx_is_read_with_a_title_above_and_numbers_as_numbers(sqlite_site: Site) -> None:
    cells: list[list[Any]] = [
        HEAD,
        [
            "合同",
            "借了三万没有还。",
            "甲某、丙某",
            13900000101,
            "乙某有限公司",
            "河口村",
            "2026年6月1日",
        ],
        [],
        ["邻里", "=1+1", "丁某", "", "", "", ""],
    ]
    shown = looked(sqlite_site, as_xlsx(cells, above=2), "台账.xlsx")
    assert [one.number for one in shown.good] == [4]
    first = shown.good[0].registration
    assert (first.place_id, first.happened_on) == (
        sqlite_site.county.places["河口村"], date(2026, 6, 1),
    )  # fmt: skip
    assert [(p.name, p.side, p.phone) for p in first.parties] == [
        ("甲某", Side.APPLICANT, "13900000101"),
        ("丙某", Side.APPLICANT, ""),
        ("乙某有限公司", Side.RESPONDENT, ""),
    ]
    assert first.parties[2].kind is PartyKind.ENTITY
    assert "“事情经过”：太短" in reason_of(shown), "of a formula the last result is read, here 0"


def test_days_and_whole_numbers_come_out_of_a_workbook_as_people_see_them(
    sqlite_site: Site,
) -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["类型", "经过", "申请人", "发生日期", "编号"])
        page.write_row(1, 0, ["邻里", "沟的事，争了很久。", "陈水根"])
        page.write_datetime(1, 3, date(2026, 5, 4), book.add_format({"num_format": "yyyy/m/d"}))
        page.write_number(1, 4, 17)
        book.add_worksheet("另一张").write(0, 0, "没有读的")
        book.add_worksheet("藏着的").hide()
    shown = looked(sqlite_site, written.getvalue(), "b.xlsx")
    assert shown.good[0].registration.happened_on == date(2026, 5, 4)
    assert shown.good[0].own_number == "17"
    assert "另一张" in shown.notes[0].zh


def test_english_headings_and_every_column(sqlite_site: Site) -> None:
    head = ["Type *", "Facts:", "applicant", "applicant_id", "respondent", "respondent_id", "Place",
            "registered_on", "channel", "initiation", "urgency", "title", "claims", "others", "whatever"]  # fmt: skip
    line = ["contract", "A sum was lent.", "Li Wei", "11010519491231002X", "某某有限公司",
            "91350100M000100Y43", "柳林镇柳溪村", "2026/7/1", "by telephone",
            "on the committee's own motion", "soon", "Thirty thousand", "Pay it back", "Wang; Zhao", "x"]  # fmt: skip
    shown = looked(sqlite_site, as_csv([dict(zip(head, line, strict=True))], head=head))
    assert shown.bad == ()
    found = shown.good[0].registration
    assert (found.dispute_type, found.title, found.claims) == (
        "contract", "Thirty thousand", "Pay it back",
    )  # fmt: skip
    assert (found.channel, found.urgency) == (Channel.PHONE, Urgency.SOON)
    assert (found.initiation, found.registered_on) == (Initiation.OWN_MOTION, date(2026, 7, 1))
    assert [p.side for p in found.parties] == [
        Side.APPLICANT, Side.RESPONDENT, Side.THIRD, Side.THIRD,
    ]  # fmt: skip
    assert found.place_id == sqlite_site.county.places["柳溪村"]
    assert shown.unused == ("whatever",)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_understood_by_the_reader(
    sqlite_site: Site, form: str, language: str
) -> None:
    content, _ = import_files.template(form, language)  # type: ignore[arg-type]
    shown = looked(sqlite_site, content, f"t.{form}")
    assert [bad.reason.zh for bad in shown.bad] == []
    assert len(shown.good) == 1
    assert shown.unused == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"纠纷类型": ""}, "“纠纷类型”：没有写"),
        ({"纠纷类型": "外星纠纷"}, "“外星纠纷”不是认识的类型"),
        ({"事情经过": ""}, "“事情经过”：没有写"),
        ({"事情经过": "长" * 100_000}, "最多写 5000 个字，现在有 100000 个"),
        ({"事情经过": "看不见\u202e的字"}, "倒着显示的符号"),
        ({"事情经过": "夹了\u200b零宽"}, "看不见的符号"),
        ({"申请人": ""}, "“申请人”：没有写"),
        ({"申请人电话": "12345"}, "“申请人电话”：这不像一个电话号码"),
        ({"申请人电话": "13900000101、13900000102"}, "有2个，名字只有1个"),
        ({"发生地点": "望山社区"}, "“望山社区”不是您管的地方"),
        ({"发生地点": "第五网格"}, "“第五网格”不是您管的地方"),
        ({"发生日期": "2026-13-01"}, "写成年月日"),
        ({"发生日期": "2999-01-01"}, "写成年月日"),
        ({"发生日期": "2026-07-07"}, "这一天还没到"),
        ({"申请人": "、".join(f"人{n}" for n in range(30))}, "最多20方"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(
    sqlite_site: Site, changed: dict[str, str], said: str
) -> None:
    shown = looked(sqlite_site, as_csv([row(1), row(2, **changed), row(3)]))
    assert said in reason_of(shown)
    assert shown.bad[0].number == 3
    assert len(shown.good) == 2


def test_everything_wrong_with_a_row_is_said_at_once(sqlite_site: Site) -> None:
    bad = row(1, 纠纷类型="外星", 对方="", 申请人="", 发生日期="昨天")
    assert reason_of(looked(sqlite_site, as_csv([bad]))).count("；") == 2


def test_a_wrong_identity_number_is_told_without_repeating_it(sqlite_site: Site) -> None:
    head = [*HEAD, "申请人证件号"]
    shown = looked(sqlite_site, as_csv([row(申请人证件号="110105194912310021")], head=head))
    assert "有一位写错了" in reason_of(shown)
    assert "110105" not in reason_of(shown)


# Nasty files

_ZIP_OF_NOTHING = b"PK\x05\x06" + b"\x00" * 18


def _huge_sheet() -> bytes:
    """Five kilobytes that ask for seventeen thousand million cells."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "类型")
        page.write_string(1_048_575, 16_383, "x")
    return written.getvalue()


def _docx() -> bytes:
    import zipfile

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf", "空的"),
        (b"\x00\x00\x00\r\n", "空的"),
        (b"%PDF-1.7\n1 0 obj", "不是表格"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧的XLS"),
        (_ZIP_OF_NOTHING, "不是表格"),
        (b"PK\x03\x04broken", "坏了"),
        (_docx(), "没有XLSX"),
        (as_xlsx([HEAD])[:3000] + b"\x00" * 500, "坏了"),
        (_huge_sheet(), "打不开"),
        (as_xlsx([]), "没有找到列名"),
        (as_xlsx([HEAD]), "一行也没有"),
        ("只是一段话，没有表格。\n又一段。".encode(), "没有找到列名"),
        (as_csv([]), "一行也没有"),
        (as_csv([row()], head=["纠纷类型", "对方"]), "缺这几列：事情经过、申请人"),
        (as_csv([row()], head=[*HEAD, "被申请人"]), "“被申请人”这一列有两个"),
        (as_csv([row()], head=[*HEAD, "事情经过"]), "“事情经过”这一列有两个"),
        (b"[1, 2, 3]", "不是一件案子"),
        (b'["a", {}', "不是完整的 JSON"),
        (b"[" * 100_000, "不是完整的 JSON"),
        (b'{"description": ', "不是完整的 JSON"),
        (b'{"a": 1}\n{"b": 2}', "缺这几列"),
        (as_csv([row(1)]) * 1 + b"x,y\r\n" * 10_100, "一次最多 10000 行"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    sqlite_site: Site, content: bytes, said: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        looked(sqlite_site, content, "案件.xlsx")
    assert refusal.value.field == "file"
    assert said in refusal.value.reasons[0].zh
    with pytest.raises(Refused):
        began(sqlite_site, content)
    assert counted(of=ImportBatch.id) == 0


def test_a_file_over_the_limit_is_not_read(sqlite_site: Site) -> None:
    with pytest.raises(Invalid, match="分成几个文件"):
        import_previews.preview(
            File("a.csv", as_csv([row(n) for n in range(99)])),
            sqlite_site.county.places["柳林镇"], by=sqlite_site.hand(WHO), limit=2_000,
        )  # fmt: skip


def test_some_broken_bytes_spoil_their_row_and_no_other(sqlite_site: Site) -> None:
    lines = as_csv([row(n) for n in range(1, 9)], coding="utf-8").split(b"\r\n")
    lines[3] = lines[3].replace("水流".encode(), b"\xe6\xb0")
    shown = looked(sqlite_site, b"\r\n".join(lines))
    assert "没有传完整" in reason_of(shown)
    assert shown.bad[0].number == 4
    assert len(shown.good) == 7


def test_nul_and_marks_at_the_ends_of_cells_are_nothing(sqlite_site: Site) -> None:
    lines = as_csv([row(1, 申请人="\ufeff陈水根\x00", 对方=" \u3000罗大年\u200b")])
    shown = looked(sqlite_site, lines)
    assert [one.names for one in shown.good] == [("陈水根", "罗大年")]


def test_a_quotation_mark_that_is_never_closed_is_found(sqlite_site: Site) -> None:
    good = as_csv([row(n) for n in range(1, 4)], coding="utf-8")
    rest = "\r\n".join(f"邻里,事情{n},甲,,乙,," for n in range(900))
    shown = looked(sqlite_site, good + f'邻里,"没有配对的引号{rest}'.encode())
    assert "引号没有配对" in reason_of(shown)
    assert (shown.bad[0].number, len(shown.good)) == (5, 3)


def test_a_row_with_more_cells_than_columns_is_not_guessed_at(sqlite_site: Site) -> None:
    lines = as_csv([row(1)], coding="utf-8") + "邻里,水,沟,的,事,也,说,不,清\r\n".encode()
    assert "多出 2 格" in reason_of(looked(sqlite_site, lines))


NESTED = [
    {"description": {"deep": [1]}, "dispute_type": ["不是文字"], "parties": [["甲"], None, 3]},
    {"description": "事情说得清楚", "dispute_type": "邻里", "parties": {"a": {"name": "甲"}, "b": "乙"}},
    {"description": "有半个字\ud800在里面", "dispute_type": "邻里", "parties": ["甲", "乙"]},
    [1, 2],
    "words",
    None,
    {"description": "只有民警和工作人员", "dispute_type": "邻里", "parties": ["民警", "工作人员"]},
    {"description": "名字在对话里", "dispute_type": "邻里", "dialogue": [
        {"speaker": "调解员", "text": "请说"}, {"speaker": "赵六", "text": "他先动的手"}, 7, None]},
]  # fmt: skip


def test_nested_rubbish_is_explained_and_what_can_be_read_is_read(sqlite_site: Site) -> None:
    content = "\n".join(json.dumps(one) for one in NESTED).encode()
    shown = looked(sqlite_site, content, "n.jsonl")
    assert [one.names for one in shown.good] == [("甲", "乙"), ("赵六",)]
    assert [bad.number for bad in shown.bad] == [1, 3, 4, 5, 6, 7]
    assert all(bad.reason.zh and bad.reason.en for bad in shown.bad)


def test_a_whole_file_of_one_json_list_is_read(sqlite_site: Site) -> None:
    listed = [
        {"纠纷类型": "邻里", "事情经过": f"第{n}件事情", "申请人": f"某{n}"} for n in range(3)
    ]
    shown = looked(sqlite_site, json.dumps(listed, indent=2).encode(), "a.json")
    assert len(shown.good) == 3


# The whole way


def test_a_preview_writes_nothing(site: Site) -> None:
    kept = set(site_of.here().store.names())
    shown = looked(site, as_csv([row(n) for n in range(1, 4)]))
    assert len(shown.good) == 3
    assert counted() == counted(of=ImportBatch.id) == counted(of=Event.id) == 0
    assert set(site_of.here().store.names()) == kept


def test_good_rows_come_in_bad_ones_stay_out(site: Site) -> None:
    rows = [row(1), row(2, 申请人电话="不知道"), row(3, 发生地点="")]
    batch = imported(site, as_csv(rows), "../../etc/登记\u202e.csv")
    assert (batch.state, batch.rows, batch.taken) == (State.DONE, 3, 2)
    assert [bad.number for bad in batch.skipped] == [3]
    assert batch.file_name == "登记.csv"
    first, third = cases()
    assert (first.community_id, third.place_id) == (
        site.county.places["柳溪村"], site.county.places["柳林镇"],
    )  # fmt: skip
    assert (first.channel, first.happened_on) == (Channel.IMPORT, date(2026, 6, 20))
    party = db.session.scalars(select(Party).where(Party.dispute_id == first.id)).first()
    assert party is not None
    assert party.phone == "13900000001"
    event = history.events_of(first.id)[0]
    assert "第2行" in event.detail
    assert batch.reference in event.detail
    assert history.broken_links(first.id) == []
    db.session.rollback()
    assert counted(of=Paper.id) == 0, "slips are made when somebody asks for one"


def test_the_same_file_again_registers_nothing(site: Site) -> None:
    content = as_csv([row(n) for n in range(1, 4)])
    batch = imported(site, content)
    with pytest.raises(Refused, match=batch.reference):
        began(site, content)
    shown = looked(site, content)
    assert shown.earlier is not None
    assert (len(shown.good), len(shown.same)) == (0, 3)
    assert counted() == 3


def test_the_same_cases_in_another_dress_register_nothing(site: Site) -> None:
    rows = [row(n) for n in range(1, 4)]
    imported(site, as_csv(rows))
    cells = [HEAD, *[[one[name] for name in HEAD] for one in [*rows, row(4), row(4)]]]
    batch = imported(site, as_xlsx(cells), "同样的.xlsx")
    assert batch.taken == 1
    assert "一模一样" in batch.skipped[0].reason.zh
    assert "第5行" in batch.skipped[3].reason.zh
    assert counted() == 4


def test_rows_that_their_own_register_tells_apart_are_two_cases(site: Site) -> None:
    head = ["编号", *HEAD]
    rows = [row(1, 编号="甲1"), row(1, 编号="甲2"), row(1, 编号="甲1")]
    shown = looked(site, as_csv(rows, head=head))
    assert ([one.number for one in shown.good], [bad.number for bad in shown.same]) == ([2, 3], [4])
    assert (shown.similar[0].number, shown.similar[0].row) == (3, 2)
    reference, by = began(site, as_csv(rows, head=head)), site.hand(WHO)
    assert imports.run(reference, by=by, told=lambda _: None, rows=1).taken == 2
    again = looked(site, as_csv([*rows, row(2)], head=head))
    assert (len(again.same), len(again.good)) == (3, 1)


def test_the_same_people_about_something_else_are_pointed_out(site: Site) -> None:
    imported(site, as_csv([row(1)]))
    shown = looked(site, as_csv([row(1, 事情经过="过了一年，又为晒谷坪争了起来。")]))
    assert len(shown.good) == 1
    assert shown.similar[0].reference == cases()[0].reference


def test_a_killed_import_goes_on_where_it_stopped(site: Site) -> None:
    content = as_csv([row(n, 申请人电话="" if n % 5 else "坏") for n in range(1, 21)])
    reference = began(site, content)
    by = site.hand(WHO)
    imports.go_on(reference, by=by, rows=7)
    stopped = imports.look(reference, by=by)
    assert (stopped.state, stopped.done) == (State.STOPPED, 7)
    with pytest.raises(AlreadyDone) as again:
        began(site, content)
    assert again.value.answer == reference
    batch = imports.run(reference, by=by, told=lambda _: None, rows=4)
    assert (batch.state, batch.taken, len(batch.skipped)) == (State.DONE, 16, 4)
    assert counted() == 16
    assert imports.go_on(reference, by=by).taken == 16


def test_a_portion_is_whole_or_not_at_all(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    reference, by = began(site, as_csv([row(n) for n in range(1, 9)])), site.hand(WHO)
    real, calls = disputes.register_in, Counter[str]()

    def dies(*args: object, **rest: object) -> object:
        calls["n"] += 1
        if calls["n"] == 4:
            raise KeyboardInterrupt
        return real(*args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "register_in", dies)
    with pytest.raises(KeyboardInterrupt):
        imports.go_on(reference, by=by)
    assert counted() == 0
    assert imports.go_on(reference, by=by).taken == 8
    assert counted() == 8


def test_what_the_registry_refuses_is_a_bad_row(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = parties.add_party

    def refuses(dispute: Dispute, person: object, *, by: object) -> object:
        if getattr(person, "name", "") == "罗大2":
            raise Refused(Text("登记簿不收", "not taken"))
        return real(dispute, person, by=by)  # type: ignore[arg-type]

    monkeypatch.setattr(disputes, "add_party", refuses)
    batch = imported(site, as_csv([row(n) for n in range(1, 4)]))
    assert (batch.taken, [bad.reason.zh for bad in batch.skipped]) == (2, ["登记簿不收"])
    assert counted() == 2
    assert counted(Party.name == "陈水2", of=Party.id) == 0


def test_undoing_takes_back_what_nobody_has_touched(site: Site) -> None:
    batch = imported(site, as_csv([row(n) for n in range(1, 8)]))
    by, worked = site.hand(WHO), [one.reference for one in cases()[:3]]
    note = NoteAnswers(choice="none", text="看过了")
    record_note(worked[0], NoteKind.DANGER_CHECK, note, by=site.hand("zhouguilan"))
    party = db.session.scalars(
        select(Party).join(Dispute).where(Dispute.reference == worked[1])
    ).first()
    assert party is not None
    number = party.id
    db.session.rollback()
    reveals.call(worked[1], number, by=site.hand("zhouguilan"))
    corrections.mark_duplicate(worked[0], worked[2], "一件事", by=by)
    imports.undo(batch.reference, by=by)
    undone = imports.run(batch.reference, by=by, told=lambda _: None, rows=2)
    assert (undone.state, undone.taken_back, undone.kept) == (State.UNDONE, 4, 3)
    for one in cases():
        assert (one.taken_back_at is None) == (one.reference in worked)
        assert history.broken_links(one.id) == []
    came = imports.came(batch.reference, by=by)
    assert [one.worked_on for one in came] == [True] * 3 + [False] * 4
    shown = listing.page(listing.Wanted(), by=by)
    assert {line.reference for line in shown.lines} == set(worked) - {worked[0]}
    gone = next(one for one in cases() if one.taken_back_at)
    last = history.events_of(gone.id)[-1]
    assert batch.reference in last.note
    db.session.rollback()
    with pytest.raises(NotFound):
        record_note(gone.reference, NoteKind.DANGER_CHECK, note, by=site.hand("zhouguilan"))


def test_what_was_undone_can_be_imported_again(site: Site) -> None:
    content = as_csv([row(n) for n in range(1, 4)])
    batch, by = imported(site, content), site.hand(WHO)
    imports.undo(batch.reference, by=by)
    imports.run(batch.reference, by=by, told=lambda _: None)
    again = imported(site, content)
    assert again.taken == 3
    assert counted(Dispute.taken_back_at.is_(None)) == 3
    assert len({one.reference for one in cases()}) == 6, "no reference is given twice"


def test_undoing_stops_an_import_on_its_way(site: Site) -> None:
    reference, by = began(site, as_csv([row(n) for n in range(1, 9)])), site.hand(WHO)
    imports.go_on(reference, by=by, rows=3)
    imports.undo(reference, by=by)
    batch = imports.run(reference, by=by, told=lambda _: None)
    assert (batch.state, batch.taken, batch.taken_back) == (State.UNDONE, 3, 3)
    assert counted(Dispute.taken_back_at.is_(None)) == 0


def test_only_who_may_import_does_and_only_for_their_own_places(site: Site) -> None:
    content = as_csv([row(1)])
    with pytest.raises(NotAllowed):
        began(site, content, who="zhouguilan")
    with pytest.raises(Invalid) as refusal:
        began(site, content, who="guyan")
    assert refusal.value.field == "place_id"
    batch = imported(site, content)
    for act in (imports.look, imports.undo, imports.came, imports.original, imports.go_on):
        with pytest.raises(NotFound):
            act(batch.reference, by=site.hand("guyan"))
    assert imports.latest(by=site.hand("guyan"))[0] == []
    assert [one.reference for one in imports.latest(by=site.hand(WHO))[0]] == [batch.reference]


def test_an_import_whose_file_is_lost_says_so_and_can_be_undone(site: Site) -> None:
    reference, by = began(site, as_csv([row(n) for n in range(1, 4)])), site.hand(WHO)
    imports.go_on(reference, by=by, rows=1)
    store = site_of.here().store
    for name in store.names():
        (store.folder / name[:2] / name).unlink()
    with pytest.raises(Refused, match="撤销"):
        imports.go_on(reference, by=by)
    imports.undo(reference, by=by)
    assert imports.run(reference, by=by, told=lambda _: None).taken_back == 1


# What was left out, as a file


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_left_out_is_put_right_and_comes_in(site: Site, form: str) -> None:
    evil = row(2, 申请人电话="=1+1", 对方="@SUM(1)", 事情经过="+86的电话说不清")
    batch = imported(site, as_csv([row(1), evil]))
    columns, rows = imports.skipped_lines(batch.reference, by=site.hand(WHO))
    content, _ = import_files.left_out(columns, rows, form, "zh")
    if form == "csv":
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert {cell.data_type for line in page.iter_rows() for cell in line} <= {"s", "n"}
        table = [[str(cell or "") for cell in line] for line in page.iter_rows(values_only=True)]
    assert table[0][:4] == ["行号", "为什么没有进来", "纠纷类型", "事情经过"]
    assert table[1][0] == "3"
    assert not [cell for cell in table[1] if cell[:1] in "=+-@" and cell]
    table[1][table[0].index("申请人电话")] = "13900000109"
    mended = as_csv([dict(zip(table[0], table[1], strict=True))], head=table[0])
    again = imported(site, mended, "改好的.csv")
    assert again.taken == 1
    newest = cases()[-1]
    assert (newest.facts, newest.party_names) == ("+86的电话说不清", "陈水2、@SUM(1)")


def test_left_out_json_keeps_every_cell(sqlite_site: Site) -> None:
    good = {"dispute_type": "邻里", "description": "一件好好的事情", "parties": ["甲", "乙"]}
    lines = [good, {**good, "dispute_type": "?", "dialogue": [{"speaker": "甲", "text": "=话"}]}]
    batch = imported(sqlite_site, as_jsonl(lines), "a.jsonl")
    columns, rows = imports.skipped_lines(batch.reference, by=sqlite_site.hand(WHO))
    content, _ = import_files.left_out(columns, rows, "csv", "en")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert table[0] == ["Line", "Why it was not taken", "Type", "Facts", "Parties", "dialogue"]
    assert table[1][4:] == ["甲、乙", '[{"speaker": "甲", "text": "=话"}]']


def test_what_waits_for_a_yes_is_for_one_person_and_a_day(sqlite_site: Site) -> None:
    site, waiting = sqlite_site, import_files.Waiting(File("a.csv", b"words"), 7)
    name = import_files.set_down(waiting, by=site.hand(WHO))
    assert import_files.pick_up(name, by=site.hand(WHO)) == waiting
    assert import_files.pick_up(name, by=site.hand("guyan")) is None
    assert import_files.pick_up("../../keys", by=site.hand(WHO)) is None
    folder = site_of.here().store.folder / "waiting"
    assert b"words" not in (folder / name).read_bytes()
    site.clock.tick(days=900)
    import_files.set_down(waiting, by=site.hand(WHO))
    assert import_files.pick_up(name, by=site.hand(WHO)) is None


@pytest.mark.slow
def test_five_thousand_rows(sqlite_site: Site) -> None:
    rows = [row(n, 申请人电话="") for n in range(5_000)]
    shown = looked(sqlite_site, as_csv(rows))
    assert len(shown.good) == 5_000
    batch = imported(sqlite_site, as_csv(rows[:1_000]))
    assert (batch.taken, batch.state) == (1_000, State.DONE)


@pytest.mark.cases
def test_the_real_cases_come_in_whole(site: Site, real_cases: Path) -> None:
    content = real_cases.read_bytes()
    told = [json.loads(line) for line in content.splitlines() if line.strip()]
    shown = looked(site, content, real_cases.name)
    assert [bad.reason.zh for bad in shown.skipped] == []
    assert shown.talks == len(told)
    batch = imported(site, content, real_cases.name)
    assert (batch.state, batch.taken) == (State.DONE, len(told))
    registered = cases()
    assert [one.facts for one in registered] == [one["description"].strip() for one in told]
    kinds = {dispute_types.recognise(one["dispute_type"]) for one in told}
    assert {one.dispute_type for one in registered} == {kind.code for kind in kinds if kind}
    assert all(one.party_names for one in registered)
    sent = imports.original(batch.reference, by=site.hand(WHO))
    assert sent == File(real_cases.name, content)
    assert [entry.act for entry in audits()] == ["open_import_file", "import"]


def test_several_at_once_register_every_row_once(site: Site) -> None:
    """Two pages and a terminal on the same import."""
    reference = began(site, as_csv([row(n) for n in range(40)]))
    start = Barrier(4)

    def work(_: int) -> State:
        with site.app.app_context():
            by = site.hand(WHO)
            start.wait()
            return imports.run(reference, by=by, told=lambda _: None, rows=7).state

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(work, range(4))) == {State.DONE}
    assert counted() == imports.look(reference, by=site.hand(WHO)).taken == 40


def test_two_begin_the_same_file_at_once(site: Site) -> None:
    content, start = as_csv([row(1)]), Barrier(4)

    def begin(_: int) -> str:
        with site.app.app_context():
            start.wait()
            try:
                return began(site, content)
            except AlreadyDone as done:
                return done.answer

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(begin, range(4)))) == 1
    assert counted(of=ImportBatch.id) == 1
