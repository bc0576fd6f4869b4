"""The practice county as the browser meets it: stories at every stage, served on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

from werkzeug.serving import make_server

from mediation.models.database import db
from mediation.seeds import covenants, stories
from mediation.seeds.walk import dispute_at
from mediation.services import paper_files
from mediation.workflow.stages import Stage
from tests.browser.kinds import LONG_NAMES, Finder
from tests.site import MORNING, MovableClock, Site


def told(site: Site) -> Finder:
    """Stories, covenants, one case with the longest names there are, and one agreement drawn."""
    stories.plant_stories(site.county, site.clock.clock)
    covenants.plant_covenants(site.county, site.clock.clock)
    earlier = MovableClock(MORNING - timedelta(days=9))
    long_case = dispute_at(
        Stage.CONFIRMATION_FILED, county=site.county, moving=earlier, story=LONG_NAMES
    )
    finder = Finder(site, long_case)
    paper_files.draw(finder.agreement[0])
    db.session.remove()
    return finder


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address it answers at. No worker beside it, so that nothing moves by itself."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join(5)
