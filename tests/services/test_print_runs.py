"""Print runs: what is chosen is what is printed, each letter once, as it was issued, by whom it is theirs."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from mediation.errors import NotAllowed, NotFound, Refused
from mediation.models import papers as rows
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.papers import Paper
from mediation.models.print_runs import PrintCase, PrintItem
from mediation.services import paper_files, print_choices, print_files, print_runs
from mediation.services.import_previews import File
from mediation.services.print_choices import Wanted
from mediation.services.print_runs import RunState, Step
from mediation.store import StorageFull
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.words import PaperState
from tests.counter import register
from tests.site import Site
from tests.tables import as_xlsx

CHAIR = "hetianming"
ASKED = Text("试印", "a trial")
APPLICATION = D.MEDIATION_APPLICATION.folder


def cases(site: Site, count: int, *, drawn: int | None = None) -> list[Paper]:
    """So many cases; the first ones' applications drawn; those applications."""
    for _ in range(count):
        register(site)
    found = applications()
    for paper in found[:drawn]:
        paper_files.draw(paper.id)
    return applications()


def applications() -> list[Paper]:
    found = list(db.session.query(Paper).where(Paper.kind == APPLICATION).order_by(Paper.id))
    db.session.expunge_all()
    db.session.rollback()
    return found


def run(
    site: Site, wanted: Wanted, *, who: str = CHAIR, size: int = 3, single: bool = False
) -> str:
    by = site.hand(who)
    reference = print_runs.choose(wanted, single=single, volume_size=size, asked=ASKED, by=by)
    print_runs.start(reference, by=by)
    return reference


def to_the_end(site: Site, reference: str, who: str = CHAIR) -> print_runs.Run:
    number = print_runs.look(reference, by=site.hand(who)).id
    for _ in range(200):
        if print_runs.advance(number, site.clock.clock) in (Step.DONE, Step.STOPPED, Step.WAITS):
            return print_runs.look(reference, by=site.hand(who))
    raise AssertionError("it never ends")


def volume(site: Site, reference: str, number: int, who: str = CHAIR) -> bytes:
    return print_files.open_volume(reference, number, by=site.hand(who)).content


def words(pdf: bytes) -> str:
    return "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages
    )


def test_each_letter_is_bound_once_and_as_it_was_drawn(site: Site) -> None:
    papers = cases(site, 5)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION))
    done = to_the_end(site, reference)
    assert (done.state, done.letters, done.done, done.failed) == (RunState.DONE, 5, 5, 0)
    assert [v.letters for v in done.volumes] == [3, 2]
    bound = [volume(site, reference, v.number) for v in done.volumes]
    text = "".join(map(words, bound))
    assert [text.count(f"编号：{p.number}") for p in papers] == [1] * 5
    own = [drawn_pages(paper_files.file_of(paper).content) for paper in papers]
    assert [page for pdf in bound for page in drawn_pages(pdf)] == [p for one in own for p in one]
    assert [v.pages for v in done.volumes] == [sum(map(len, own[:3])), sum(map(len, own[3:]))]


def drawn_pages(pdf: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [page.Contents.read_bytes() for page in opened.pages]


def test_a_volume_has_a_bookmark_for_each_letter(sqlite_site: Site) -> None:
    site = sqlite_site
    papers = cases(site, 2)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION))
    to_the_end(site, reference)
    with pikepdf.open(io.BytesIO(volume(site, reference, 1))) as opened, opened.open_outline() as o:
        titles = [str(item.title) for item in o.root]
    assert titles == [f"{p.number}人民调解申请书（陈水根）" for p in papers]


def test_files_of_their_own(sqlite_site: Site, tmp_path: Path) -> None:
    site = sqlite_site
    papers = cases(site, 3)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION), single=True)
    assert not to_the_end(site, reference).volumes
    out = io.BytesIO()
    print_files.write_letters(reference, out, by=site.hand(CHAIR))
    own = [paper_files.file_of(paper).content for paper in papers]
    with zipfile.ZipFile(out) as archive:
        assert [archive.read(name) for name in sorted(archive.namelist())] == own
    assert print_files.write_into(tmp_path / "out", reference, by=site.hand(CHAIR)) == 3
    assert [path.read_bytes() for path in sorted((tmp_path / "out").iterdir())] == own
    assert print_files.write_into(tmp_path / "out", reference, by=site.hand(CHAIR)) == 0, (
        "once is enough"
    )


