"""The demonstration over real cases, over our own stories' kinds, and over rows nobody can tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mediation.errors import Refused
from mediation.models import disputes, papers
from mediation.seeds import demo, endings, first, stories
from mediation.seeds.real_cases import read
from mediation.seeds.story import Story
from mediation.services.papers_due import volume_check
from mediation.services.volumes import open_volume
from mediation.workflow.documents import Document
from mediation.workflow.stages import ENDS, Stage
from mediation.workflow.transitions import Transition
from mediation.workflow.words import Side
from tests.site import Site

AGREEING = {
    Transition.DRAFT_AGREEMENT,
    Transition.SETTLE_ORALLY,
    Transition.PERFORM_ON_SPOT,
}
GOOD: dict[str, Any] = {
    "id": "T-1",
    "dispute_type": "社区邻里纠纷",
    "description": "两家为排水沟的走向争了半年，谁也不让谁。",
    "parties": ["甲某", "乙某（某某有限公司负责人）", "村干部"],
    "dialogue": [
        {"speaker": "调解员", "text": "请两位说说。", "technique": "了解基本情况"},
        {
            "speaker": "调解员",
            "text": "达成以下协议：1. 乙某当场赔偿甲某300元。2. 双方不再争执。是否同意？",
            "technique": "达成调解协议",
        },
    ],
}
ODD: list[object] = [
    {},
    {"id": None, "description": None, "parties": None, "dialogue": None},
    {"description": "只有案情，别的什么都没有写，也没有名字。"},
    {**GOOD, "parties": []},
    {**GOOD, "parties": "张三、李四，王五"},
    {**GOOD, "parties": ["同一个人", "同一个人", "未提及", 7, {"name": "赵六"}, None]},
    {**GOOD, "parties": ["民警", "工作人员"]},
    {**GOOD, "parties": [f"村民{n}号" for n in range(300)]},
    {**GOOD, "parties": ["名" * 500, "字" * 500]},
    {**GOOD, "dispute_type": "外星纠纷"},
    {**GOOD, "dispute_type": ["不是文字"]},
    {**GOOD, "description": "长" * 50_000},
    {**GOOD, "description": "有表情😀、有控制符\u202e\u0007、有私用字\ue000、有半个字\ud800。"},
    {**GOOD, "dialogue": "不是一列"},
    {**GOOD, "dialogue": [None, 3, {"text": None}, {"speaker": 9, "text": "话" * 9000}]},
    {**GOOD, "dialogue": [{"speaker": "谁", "text": "说", "technique": "达成调解协议"}] * 500},
    {"dialogue": GOOD["dialogue"]},
]
BROKEN = [
    b"{not json",
    b"[1, 2]",
    b"null",
    b'"words"',
    b"\xff\xfe\x00bad",
    b'{"id": "x"',
    b"[" * 5000,
    b'{"description": NaN}',
]


def _file(folder: Path, rows: list[object], raw: list[bytes] | None = None) -> Path:
    path = folder / "cases.jsonl"
    lines = [json.dumps(row).encode() for row in rows] + (raw or [])
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n\n".join(lines))
    return path


def test_rows_that_cannot_be_told_say_why(tmp_path: Path) -> None:
    told = list(read(_file(tmp_path, [], BROKEN)))
    assert len(told) == len(BROKEN)
    assert all(one.reason is not None for one in told)


def test_odd_rows_are_told_or_explained(tmp_path: Path) -> None:
    told = list(read(_file(tmp_path, [GOOD, *ODD])))
    assert len(told) == len(ODD) + 1
    for one in told:
        assert (one.story is None) != (one.reason is None)
        if one.story is not None:
            assert len(one.story.disputants) >= 2
            assert len(one.story.title) <= 60
            assert all(len(party.name) <= 40 for party in one.story.parties)
    assert sum(one.story is not None for one in told) == len(ODD) - 2


def told_of(folder: Path, **changes: object) -> Story:
    (one,) = read(_file(folder, [{**GOOD, **changes}]))
    assert one.story is not None
    return one.story


def terms_of(*words: str) -> list[dict[str, str]]:
    return [{"speaker": "调解员", "text": one, "technique": "达成调解协议"} for one in words]


def test_whoever_is_bound_by_the_terms_is_a_party(tmp_path: Path) -> None:
    """The one who was hurt, four who pay, and the school: not the first two alone."""
    said = terms_of(
        "达成以下协议：1.伦某等4位学生的家长分别承担余某医疗费4000元；2.学校向余某支付赔偿费用15000元。"
    )
    names = ["余某", "伦某", "陈某", "孙某", "丁某", "某小学", "王老师"]
    story = told_of(tmp_path, parties=names, dialogue=said)
    assert [(p.name, p.side) for p in story.parties] == [
        ("余某", Side.APPLICANT),
        *((name, Side.RESPONDENT) for name in names[1:6]),
        ("王老师", Side.THIRD),
    ]
    assert {duty.debtor for duty in story.duties} == {1, 2, 3, 4, 5}


def test_who_pays_and_who_is_paid_are_two_sides(tmp_path: Path) -> None:
    said = terms_of("达成以下协议：医院一次性赔偿患方6万元。")
    story = told_of(tmp_path, parties=["赵某", "吴某", "某医院"], dialogue=said)
    assert [p.side for p in story.parties] == [Side.APPLICANT, Side.THIRD, Side.RESPONDENT]


def test_what_the_source_does_not_say_is_not_made_up(tmp_path: Path) -> None:
    story = told_of(tmp_path, dialogue=terms_of("很好，那么我们现在达成以下调解协议："))
    assert story.duties == ()
    assert story.claims == ""
    ways = [end for end in endings.ENDINGS if end.suits(story)]
    assert ways
    assert all(not set(endings.moves_to(end, story)) & AGREEING for end in ways)


def test_a_claim_is_what_the_applicant_asked_for(tmp_path: Path) -> None:
    talk = [
        {"speaker": "甲某", "text": "院墙塌了。我要求他赔我修墙的钱，把沟改回去。"},
        {"speaker": "乙某", "text": "我要求他先把树砍了。"},
    ]
    assert told_of(tmp_path, dialogue=talk).claims == "要求他赔我修墙的钱，把沟改回去"


def test_a_long_story_says_that_it_was_cut(tmp_path: Path) -> None:
    facts = told_of(tmp_path, description="吵了很久。" * 4000).facts
    assert len(facts) == 5000
    assert facts.endswith("……（原文较长，以下略）")
    assert not told_of(tmp_path, description="吵了很久。" * 1000).facts.endswith("略）")


def test_the_fewest_ends_are_left_out(tmp_path: Path) -> None:
    """Stories without terms take the ends that need none, wherever they stand in the file."""
    bare = told_of(tmp_path, dialogue=[])
    whole = told_of(tmp_path)
    for told in ([bare] * 5 + [whole] * 5, [whole] * 5 + [bare] * 5, [whole, bare] * 5):
        ends = {
            endings.moves_to(end, story)[-1].value.target
            for end, story in zip(endings.spread(told), told, strict=True)
        }
        assert ends >= {*ENDS, Stage.CLOSED, Stage.ARCHIVED}
    assert len(endings.spread([whole])) == 1
    assert endings.spread([]) == []


def test_every_row_that_was_told_can_be_walked(
    sqlite_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    either = (
        endings.Ending((Transition.MAKE_EFFECTIVE,)),
        endings.Ending((Stage.MEDIATING, Transition.LEAVE)),
    )
    monkeypatch.setattr(endings, "ENDINGS", either)
    site, wrong = sqlite_site, []  # type: ignore[var-annotated]
    told = list(read(_file(tmp_path, [GOOD, *ODD])))
    walked = demo._walk_all(site.county, told, site.clock.clock, wrong)
    assert [str(reason) for reason in wrong] == []
    assert len(walked) == sum(one.story is not None for one in told)


def test_a_run_writes_its_papers(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first.mark_practice(site.app.extensions["config"])
    out = tmp_path / "out"
    demo.run(site.app, out=out, cases=_file(tmp_path, [GOOD, GOOD], BROKEN[:1]), as_json=True)

    shown = json.loads(capsys.readouterr().out)
    assert [one["path"][-1] for one in shown] == ["ARCHIVED", "NOT_ACCEPTED"]
    for one in shown:
        assert one["papers"]
        for paper in one["papers"]:
            file = Path(paper["file"])
            assert file.parent == (out / one["reference"]).resolve()
            assert file.read_bytes().startswith(b"%PDF")
            assert paper["pages"] >= 1


def test_a_site_with_real_data_is_left_alone(site: Site, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        demo.run(site.app, out=tmp_path, cases=None, as_json=False)


def test_our_own_stories_cover_every_end() -> None:
    told = [seed.story for seed in stories.STORIES]
    ends = [
        endings.moves_to(end, story)[-1]
        for end, story in zip(endings.spread(told), told, strict=True)
    ]
    assert {move.value.target for move in ends} >= {*ENDS, Stage.CLOSED, Stage.ARCHIVED}


def test_the_stories_are_planted_where_they_are_to_stand(sqlite_site: Site) -> None:
    site = sqlite_site
    planted = stories.plant_stories(site.county, site.clock.clock)
    assert len(planted) == len(stories.STORIES) >= 14
    whole = planted[next(seed.story.title for seed in stories.STORIES if seed.prints)]
    dispute = disputes.find(whole, by=site.county.actor("shenjing"))
    assert dispute is not None
    there = {Document[p.kind.upper()] for p in papers.papers_of(dispute.id)}
    assert there >= {Document.INQUIRY_RECORD, *(d for d in Document if d.value.on_request)}
    volume = open_volume(dispute, site.clock.clock.today())
    assert [one.item for one in volume_check(volume) if one.missing] == []


@pytest.mark.cases
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_real_case_is_walked_to_an_end(sqlite_site: Site, real_cases: Path) -> None:
    """Every path; drawing all their papers takes minutes and is what `./dev demo` does."""
    site, wrong = sqlite_site, []  # type: ignore[var-annotated]
    told = list(read(real_cases))
    walked = demo._walk_all(site.county, told, site.clock.clock, wrong)
    ends, printed = set(), set()
    for _, walker in walked:
        printed |= {paper.kind for paper in walker.volume().papers}
        moves = [e for e in walker.volume().events if e.to_stage is not None]
        assert demo.illegal_steps(moves) == []
        ends.add(moves[-1].to_stage)
    assert [str(reason) for reason in wrong] == []
    assert len(walked) == len(told)
    assert ends >= {*ENDS, Stage.CLOSED, Stage.ARCHIVED}
    assert printed == {document.folder for document in Document}
