"""The benchmarks run and say what they measured. What comes out is never asserted: machines differ."""

from __future__ import annotations

import io
import json

import pypdf
import pytest
from click.testing import CliRunner

from mediation.bench import matter, pdf, variants
from mediation.bench.measure import Measure, table
from mediation.bench.reading import bare
from mediation.cli_bench import bench
from mediation.wording import Text

TINY = pdf.Size(rounds=1, volume=2, long_volume=20, many=10, merged=3)


def _words(made: bytes) -> str:
    return bare("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages))


def test_each_document_is_another_one_of_two_pages() -> None:
    draw = variants.product()
    one, other = draw(1), draw(2)
    assert one != other
    assert {len(pypdf.PdfReader(io.BytesIO(made)).pages) for made in (one, other)} == {2}


@pytest.mark.parametrize("peer", ["naive", "reportlab", "typst"])
def test_a_peer_draws_the_same_words(peer: str) -> None:
    made = _words(variants.BY_NAME[peer]()(3))
    case = matter.agreement(3)
    facts = [case.paper.number, *(p.name for p in case.parties), *(p.address for p in case.parties)]
    facts += case.agreement.facts.splitlines()
    facts += [clause.text for clause in case.agreement.clauses]
    assert [fact for fact in facts if bare(fact) not in made] == []


def test_a_benchmark_says_its_ratio_and_runs() -> None:
    (found,) = pdf.measures(TINY, "pdf.batch_size")
    assert found.ratio is not None
    assert 0 < found.ratio < 1
    assert found.plain().keys() >= {"name", "ratio", "runs"}


def test_a_peer_that_is_not_here_is_said_and_measured_as_nothing() -> None:
    none = Measure("pdf.x", Text("甲", "a"), None, 0, 1.0, said="x is not on this machine")
    assert none.holds is None
    assert "-" in table([none], "en")


def test_a_gate_is_the_most_or_the_least() -> None:
    most = Measure("a", Text("甲", "a"), 0.5, 1, 0.6)
    least = Measure("b", Text("乙", "b"), 0.5, 1, 0.6, at_least=True)
    assert (most.holds, least.holds) == (True, False)


def test_the_command_prints_a_list() -> None:
    done = CliRunner().invoke(bench, ["pdf", "--json", "--only", "pdf.text"])
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)
    assert row["name"] == "pdf.text"
    assert row["ratio"] == 1.0, row["said"]