# What is chosen.


def chosen(site: Site, wanted: Wanted, who: str = CHAIR) -> print_choices.Chosen:
    found = print_choices.choose(wanted, by=site.hand(who))
    db.session.rollback()
    return found


def reasons(found: print_choices.Chosen) -> list[tuple[str, str]]:
    return [(one.what.zh, one.why.zh) for one in found.left_out]


def test_slips_are_never_in_a_batch(sqlite_site: Site) -> None:
    site = sqlite_site
    reference = register(site)
    slips = list(db.session.query(Paper).where(Paper.kind == D.CASE_SLIP.folder))
    ids, slip = {paper.id for paper in slips}, slips[0].public_id
    db.session.rollback()
    assert ids
    assert not ids & set(chosen(site, Wanted(cases=(reference,))).papers)
    with pytest.raises(Refused):
        chosen(site, Wanted(kind=D.CASE_SLIP))
    assert reasons(chosen(site, Wanted(papers=(slip,)))) == [(slip, "没有找到，或者不归您管")]
    table = File("小条.csv", f"{reference},案件码小条\n".encode())
    assert "小条不能批量印" in reasons(chosen(site, Wanted(file=table)))[0][1]


def test_a_table_names_cases_and_papers_row_by_row(sqlite_site: Site) -> None:
    site = sqlite_site
    first, second = cases(site, 2, drawn=0)
    reference = db.session.query(Dispute).filter_by(id=first.dispute_id).one().reference
    db.session.rollback()
    lines = [
        ["案件编号", "文书"],
        [reference, "人民调解申请书"],
        [second.number, ""],
        [reference, "调解结果告知信"],
        ["没有这个", ""],
        [reference, "天书"],
        [second.number, ""],
    ]
    csv = "\r\n".join(",".join(line) for line in lines)
    tables = [
        File("甲.csv", csv.encode("gb18030")),
        File("乙.csv", csv.replace(",", "\t").encode("utf-8-sig")),
        File("丙.xlsx", as_xlsx(lines)),
    ]
    for table in tables:
        found = chosen(site, Wanted(file=table))
        assert found.papers == (first.id, second.id), table.name
        assert [(what[:3], why) for what, why in reasons(found)] == [
            ("第4行", "这件没有要印的文书"),
            ("第5行", "没有找到，或者不归您管"),
            ("第6行", "没有“天书”这种文书"),
        ], table.name


def test_found_by_what_they_are(sqlite_site: Site) -> None:
    site = sqlite_site
    first, second = cases(site, 2)
    site.clock.tick(days=3)
    (third,) = {p.id for p in cases(site, 1)} - {first.id, second.id}
    day = site.clock.clock.today()

    def ids(**wanted: Any) -> tuple[int, ...]:
        return chosen(site, Wanted(kind=D.MEDIATION_APPLICATION, **wanted)).papers

    assert ids() == (first.id, second.id, third)
    assert ids(from_on=day) == (third,)
    assert ids(to_on=first.issued_on) == (first.id, second.id)
    assert ids(place_id=site.county.places["柳溪村"]) == (first.id, second.id, third)
    with pytest.raises(Refused, match="没有找到能印的文书"):
        ids(place_id=site.county.places["河口村"])
    to_the_end(site, run(site, Wanted(kind=D.MEDIATION_APPLICATION, to_on=first.issued_on)))
    assert ids(not_printed=True) == (third,)


def test_everybody_prints_within_their_reach(site: Site) -> None:
    register(site)
    register(site, "duanshuiqing", place="河口村")
    for who, count in ((CHAIR, 1), ("fangwei", 2), ("shenjing", 2)):
        assert len(chosen(site, Wanted(kind=D.MEDIATION_APPLICATION), who).papers) == count, who
    with pytest.raises(Refused, match="没有找到能印的文书"):
        chosen(site, Wanted(kind=D.MEDIATION_APPLICATION), "guyan")
    for who in ("zhouguilan", "linxiaohe", "luoyiming", "tianlu"):
        with pytest.raises(NotAllowed):
            print_runs.choose(
                Wanted(kind=D.MEDIATION_APPLICATION), single=False, volume_size=3, asked=ASKED,
                by=site.hand(who),
            )  # fmt: skip


