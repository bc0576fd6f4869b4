"""One ordinary case at every stage where something is recorded, planted once and copied for tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import flask_migrate

from mediation.app import create_app
from mediation.models import accounts, covenants, database, disputes, dump, evidence, papers
from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.seeds.covenants import plant_covenants
from mediation.seeds.walk import dispute_at
from mediation.services import dossiers, people, sign_ins, volume_binding, word_templates
from mediation.services import evidence as evidence_service
from mediation.services.dossiers import DossierAnswers
from mediation.services.evidence import EvidenceAnswers
from mediation.services.frozen import thaw
from mediation.workflow.documents import Document
from mediation.workflow.stages import Stage
from tests.canaries import canary_story
from tests.pictures import png
from tests.site import Site, opened, settings

STAGES = (
    Stage.REGISTERED, Stage.ACCEPTED, Stage.PERSUADING, Stage.MEDIATING, Stage.SIGNING,
    Stage.EFFECTIVE, Stage.CONFIRMATION_PREPARED, Stage.CONFIRMATION_FILED,
    Stage.CONFIRMATION_ACCEPTED, Stage.CONFIRMED, Stage.BREACH, Stage.TERMINATED, Stage.CLOSED,
)  # fmt: skip
_TOLD = "standing.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """A site, the reference of its case at each of STAGES, and ids of what belongs to the one that
    is being mediated.
    """

    site: Site
    cases: dict[Stage, str]
    known: dict[str, Any]

    def at(self, *stages: Stage) -> str:
        """The first case that stands at one of these."""
        return next(self.cases[stage] for stage in stages if stage in self.cases)

    def party_sign_in(self) -> str:
        """The secret of a new sign-in of the first party of the case that is being mediated."""
        with database.transaction():
            return sign_ins.begin_for_party(self.known["party"], clock=self.site.clock.clock)


def plant(empty: Path, folder: Path) -> None:
    """Walk the cases in a copy of the county's template, on SQLite."""
    shutil.copytree(empty, folder)
    with opened(folder, "", "sqlite") as site:
        plant_covenants(site.county, site.clock.clock)
        story = canary_story()
        cases = {
            stage.name: dispute_at(stage, county=site.county, moving=site.clock, story=story)
            for stage in STAGES
        }
        site.clock.tick(days=1)
        known = _more(site, cases[Stage.MEDIATING.name])
        told = {"now": site.clock.moment.isoformat(), "cases": cases, "known": known}
    (folder / _TOLD).write_text(json.dumps(told))


def _more(site: Site, reference: str) -> dict[str, Any]:
    """A piece of evidence, a template and a link to set a password; the ids of what a case is made of."""
    piece = EvidenceAnswers(name="照片", source="陈桂兰", file_name="a.png", content=png())
    evidence_service.add(reference, piece, limit=10**6, by=site.hand("zhouguilan"))
    bound = dossiers.ask(reference, DossierAnswers(), by=site.hand("zhouguilan"))
    volume_binding.bind(bound)
    begun = word_templates.beginning("rights-notice", by=site.hand("shenjing"))
    word_templates.add("rights-notice", begun.name, begun.content, "试用", by=site.hand("shenjing"))
    link = people.password_link("songdahe", by=site.hand("bailu"))
    dispute = disputes.find(reference, by=site.county.actor("shenjing"))
    account = accounts.account_by_login("linxiaohe")
    found = covenants.covenant_at(site.county.places["柳溪村"])
    assert dispute is not None
    assert account is not None
    assert found is not None
    posted = papers.papers_of_covenant(found.versions[-1].id)
    slip = next(p for p in papers.papers_of(dispute.id) if p.kind == Document.CASE_SLIP.folder)
    return {
        "party": slip.party_id,
        "own_paper": slip.public_id,
        "paper": papers.papers_of(dispute.id)[-1].public_id,
        "check_token": thaw(posted[0].snapshot).check_address.rpartition("/")[2],
        "binding": bound,
        "evidence": evidence.evidence_of(dispute.id)[-1].id,
        "set_up": link,
        "post": account.posts[0].id,
        "place": site.county.places["柳溪村"],
        "committee": site.county.committees["柳溪村"],
        "court": site.county.court_id,
        "covenant": found.reference,
        "covenant_paper": posted[0].public_id,
        "signatory": found.versions[-1].signatories[0].id,
    }


def pour(planted: Path, folder: Path, url: str) -> None:
    """The same rows in an empty database of the other kind, under the same keys."""
    with opened(planted, "", "sqlite"):
        rows = [(name, list(found)) for name, found in dump.snapshot()]
    shutil.copytree(planted, folder, ignore=shutil.ignore_patterns("*.sqlite3*"))
    app = create_app(settings(folder, url))
    with app.app_context():
        flask_migrate.upgrade()
        dump.load(rows)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def standing(folder: Path, url: str, engine: str) -> Iterator[Standing]:
    told = json.loads((folder / _TOLD).read_text())
    with opened(folder, url, engine) as site:
        site.clock.set(datetime.fromisoformat(told["now"]))
        cases = {Stage[name]: reference for name, reference in told["cases"].items()}
        yield Standing(site, cases, told["known"])


def draw_few(site: Site, *public_ids: str) -> None:
    """Draw these papers alone: drawing all of them takes a minute."""
    from mediation.services import paper_files

    for public_id in public_ids:
        row = db.session.query(Paper).where(Paper.public_id == public_id).one()
        number = row.id
        db.session.rollback()
        paper_files.draw(number)
