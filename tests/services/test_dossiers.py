"""The bound volume of a case: every page where the index says, papers as issued, nothing lost, for
nobody whom it does not concern."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from mediation import backups, cli_dossier, jobs
from mediation.documents.press import PressFailed, press
from mediation.errors import NotAllowed, NotFound, Refused
from mediation.models import bindings, database, disputes, outbox
from mediation.models.bindings import BindingState
from mediation.models.database import db
from mediation.models.evidence import Evidence
from mediation.models.history import AuditEntry
from mediation.models.papers import Paper
from mediation.permissions import Actor
from mediation.seeds.walk import dispute_at
from mediation.services import dossiers, evidence, volume_binding
from mediation.services import site as site_of
from mediation.services.dossiers import DossierAnswers
from mediation.services.evidence import EvidenceAnswers
from mediation.services.volume_contents import contents
from mediation.services.volumes import open_volume
from mediation.workflow.documents import VolumeItem
from mediation.workflow.stages import Stage
from mediation.workflow.words import PaperState
from tests.counter import register
from tests.documents.paper import bare
from tests.pictures import heic, jpeg, pdf, recording
from tests.site import Site

KEEPER = "zhouguilan"
I = VolumeItem  # noqa: E741


def give(
    site: Site, reference: str, name: str, content: bytes, item: VolumeItem = I.EVIDENCE
) -> None:
    answers = EvidenceAnswers(name=name, source="陈水根", file_name="a", content=content, item=item)
    evidence.add(reference, answers, limit=10**8, by=site.hand(KEEPER))


def slip_in(site: Site, reference: str, name: str, content: bytes, media_type: str) -> None:
    """A file that no door of ours lets in; it may have come before the door was there."""
    sha256 = site_of.here().store.put(content)
    with database.transaction():
        dispute = disputes.named_at_the_machine(reference)
        assert dispute is not None
        db.session.add(
            Evidence(
                dispute_id=dispute.id, name=name, source="罗大年", sha256=sha256,
                received_on=site.clock.clock.today(), media_type=media_type, size=len(content),
                recorded_by="周桂兰", recorded_at=site.clock.clock.now(),
            )
        )  # fmt: skip


@dataclass
class Volume:
    """A volume read back: its pages' text without white space, and what a reader shows of it."""

    content: bytes
    reader: PdfReader

    @property
    def pages(self) -> list[str]:
        return [bare(page.extract_text()) for page in self.reader.pages]

    @property
    def rows(self) -> list[tuple[str, int, int, str]]:
        """The lines of the index: name, first and last page, remark, as they are printed."""
        text = "\n".join(
            p.extract_text() for p in self.reader.pages[1:4] if "序号 文书名称" in p.extract_text()
        )
        found = re.findall(r"^\d+ (.+?) (\d+)(?:—(\d+))?(?: (\D.*))?$", text, re.MULTILINE)
        return [(name, int(first), int(last or first), note) for name, first, last, note in found]

    @property
    def numbered(self) -> list[int | None]:
        """The number of the volume that stands on each page; None where there is none."""
        found = [re.findall(r"卷内第(\d+)页", page) for page in self.pages]
        assert all(len(one) <= 1 for one in found), "a page has one number"
        return [int(one[0]) if one else None for one in found]

    @property
    def outline(self) -> list[tuple[int, str, int]]:
        """Depth, name and page (from 0) of every bookmark."""
        return list(_lines(self.reader, self.reader.outline, 0))


def _lines(reader: PdfReader, lines: Any, depth: int) -> Iterator[tuple[int, str, int]]:
    for line in lines:
        if isinstance(line, list):
            yield from _lines(reader, line, depth + 1)
        else:
            page = reader.get_destination_page_number(line)
            assert page is not None
            yield depth, str(line.title), page


def shown(site: Site, reference: str) -> dossiers.DossierPage:
    """The page as its service gives it, and no transaction left open behind it."""
    page = dossiers.page(reference, by=site.hand(KEEPER))
    db.session.rollback()
    return page


def bound(site: Site, reference: str, **answers: str) -> Volume:
    number = dossiers.ask(reference, DossierAnswers(**answers), by=site.hand(KEEPER))
    site.draw()
    found = dossiers.open_file(reference, number, by=site.hand(KEEPER))
    return Volume(found.content, PdfReader(io.BytesIO(found.content)))