def test_a_run_is_its_owners_alone(sqlite_site: Site) -> None:
    site = sqlite_site
    cases(site, 1)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION))
    to_the_end(site, reference)
    for act in (print_runs.look, print_runs.pause, print_runs.cancel, print_runs.start):
        with pytest.raises(NotFound):
            act(reference, by=site.hand("fangwei"))
    with pytest.raises(NotFound):
        volume(site, reference, 1, "shenjing")


def test_what_left_ones_reach_is_not_handed_out(sqlite_site: Site) -> None:
    """Cases move on; a file that holds one of them stays closed."""
    site = sqlite_site
    (paper,) = cases(site, 1)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION))
    to_the_end(site, reference)
    assert volume(site, reference, 1)
    elsewhere = site.county.committees["河口村"]
    db.session.query(Dispute).filter_by(id=paper.dispute_id).update({"committee_id": elsewhere})
    db.session.commit()
    with pytest.raises(Refused, match="1份已经不归您管"):
        volume(site, reference, 1)


# Stopping and going on.


def test_paused_gone_on_and_cancelled(site: Site) -> None:
    cases(site, 5)
    hand = site.hand(CHAIR)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION), size=2)
    number = print_runs.look(reference, by=hand).id
    assert print_runs.advance(number, site.clock.clock) is Step.MADE
    print_runs.pause(reference, by=hand)
    assert print_runs.advance(number, site.clock.clock) is Step.STOPPED
    paused = print_runs.look(reference, by=hand)
    assert (paused.state, paused.done, paused.left) == (RunState.PAUSED, 2, 3)
    print_runs.start(reference, by=hand)
    assert print_runs.advance(number, site.clock.clock) is Step.MADE
    print_runs.cancel(reference, by=hand)
    assert print_runs.advance(number, site.clock.clock) is Step.STOPPED
    over = print_runs.look(reference, by=hand)
    assert (over.state, [v.letters for v in over.volumes]) == (RunState.CANCELLED, [2, 2])
    with pytest.raises(Refused, match="已经印完或取消"):
        print_runs.start(reference, by=hand)


def test_two_at_one_run_bind_each_volume_once(site: Site) -> None:
    """A command and the site's own worker, say: whoever comes second finds it done."""
    cases(site, 6)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION), size=2)
    number = print_runs.look(reference, by=site.hand(CHAIR)).id
    start = Barrier(2)

    def work(_: int) -> None:
        with site.app.app_context():
            start.wait()
            while print_runs.advance(number, site.clock.clock) is Step.MADE:
                pass
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    done = print_runs.look(reference, by=site.hand(CHAIR))
    assert (done.state, done.done, done.failed) == (RunState.DONE, 6, 0)
    assert [(v.number, v.letters) for v in done.volumes] == [(1, 2), (2, 2), (3, 2)]


def test_what_is_still_being_drawn_is_waited_for(sqlite_site: Site) -> None:
    site = sqlite_site
    papers = cases(site, 3, drawn=1)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION), size=1)
    waits = to_the_end(site, reference)
    assert (waits.state, waits.done, waits.left) == (RunState.RUNNING, 1, 2)
    paper_files.draw(papers[2].id)
    assert to_the_end(site, reference).done == 2, "one that is drawn does not wait for another"
    paper_files.draw(papers[1].id)
    assert to_the_end(site, reference).state is RunState.DONE


