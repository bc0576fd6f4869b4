"""The press's own process: the same bytes, bounds that hold, and a new one when it breaks down."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from mediation.documents import pdf
from mediation.documents.press import Press, PressBusy, PressFailed
from mediation.documents.press_child import MEMORY
from mediation.documents.render import Letter
from tests.documents.paper import drawn, example, letter


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


@pytest.fixture(scope="module")
def slip() -> Letter:
    return letter(example("case_slip"))


def child_of(press: Press) -> subprocess.Popen[bytes]:
    press.warm_up()
    assert press._child is not None
    return press._child


def test_it_draws_the_very_same_bytes(press: Press) -> None:
    made = press.draw(letter(example("mediation_agreement")))
    assert made == drawn("mediation_agreement")


def test_its_refusals_come_back_as_they_were_said(press: Press, slip: Letter) -> None:
    bent = replace(slip, html=slip.html.replace("<main>", "<main>甲😀乙"))
    with pytest.raises(pdf.PaperRefused, match="U\\+1F600"):
        press.draw(bent)
    strange = replace(slip, html=slip.html.replace("<main>", '<main><img src="http://x.example/">'))
    with pytest.raises(pdf.PaperRefused, match="地址"):
        press.draw(strange)
    assert press.draw(slip).pages == 1


def test_one_that_takes_too_long_is_ended_and_the_next_is_drawn(slip: Letter) -> None:
    hasty = Press(longest_s=0.01)
    with pytest.raises(PressFailed, match="no answer"):
        hasty.draw(slip)
    assert hasty._child is None
    hasty.longest_s = 60
    assert hasty.draw(slip).pages == 1
    hasty.close()


def test_one_that_is_killed_over_a_letter_is_begun_anew(press: Press, slip: Letter) -> None:
    child = child_of(press)
    long = replace(slip, html=slip.html.replace("<main>", "<main>" + "<p>一二三四五</p>" * 6000))
    threading.Timer(0.3, child.kill).start()
    with pytest.raises(PressFailed):
        press.draw(long)
    assert press.draw(slip).pages == 1
    assert child_of(press).pid != child.pid


def test_it_is_changed_for_a_fresh_one_now_and_then(slip: Letter) -> None:
    often = Press(most_letters=2)
    seen = []
    for _ in range(3):
        often.draw(slip)
        seen.append(child_of(often).pid)
    often.close()
    assert len(set(seen)) > 1


def test_whoever_will_not_wait_is_told_so(press: Press, slip: Letter) -> None:
    with press._turn, pytest.raises(PressBusy):
        press.draw(slip, wait_s=0.01)


def test_its_memory_is_bounded(press: Press) -> None:
    child = child_of(press)
    press_limit = resource.prlimit(child.pid, resource.RLIMIT_AS)
    deadline = 100
    while press_limit[0] != MEMORY and deadline:  # set in its first moments
        sleep(0.1)
        press_limit, deadline = resource.prlimit(child.pid, resource.RLIMIT_AS), deadline - 1
    assert press_limit == (MEMORY, MEMORY)


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open(FOREIGN, 'w')",
        "import os; os.remove(FOREIGN)",
        "import os; os.rename(FOREIGN, FOREIGN + '2')",
    ],
)
def test_what_it_has_no_business_with_is_refused(deed: str, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.write_text("一", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    program = (
        "import sys, os; from mediation.documents import press_child;"
        f"FOREIGN = {str(foreign)!r}; sys.addaudithook(press_child._refuse);"
        f"open({str(own / 'face')!r}, 'w').close(); {deed}"
    )
    done = subprocess.run(
        (sys.executable, "-B", "-c", program),
        env=os.environ | {"TMPDIR": str(own)},
        capture_output=True,
        text=True,
    )
    assert "Forbidden" in done.stderr, done.stderr
    assert foreign.read_text(encoding="utf-8") == "一"
    assert (own / "face").exists()


def test_nothing_is_left_behind(slip: Letter) -> None:
    passing = Press()
    passing.draw(slip)
    folder = Path(passing._folder)
    assert any(folder.iterdir())
    passing.close()
    assert not folder.exists()