@pytest.fixture
def confirmed(sqlite_site: Site) -> tuple[Site, str]:
    """A case that went to the court and back, with evidence of every kind a telephone makes."""
    site = sqlite_site
    reference = dispute_at(Stage.MEDIATING, county=site.county, moving=site.clock)
    give(site, reference, "水沟照片", jpeg(800, 600))
    give(site, reference, "借条", pdf_of(4))
    give(site, reference, "手机照片", heic(600, 400))
    give(site, reference, "吴长贵身份证", jpeg(500, 320), I.IDENTITY)
    give(site, reference, "双方通话录音", recording())
    return site, reference


def pdf_of(pages: int) -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as made:
        for _ in range(pages - 1):
            made.add_blank_page()
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def test_the_index_says_the_pages_that_are_printed(confirmed: tuple[Site, str]) -> None:
    site, reference = confirmed
    volume = bound(site, reference, keeper="周桂兰")
    numbered = volume.numbered
    assert numbered[:2] == [None, None], "cover and index are not numbered"
    assert numbered[-1] is None, "nor is the back"
    assert numbered[2:-1] == list(range(1, len(numbered) - 2))
    rows = volume.rows
    names = [name for name, *_ in rows]
    assert names == [
        *("人民调解申请书（吴长贵）", "人民调解受理登记表", "权利义务告知书", "吴长贵身份证"),
        *("水沟照片", "借条", "手机照片", "双方通话录音"),
    ]
    assert rows[0][1] == 1
    assert [first for _, first, *_ in rows[1:]] == [last + 1 for _, _, last, _ in rows[:-1]]
    assert rows[-1][2] == len(numbered) - 3
    by_name = {name: (first, last) for name, first, last, _ in rows}
    assert by_name["借条"][1] - by_name["借条"][0] == 3
    for name in ("人民调解受理登记表", "权利义务告知书"):
        first, last = by_name[name]
        assert all(name in volume.pages[first + 1] for first in range(first, last + 1))
        assert name not in volume.pages[last + 2]
    assert f"本卷共{rows[-1][2]}页，文书材料{len(rows)}件" in volume.pages[-1]


def test_bookmarks_and_labels_lead_to_the_same_pages(confirmed: tuple[Site, str]) -> None:
    site, reference = confirmed
    volume = bound(site, reference)
    outline = volume.outline
    assert outline[0] == (0, "卷宗封面", 0)
    assert outline[-1] == (0, "卷宗封底", len(volume.reader.pages) - 1)
    below = {name: page for depth, name, page in outline if depth == 1}
    assert below == {name: first + 1 for name, first, *_ in volume.rows}
    items = [name for depth, name, _ in outline if depth == 0][2:-1]
    assert items == [
        *("申请书、受理登记表", "权利义务告知书", "当事人身份证明", "人民调解证据材料"),
    ]
    labels = list(volume.reader.page_labels)
    assert labels == ["卷宗封面", "目录1", *map(str, range(1, len(labels) - 2)), "卷宗封底"]
    with pikepdf.open(io.BytesIO(volume.content)) as made:
        assert str(made.Root.Lang) == "zh-CN"
        assert "养鸭的水流进灌溉渠" in str(made.docinfo["/Title"])
        assert made.Root.OpenAction[0].objgen == made.pages[0].objgen


def test_papers_are_bound_as_they_were_issued(confirmed: tuple[Site, str], tmp_path: Path) -> None:
    site, reference = confirmed
    volume = bound(site, reference)
    with pikepdf.open(io.BytesIO(volume.content)) as made:
        for paper in db.session.scalars(select(Paper).order_by(Paper.id)).all():
            row = next((r for r in volume.rows if _label(paper) in r[0]), None)
            if row is None:
                continue
            stored = site_of.here().store.get(paper.sha256)
            with pikepdf.open(io.BytesIO(stored)) as issued:
                assert len(issued.pages) == row[2] - row[1] + 1
                for at, page in enumerate(issued.pages):
                    bound_page = made.pages[row[1] + 1 + at]
                    parts = [part.read_bytes() for part in bound_page.obj.Contents]
                    own = page.obj.Contents
                    whole = (
                        own.read_bytes()
                        if isinstance(own, pikepdf.Stream)
                        else b"".join(part.read_bytes() for part in own)
                    )
                    assert b"".join(parts[1:-1]) == whole, "not a byte of what it says is other"
            _same_but_for_the_number(stored, volume.content, row[1] + 1, tmp_path)
    db.session.rollback()