def test_what_failed_says_why_and_is_tried_again_in_a_volume_of_its_own(site: Site) -> None:
    papers = cases(site, 4)
    refused = Text("字库里没有这个字", "no such character")
    _forget_file(papers[1].id)
    paper_files.give_up(papers[1].id, refused)
    _withdraw(papers[2].id)
    hand = site.hand(CHAIR)
    reference = run(site, Wanted(papers=tuple(p.public_id for p in papers if p is not papers[2])))
    number = print_runs.look(reference, by=hand).id
    db.session.add(PrintItem(run_id=number, paper_id=papers[2].id, position=3, volume=1))
    db.session.commit()
    done = to_the_end(site, reference)
    assert (done.done, done.failed) == (2, 2)
    assert [why.zh for _, why in print_runs.failures(reference, by=hand)] == [
        "没有生成：字库里没有这个字", "已经撤回，没有印",
    ]  # fmt: skip
    paper_files.try_again(papers[1].public_id, by=hand)
    paper_files.draw(papers[1].id)
    print_runs.try_again(reference, by=hand)
    again = to_the_end(site, reference)
    assert (again.done, again.failed, [v.letters for v in again.volumes]) == (3, 1, [2, 1])
    assert words(volume(site, reference, 2)).count(papers[1].number) >= 1


def _forget_file(paper_id: int) -> None:
    db.session.query(Paper).filter_by(id=paper_id).update({"sha256": ""})
    db.session.commit()


def _withdraw(paper_id: int) -> None:
    db.session.query(Paper).filter_by(id=paper_id).update({"state": PaperState.WITHDRAWN})
    db.session.commit()


def test_a_full_disk_is_said_and_loses_nothing(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    cases(site, 2)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION))

    def full(*_: object) -> str:
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr("mediation.store.Store.put", full)
        assert site.draw() > 0
    told = print_runs.look(reference, by=site.hand(CHAIR))
    assert told.state is RunState.RUNNING
    assert told.trouble is not None
    assert "磁盘快满了" in told.trouble.zh
    site.clock.tick(minutes=5)
    for _ in range(5):
        site.draw()
        site.clock.tick(seconds=10)
    told = print_runs.look(reference, by=site.hand(CHAIR))
    assert (told.state, told.done, told.trouble) == (RunState.DONE, 2, None)


def test_a_lost_volume_is_bound_again_from_the_same_papers(sqlite_site: Site) -> None:
    site = sqlite_site
    cases(site, 2)
    reference = run(site, Wanted(kind=D.MEDIATION_APPLICATION))
    to_the_end(site, reference)
    before = volume(site, reference, 1)
    store = site.app.extensions["config"].files
    names = set(rows.all_files())
    lost = [p for p in store.glob("[0-9a-f][0-9a-f]/*") if p.name not in names]
    db.session.rollback()
    assert lost
    for path in lost:
        path.unlink()
    assert volume(site, reference, 1) == before


# Issued for many cases, then printed.


def test_a_paper_is_issued_for_each_case_once(site: Site) -> None:
    references = [register(site) for _ in range(3)]
    register(site, "duanshuiqing", place="河口村")
    reference = run(site, Wanted(kind=D.NOTICE_LETTER, cases=(*references, "别处"), issue=True))
    half = to_the_end(site, reference)
    assert (half.cases, half.cases_done, half.letters, half.state) == (3, 3, 6, RunState.RUNNING)
    number = half.id
    # Killed after a paper was issued and before the run knew of it: the case is still waiting.
    item = db.session.query(PrintItem).filter_by(run_id=number).order_by(PrintItem.id).first()
    case = db.session.query(PrintCase).filter_by(run_id=number).order_by(PrintCase.id).first()
    assert item is not None
    assert case is not None
    db.session.query(PrintItem).filter(PrintItem.run_id == number, PrintItem.position < 2).delete()
    case.state = case.state.WAITING
    db.session.commit()
    again = to_the_end(site, reference)
    issued = db.session.query(Paper).filter_by(kind=D.NOTICE_LETTER.folder).count()
    db.session.rollback()
    assert (issued, again.letters, again.cases_done) == (6, 6, 3)


def test_who_may_not_issue_is_told_case_by_case(sqlite_site: Site) -> None:
    site = sqlite_site
    references = [register(site) for _ in range(2)]
    reference = run(
        site, Wanted(kind=D.NOTICE_LETTER, cases=tuple(references), issue=True), who="shenjing"
    )
    done = to_the_end(site, reference, "shenjing")
    assert (done.cases_failed, done.letters, done.state) == (2, 0, RunState.DONE)
    found = print_runs.failures(reference, by=site.hand("shenjing"))
    assert all("记录办理情况" in why.zh for _, why in found)
