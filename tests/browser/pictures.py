"""The pictures of README and manuals, taken from the practice county: python -m tests.browser.pictures."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from mediation.services import paper_files
from tests.browser.county import served, told
from tests.browser.kinds import Finder
from tests.browser.rooms import Rooms, launched
from tests.site import make_template, opened

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
COLOURS = 256


@dataclass(frozen=True, slots=True)
class Picture:
    """`path` finds the page that `who` sees; `height` is where the picture ends; `do` comes first."""

    name: str
    who: str
    path: Callable[[Finder], str]
    width: int = 1280
    height: int = 900
    do: Callable[[Page, Finder], None] | None = None


def _checked(page: Page, finder: Finder) -> None:
    page.locator("[name=code]").fill(finder.agreement[2])
    page.locator("main form .btn-primary").click()


def _signing(finder: Finder) -> str:
    return f"/disputes/{finder.signing}"


PICTURES = (
    Picture("today", "zhouguilan", lambda _: "/today", height=560),
    Picture("register", "zhouguilan", lambda _: "/disputes/register", width=360, height=1120),
    Picture("case", "machunyan", _signing, height=1080),
    Picture(
        "other-ways", "machunyan", lambda f: f"{_signing(f)}/other-ways", width=360, height=720
    ),
    Picture("board", "shenjing", lambda _: "/board?period=2026", height=860),
    Picture("court", "luoyiming", lambda f: f"/court/{f.filed}", height=1240),
    Picture("party", "party", lambda _: "/my/case", width=360, height=900),
    Picture("verify", "", lambda _: "/verify", width=360, height=720, do=_checked),
    Picture("accounts", "bailu", lambda _: "/accounts/zhouguilan", height=820),
)


def _small(content: bytes) -> Image.Image:
    """Ink on paper needs few colours: the commonest as they are, every other as the nearest of them."""
    shot = Image.open(io.BytesIO(content)).convert("RGB")
    counted = sorted(shot.getcolors(shot.width * shot.height) or [], reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counted for part in cast("tuple[int, ...]", colour)])
    return shot.quantize(palette=palette, dither=Image.Dither.NONE)


def _keep(name: str, content: bytes) -> None:
    _small(content).save(FOLDER / f"{name}.png", optimize=True)


def take(picture: Picture, rooms: Rooms, finder: Finder) -> None:
    scale = 2 if picture.width < 700 else 1
    context = rooms.fresh(picture.who, "zh", device_scale_factor=scale)
    page = context.new_page()
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(picture.path(finder))
    if picture.do is not None:
        picture.do(page, finder)
    page.wait_for_load_state("networkidle")
    _keep(picture.name, page.screenshot())
    context.close()


def take_agreement(rooms: Rooms, finder: Finder) -> None:
    """The first page of the agreement that waits for signatures, as it prints."""
    context = rooms.fresh("machunyan", "zh")
    paper = context.request.get(f"/papers/{finder.agreement[1]}/file")
    assert paper.ok
    content = paper.body()
    context.close()
    drawn = subprocess.run(  # our own paper, into poppler
        [shutil.which("pdftoppm") or "pdftoppm", "-r", "88", "-png", "-f", "1", "-singlefile", "-"],
        input=content, capture_output=True, check=True,
    )  # fmt: skip
    _keep("agreement", drawn.stdout)


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "instance"
        make_template(folder)
        with opened(folder, "", "sqlite") as site, sync_playwright() as playwright:
            finder = told(site)
            for number in finder.papers_of(finder.signing):
                paper_files.draw(number)
            with served(site) as address:
                rooms = Rooms(site, address, finder, launched(playwright))
                for picture in PICTURES:
                    take(picture, rooms, finder)
                take_agreement(rooms, finder)


if __name__ == "__main__":
    main()