def _label(paper: Paper) -> str:
    return {"intake_register": "受理登记表", "rights_notice": "权利义务告知书"}.get(paper.kind, "?")


def _same_but_for_the_number(issued: bytes, volume: bytes, at: int, folder: Path) -> None:
    """The first page as a picture, without the corner where the volume's number stands."""
    seen = []
    for name, content, page in (("issued", issued, 1), ("volume", volume, at + 1)):
        (folder / f"{name}.pdf").write_bytes(content)
        words = ("pdftoppm", "-r", "60", "-png", "-singlefile", "-f", str(page), "-l", str(page))
        subprocess.run((*words, f"{name}.pdf", name), cwd=folder, check=True, timeout=60)
        picture = Image.open(folder / f"{name}.png").convert("L")
        picture.paste(255, (picture.width * 3 // 4, 0, picture.width, picture.height // 15))
        seen.append(picture.tobytes())
    assert seen[0] == seen[1]


def test_what_cannot_be_bound_has_a_sheet_in_its_place_and_is_said(
    confirmed: tuple[Site, str],
) -> None:
    site, reference = confirmed
    slip_in(site, reference, "旧说明.docx", b"PK\x03\x04" * 40, "application/msword")
    slip_in(site, reference, "坏掉的照片", jpeg(300, 300)[:150], "image/jpeg")
    before = shown(site, reference)
    assert {piece.name for piece in before.beside} == {"双方通话录音", "旧说明.docx"}
    volume = bound(site, reference)
    by_name = {name: (first, note) for name, first, _, note in volume.rows}
    for name, why in (
        ("双方通话录音", "印不到纸上"), ("旧说明.docx", "印不到纸上"), ("坏掉的照片", "文件坏了"),
    ):  # fmt: skip
        first, note = by_name[name]
        assert note == "另存，本页代替"
        sheet = volume.pages[first + 1]
        assert name in sheet
        assert why in sheet
        assert f"没有装订，另存：{name}" in volume.pages[-1]
    piece = db.session.scalars(select(Evidence).where(Evidence.name == "旧说明.docx")).one()
    assert piece.sha256 in volume.pages[by_name["旧说明.docx"][0] + 1].replace("\n", "")
    db.session.rollback()
    after = shown(site, reference).bound[0]
    assert [said.zh.partition("（")[0] for said in after.unbound] == [
        *("双方通话录音", "旧说明.docx", "坏掉的照片"),
    ]


def test_a_paper_taken_back_is_left_out_unless_somebody_had_signed_it(sqlite_site: Site) -> None:
    site = sqlite_site
    reference = dispute_at(Stage.EFFECTIVE, county=site.county, moving=site.clock)
    with database.transaction():
        dispute = disputes.named_at_the_machine(reference)
        assert dispute is not None
        volume = open_volume(dispute, site.clock.clock.today())
        signed = next(
            p for p in volume.papers if p.kind == "mediation_agreement" and p.language == "zh"
        )
        other = next(p for p in volume.papers if p.kind == "rights_notice")
        signed.state = other.state = PaperState.WITHDRAWN
    read = bound(site, reference)
    rows = {name: note for name, *_, note in read.rows}
    assert rows["人民调解协议书"] == "已撤回，曾签字"
    assert "权利义务告知书" not in rows
    marked = [page for page in read.pages if "已撤回卷内第" in page]
    assert marked
    assert all("人民调解协议书" in page for page in marked)
    assert "已撤回、没有人签过字的文书1份" in read.pages[-1]


def test_a_scan_called_after_a_paper_lies_right_behind_it(sqlite_site: Site) -> None:
    site = sqlite_site
    reference = dispute_at(Stage.EFFECTIVE, county=site.county, moving=site.clock)
    give(site, reference, "受理登记表签字页", jpeg(), I.REQUEST)
    give(site, reference, "别的申请材料", jpeg(), I.REQUEST)
    give(site, reference, "申请书（按了指印）", jpeg(), I.REQUEST)
    dispute = disputes.named_at_the_machine(reference)
    assert dispute is not None
    pieces = contents(open_volume(dispute, site.clock.clock.today()))
    assert [p.name for p in pieces if p.item is I.REQUEST] == [
        *("人民调解申请书（吴长贵）", "申请书（按了指印）"),
        *("人民调解受理登记表", "受理登记表签字页", "别的申请材料"),
    ]
    kinds = {d.public_id: d for d in pieces if d.public_id}
    assert all("给当事人" not in p.name and "码小条" not in p.name for p in kinds.values())


def test_nothing_of_a_hostile_scan_comes_along(confirmed: tuple[Site, str]) -> None:
    from tests.documents.test_binding import acting, whole

    site, reference = confirmed
    slip_in(site, reference, "会动的扫描", acting(), "application/pdf")
    volume = bound(site, reference)
    told = whole(volume.content)
    for harm in (b"JavaScript", b"app.alert", b"Launch", b"MZPAYLOAD", b"HIDDENFILE"):
        assert harm not in told


STAGES = {
    Stage.REGISTERED: {I.REQUEST, I.NOTICE, I.IDENTITY, I.MINUTES, I.AGREEMENT},
    Stage.ACCEPTED: {I.IDENTITY, I.MINUTES, I.AGREEMENT},
    Stage.MEDIATING: {I.IDENTITY, I.MINUTES, I.AGREEMENT},
    Stage.EFFECTIVE: {I.IDENTITY},
    Stage.NOT_ACCEPTED: {I.IDENTITY},
}


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_what_is_missing_is_said_before_and_in_the_volume(sqlite_site: Site, stage: Stage) -> None:
    site = sqlite_site
    reference = dispute_at(stage, county=site.county, moving=site.clock)
    page = shown(site, reference)
    missing = {line.item for line in page.missing}
    there = {line.item for line in page.lines if line.pieces}
    if stage is Stage.REGISTERED:
        missing |= STAGES[stage] & there  # what registration itself issues is there
    assert missing == STAGES[stage]
    assert all(line.sentence for line in page.missing)
    seen = site.browser(KEEPER).get(f"/disputes/{reference}/dossier")
    for line in page.missing:
        assert line.sentence is not None
        assert line.sentence.zh in seen.words
    read = bound(site, reference)
    for line in page.missing:
        assert f"缺：{line.item.label.zh}" in read.pages[-1]


def test_what_is_on_record_is_not_asked_and_stands_on_the_cover(sqlite_site: Site) -> None:
    site = sqlite_site
    reference = dispute_at(Stage.ARCHIVED, county=site.county, moving=site.clock)
    page = site.browser(KEEPER).get(f"/disputes/{reference}/dossier")
    assert 'name="keep"' not in page.text
    read = bound(site, reference, keeper="周桂兰", keep="permanent", note="一卷一册")
    cover = read.pages[0]
    assert "10年" in cover
    assert "永久" not in cover
    for said in ("调解卷宗", "周桂兰", "一卷一册", "养鸭的水流进灌溉渠", "2026年"):
        assert said in cover
    number = shown(site, reference).bound[0].id
    slip = dossiers.open_file(reference, number, spine=True, by=site.hand(KEEPER))
    assert slip.name.endswith("卷脊条.pdf")
    assert "宽20毫米" in bare(PdfReader(io.BytesIO(slip.content)).pages[0].extract_text())


# On the page.


def test_one_press_binds_and_every_opening_is_on_record(site: Site) -> None:
    reference = register(site)
    browser = site.browser(KEEPER)
    papers = browser.get(f"/disputes/{reference}/papers")
    assert f"/disputes/{reference}/dossier" in papers.links()
    page = browser.get(f"/disputes/{reference}/dossier")
    waits = browser.send(page, keeper="周桂兰")
    assert "正在装订" in waits.words
    assert "再装订一次" not in waits.words
    with pytest.raises(Refused, match="正在装订"):
        dossiers.ask(reference, DossierAnswers(), by=site.hand(KEEPER))
    site.draw()
    done = browser.get(f"/disputes/{reference}/dossier")
    assert "装订好了" in done.words
    file = next(link for link in done.links() if link.endswith("/file"))
    assert browser.raw(file).data.startswith(b"%PDF")
    acts = [row.act for row in db.session.scalars(select(AuditEntry)).all()]
    db.session.rollback()
    assert acts.count("bind_volume") == 1
    assert acts.count("open_dossier") == 1


OUTSIDERS = {
    "luoyiming": 403,  # the court
    "linxiaohe": 403,  # the grid worker who brought it
    "shenjing": 403,  # the county
    "machunyan": 404,  # a mediator of another committee
}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_it_is_for_nobody_whom_it_does_not_concern(sqlite_standing: Any, who: str) -> None:
    site, known = sqlite_standing.site, sqlite_standing.known
    reference = sqlite_standing.cases[Stage.MEDIATING]
    browser = site.browser(who)
    for end in ("", f"/{known['binding']}/file", f"/{known['binding']}/spine"):
        browser.get(f"/disputes/{reference}/dossier{end}", status=OUTSIDERS[who])


def test_a_party_never_sees_it(sqlite_standing: Any) -> None:
    site, known = sqlite_standing.site, sqlite_standing.known
    reference = sqlite_standing.cases[Stage.MEDIATING]
    browser = site.browser()
    browser.set_cookie("wusong", sqlite_standing.party_sign_in())
    for end in ("", f"/{known['binding']}/file"):
        browser.get(f"/disputes/{reference}/dossier{end}", status=403)


def test_a_binding_of_another_case_is_not_found(sqlite_standing: Any) -> None:
    site, known = sqlite_standing.site, sqlite_standing.known
    other = sqlite_standing.cases[Stage.ACCEPTED]
    with pytest.raises(NotFound):
        dossiers.open_file(other, known["binding"], by=site.hand(KEEPER))
    with pytest.raises(NotAllowed):
        dossiers.page(other, by=site.hand("shenjing"))


# When something goes wrong.


def test_a_press_at_rest_is_said_and_tried_again(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    reference = register(site)
    site.draw()
    number = dossiers.ask(reference, DossierAnswers(), by=site.hand(KEEPER))

    def at_rest(*_: Any, **__: Any) -> Any:
        raise PressFailed("it rests")

    monkeypatch.setattr(jobs.log, "exception", lambda *_: None)
    with monkeypatch.context() as patch:
        patch.setattr(press, "draw", at_rest)
        site.draw()
    one = shown(site, reference).bound[0]
    assert one.state is BindingState.WAITING
    assert one.why is not None
    site.clock.tick(minutes=2)
    site.draw()
    assert shown(site, reference).bound[0].state is BindingState.READY
    assert dossiers.open_file(reference, number, by=site.hand(KEEPER)).content


def test_a_lost_paper_stops_the_binding_with_its_name_and_a_retry_goes_on(
    sqlite_site: Site,
) -> None:
    site = sqlite_site
    reference = register(site)
    site.draw()
    paper = db.session.scalars(select(Paper).where(Paper.kind == "intake_register")).first()
    paper = (
        paper
        or db.session.scalars(select(Paper).where(Paper.kind == "mediation_application")).one()
    )
    path = site_of.here().store.folder / paper.sha256[:2] / paper.sha256
    db.session.rollback()
    kept = path.read_bytes()
    path.write_bytes(b"gone")
    number = dossiers.ask(reference, DossierAnswers(), by=site.hand(KEEPER))
    site.draw()
    page = site.browser(KEEPER).get(f"/disputes/{reference}/dossier")
    assert "没有装订成" in page.words
    assert "坏了或不见了" in page.words
    path.write_bytes(kept)
    dossiers.try_again(reference, number, by=site.hand(KEEPER))
    site.draw()
    assert dossiers.open_file(reference, number, by=site.hand(KEEPER)).content.startswith(b"%PDF")


CHILD = """
import sys
from pathlib import Path
from tests.site import opened
with opened(Path(sys.argv[1]), "", "sqlite") as site:
    print("begun", flush=True)
    site.draw()
"""


def test_killed_in_the_middle_and_run_again_makes_one_file(sqlite_site: Site) -> None:
    site = sqlite_site
    reference = register(site)
    for number in range(12):
        give(site, reference, f"照片{number}", jpeg(1600, 1200))
    site.draw()
    number = dossiers.ask(reference, DossierAnswers(), by=site.hand(KEEPER))
    folder = site.app.extensions["config"].instance
    db.session.remove()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    time.sleep(0.4)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    row = bindings.binding_by_id(number)
    assert row is not None
    assert row.state is BindingState.WAITING, "it was killed before the end"
    db.session.rollback()
    files = set(site_of.here().store.names())
    site.clock.tick(minutes=3)
    site.draw()
    first = dossiers.open_file(reference, number, by=site.hand(KEEPER)).content
    assert len(set(site_of.here().store.names()) - files) <= 2, "the volume and its spine"
    volume_binding.bind(number)
    assert dossiers.open_file(reference, number, by=site.hand(KEEPER)).content == first
    with database.transaction():
        row = bindings.binding_by_id(number)
        assert row is not None
        row.state, row.sha256 = BindingState.WAITING, ""
    volume_binding.bind(number)
    again = dossiers.open_file(reference, number, by=site.hand(KEEPER)).content
    assert again == first, "the same parts give the same file"


def test_nobodys_paper_waits_behind_a_volume(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    dossiers.ask(register(site), DossierAnswers(), by=site.hand(KEEPER))
    begun, go_on = Event(), Event()

    def binds_long(_: int) -> None:
        begun.set()
        go_on.wait(60)

    monkeypatch.setitem(jobs._DO, volume_binding.JOB, binds_long)
    worker = jobs.Worker(site.app, look_every=0.05).start()
    try:
        assert begun.wait(30)
        end = time.monotonic() + 30
        while outbox.count_waiting() > 1 and time.monotonic() < end:
            db.session.rollback()
            time.sleep(0.1)
        assert outbox.count_waiting() == 1, "every paper is drawn, the volume is still in hand"
        db.session.rollback()
    finally:
        go_on.set()
        worker.stop(30)


def test_a_volume_too_thick_leaves_the_rest_beside_it(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    reference = register(site)
    give(site, reference, "三页", pdf_of(3))
    give(site, reference, "八页", pdf_of(8))
    monkeypatch.setattr(volume_binding, "MOST_SHEETS", 10)
    read = bound(site, reference)
    rows = {name: note for name, *_, note in read.rows}
    assert rows["三页"] == "扫描件"
    assert rows["八页"] == "另存，本页代替"


def test_a_backup_holds_the_volume(sqlite_site: Site, tmp_path: Path) -> None:
    site = sqlite_site
    reference = register(site)
    bound(site, reference)
    sound, _ = backups.verify(site.app)
    assert sound
    row = bindings.bindings_of(_id(reference))[0]
    path = site_of.here().store.folder / row.sha256[:2] / row.sha256
    db.session.rollback()
    path.write_bytes(b"gone")
    sound, told = backups.verify(site.app)
    assert not sound
    assert path.name in told.zh


def _id(reference: str) -> int:
    dispute = disputes.named_at_the_machine(reference)
    assert dispute is not None
    return dispute.id


# The command.


def test_the_command_writes_volume_and_slip_and_says_what_is_missing(
    sqlite_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mediation import cli

    site = sqlite_site
    reference = dispute_at(Stage.ACCEPTED, county=site.county, moving=site.clock)
    give(site, reference, "录音", recording())
    monkeypatch.setattr(cli, "open_app", lambda: site.app)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    out, slip = tmp_path / "卷.pdf", tmp_path / "脊.pdf"
    told = CliRunner().invoke(cli_dossier.dossier, [reference, "--missing"])
    assert told.exit_code == 0, told.output
    assert "缺\t当事人身份证明" in told.output
    assert "有\t权利义务告知书" in told.output
    assert "按需\t授权委托书" in told.output
    done = CliRunner().invoke(
        cli_dossier.dossier, [reference, "-o", str(out), "--spine", str(slip), "--keeper", "周桂兰"]
    )
    assert done.exit_code == 0, done.output
    assert out.stat().st_mode & 0o077 == 0
    assert "周桂兰" in bare(PdfReader(out).pages[0].extract_text())
    assert slip.read_bytes().startswith(b"%PDF")
    assert "录音" in done.output
    assert "当事人身份证明" in done.output
    wrong = CliRunner().invoke(cli_dossier.dossier, ["没有这件", "-o", str(out)])
    assert isinstance(wrong.exception, Refused)


def test_the_command_line_is_nobody_who_may_see_cases() -> None:
    """Its name stands in the record; it opens no page."""
    assert Actor(name=cli_dossier.WHO.zh).roles == frozenset()
