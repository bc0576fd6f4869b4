"""A site's own licensed faces: all of them and their sizes, or the open ones and a sentence."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from mediation import doctor
from mediation.bench.reading import Ink
from mediation.config import Config
from mediation.documents import pdf, typefaces
from mediation.documents.casefile import Casefile
from mediation.documents.press import Press
from mediation.documents.render import Letter
from mediation.documents.typefaces import LICENSED, OPEN, ROLES, Typefaces
from mediation.documents.typesetting import set_outside
from mediation.paths import LETTERS
from tests.documents.paper import CHINESE, FOLDERS, MM, bare, example, letter, printed
from tests.licensed import FACES, face, lay_down


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_down(tmp_path_factory.mktemp("own") / "fonts")


@pytest.fixture
def own(folder: Path) -> Iterator[Typefaces]:
    yield typefaces.use(LICENSED, folder)
    typefaces.use(OPEN, Path())


def fonts_of(data: bytes) -> set[str]:
    done = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True)
    return {row.split()[0].partition("+")[2] for row in done.stdout.decode().splitlines()[2:]}


def size(ink: Ink) -> float:
    return (ink.bottom - ink.top) / 0.88


def roles_in(data: bytes) -> set[str]:
    """The roles whose licensed faces a file carries."""
    return {name.split("-")[1] for name in fonts_of(data) if name.startswith("Site-")}


def named(name: str, folder: str = "mediation_agreement") -> Letter:
    case = example(folder)
    first = replace(case.parties[0], name=name)
    return letter(replace(case, parties=(first, *case.parties[1:])))


def test_the_open_faces_are_used_unless_others_are_asked_for(folder: Path) -> None:
    found = typefaces.resolve(OPEN, folder)
    assert (found.profile, found.faces, found.trouble) == (OPEN, (), None)
    assert letter(example("mediation_agreement")).typefaces == Typefaces()


def test_every_role_finds_its_face_by_the_name_in_the_file(own: Typefaces) -> None:
    assert own.profile == LICENSED
    assert {one.role: one.family for one in own.faces} == {
        "title": "方正小标宋简体", "body": "FangSong_GB2312", "head": "SimHei",
        "kai": "KaiTi_GB2312", "song": "SimSun",
    }  # fmt: skip
    assert ord("陈") in own.held
    assert ord("𬭚") not in own.held


def test_the_agreement_in_ones_own_faces_has_their_sizes(own: Typefaces) -> None:
    made = printed(letter(example("mediation_agreement")))
    assert roles_in(made.drawn.pdf) == set(ROLES)
    body = next(
        ink for sheet in made.sheets for ink in sheet.inks if "自愿达成如下协议" in ink.text
    )
    assert size(body) == pytest.approx(15 * 96 / 72)
    assert made.overlaps == []
    right = max(ink.right for sheet in made.sheets for ink in sheet.inks if size(ink) > 19)
    assert right <= (28 + 153.6) * MM
    plain = {round(size(ink), 2) for sheet in made.sheets for ink in sheet.inks}
    typefaces.use(OPEN, Path())
    assert 18.67 in {
        round(size(ink), 2)
        for s in printed(letter(example("mediation_agreement"))).sheets
        for ink in s.inks
    }
    assert 18.67 not in plain


@pytest.fixture
def switch(folder: Path) -> Iterator[None]:
    yield
    typefaces.use(OPEN, Path())


@pytest.mark.parametrize("kind", CHINESE)
def test_every_paper_can_be_set_in_them(switch: None, folder: Path, kind: str) -> None:
    plain = printed(letter(example(kind)))
    typefaces.use(LICENSED, folder)
    made = printed(letter(example(kind)))
    assert made.overlaps == []
    on_every_sheet = set("".join(page[-80:] for page in (*made.pages, *plain.pages)))
    told = [Counter(one.text) for one in (made, plain)]
    assert {s: n for s, n in told[0].items() if s not in on_every_sheet} == {
        s: n for s, n in told[1].items() if s not in on_every_sheet
    }
    assert roles_in(made.drawn.pdf)
    assert not roles_in(plain.drawn.pdf)


def test_english_copies_keep_the_open_faces(own: Typefaces) -> None:
    assert all(
        letter(example(kind)).typefaces == Typefaces() for kind in FOLDERS if kind.endswith("_en")
    )


@pytest.mark.parametrize("name", ["王𬭚", "李𫓧", "阿依古丽·买买𬭚", "张䶮"])
def test_a_name_with_a_rare_sign_is_whole_in_one_face(own: Typefaces, name: str) -> None:
    made = named(name)
    document, _ = pdf.lay_out(made)
    seen = set()
    for page in document.pages:
        for box in page._page_box.descendants():
            if type(box).__name__ == "TextBox" and box.text and set(box.text) <= set(name):
                seen.add(box.style["font_family"][0])
    assert seen
    assert all(family.startswith("Wusong Song") for family in seen), seen
    assert bare(name) in printed(made).text


def test_a_common_name_is_set_in_the_sites_own_face(own: Typefaces) -> None:
    html = named("陈桂兰").html
    assert '<span class="outside">王𬭚</span>' in html
    assert '<span class="outside">陈桂兰' not in html


def test_names_are_marked_wherever_they_stand_and_nothing_else() -> None:
    html = '<html><body><p title="王𬭚">王𬭚和<span class="n">买买提</span>·<wbr><span class="n">艾𬭚</span></p>'
    assert set_outside(html, ["王𬭚", "买买提•艾𬭚"]) == (
        '<html><body><p title="王𬭚"><span class="outside">王𬭚</span>和<span class="outside">'
        '<span class="n">买买提</span>·<wbr><span class="n">艾𬭚</span></span></p>'
    )


@pytest.mark.parametrize("missing", FACES)
def test_one_face_that_is_missing_means_the_open_ones(tmp_path: Path, missing: str) -> None:
    found = typefaces.resolve(LICENSED, lay_down(tmp_path / "fonts", but=missing))
    assert (found.profile, found.faces) == (OPEN, ())
    assert found.trouble is not None
    assert "缺" in found.trouble.zh
    assert "lacks" in found.trouble.en


@pytest.mark.parametrize("asked", ["licenced", "", "仿宋"])
def test_an_unknown_setting_means_the_open_ones(folder: Path, asked: str) -> None:
    found = typefaces.resolve(asked, folder)
    assert found.profile == OPEN
    assert found.trouble is not None


def test_no_folder_is_said_like_missing_faces(tmp_path: Path) -> None:
    found = typefaces.resolve(LICENSED, tmp_path / "none")
    assert found.trouble is not None
    assert str(tmp_path / "none") in found.trouble.zh


def test_what_is_no_face_or_may_not_be_carried_is_passed_over(tmp_path: Path) -> None:
    own = lay_down(tmp_path / "fonts", but="kai.TTF")
    (own / "broken.ttf").write_bytes(b"no face")
    (own / "kai.ttf").write_bytes(face("kai.TTF", embeds=False))
    found = typefaces.resolve(LICENSED, own)
    assert found.trouble is not None
    assert "楷体" in found.trouble.zh
    (own / "kai.ttf").write_bytes(face("kai.TTF"))
    assert typefaces.resolve(LICENSED, own).profile == LICENSED


def test_a_replaced_file_is_another_set(tmp_path: Path) -> None:
    own = lay_down(tmp_path / "fonts")
    before = typefaces.resolve(LICENSED, own)
    with TTFont(own / "fs.ttf") as font:
        font["head"].fontRevision = 9.0
        font.save(own / "fs.ttf")
    after = typefaces.resolve(LICENSED, own)
    assert before.digest != after.digest
    assert before.digest != Typefaces().digest
    assert len(after.files.splitlines()) == len(FACES) + len(Typefaces().files.splitlines())


def test_the_press_draws_with_them_and_reads_no_other_file(own: Typefaces, tmp_path: Path) -> None:
    made = letter(example("mediation_agreement"))
    one = Press()
    try:
        drawn = one.draw(made)
        assert roles_in(drawn.pdf) == set(ROLES)
        assert drawn.sha256 == pdf.draw(made).sha256
        again = one.draw(replace(made, typefaces=Typefaces()))
        assert roles_in(again.pdf) == set()
    finally:
        one.close()
    bent = made.html.replace("<main>", f'<main><img src="{(tmp_path / "x.ttf").as_uri()}">')
    with pytest.raises(pdf.PaperRefused, match="地址"):
        pdf.draw(replace(made, html=bent))


def test_the_doctor_says_what_is_missing(folder: Path, tmp_path: Path) -> None:
    config = Config(instance=folder.parent, typefaces=LICENSED)
    assert doctor.own_fonts(config).state is doctor.State.OK
    lacking = Config(instance=tmp_path, typefaces=LICENSED)
    found = doctor.own_fonts(lacking)
    assert found.state is doctor.State.SLOW
    assert found.advice is not None
    assert doctor.own_fonts(Config(instance=tmp_path)).state is doctor.State.OK


def test_their_rules_name_roles_that_exist() -> None:
    sheets = sorted((LETTERS / "base" / "licensed").glob("*.css"))
    words = [word for sheet in sheets for word in sheet.read_text("utf-8").split('"')]
    used = {word for word in words if word.startswith("Site ")}
    assert used == {f"Site {role.capitalize()}" for role in ROLES}


def test_everybody_named_in_a_casefile_is_known() -> None:
    case = example("power_of_attorney")
    assert {"陈桂兰", "王𬭚", "陈小河"} <= set(case.names)
    assert Casefile().names == ()
    assert json.dumps(case.names)
