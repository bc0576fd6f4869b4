"""What a query finds and what a decision allows are one thing: on real rows, on both databases."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from mediation.errors import Invalid, NotAllowed, NotFound
from mediation.models import database, disputes, listing
from mediation.models.database import db
from mediation.permissions import Actor, Permission, may, may_make
from mediation.seeds.county import PEOPLE
from mediation.seeds.stories import STORIES
from mediation.seeds.walk import Walker, dispute_at
from mediation.services import own_case, sign_ins, transitions
from mediation.services.acts import Hand
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.transitions import leaving
from tests.site import Site

WHERE = ("柳溪村第一网格", "河口村第一网格", "桂花社区第一网格")
SOME = (Stage.REGISTERED, Stage.MEDIATING, Stage.CONFIRMATION_FILED)
STORY = next(seed.story for seed in STORIES if seed.story.dispute_type == "neighbours")


def cases(site: Site) -> list[str]:
    """One at each of these stages in each of these places."""
    return [
        dispute_at(
            stage,
            county=site.county,
            moving=site.clock,
            story=Walker(site.county, site.clock, STORY).as_story(place=place),
        )
        for place, stage in product(WHERE, SOME)
    ]


def people(site: Site) -> dict[str, Actor]:
    return {person.login: site.county.actor(person.login) for person in PEOPLE}


def test_query_and_decision_agree_for_everybody(site: Site) -> None:
    references = cases(site)
    whole = people(site)
    for login, actor in whole.items():
        listed = {row.reference for row in listing.rows(listing.Filter(), by=actor, limit=100)}
        for reference in references:
            row = disputes.find(reference, by=whole["shenjing"])
            assert row is not None
            allowed = may(actor, Permission.SEE_DISPUTE, row).allowed
            found = disputes.find(reference, by=actor) is not None
            assert (found, reference in listed) == (allowed, allowed), (login, reference)
            if not found:
                assert not [t for t in T if may_make(actor, t, row).allowed], (login, reference)
        db.session.rollback()


def test_every_move_is_refused_by_the_service_to_whom_the_rows_refuse_it(sqlite_site: Site) -> None:
    """Each is tried with a day that has not come: who has the right is told so, and nothing moves."""
    site = sqlite_site
    references = cases(site)
    whole = people(site)
    tomorrow = site.clock.clock.today() + timedelta(days=1)
    for reference in references:
        row = disputes.find(reference, by=whole["shenjing"])
        assert row is not None
        for (login, actor), move in product(whole.items(), leaving(row.stage)):
            seen = may(actor, Permission.SEE_DISPUTE, row).allowed
            theirs = may_make(actor, move, row).allowed
            expected = (Invalid if theirs else NotAllowed) if seen else NotFound
            with pytest.raises(Exception) as refusal:  # noqa: PT011  # its kind is what is asked
                transitions.make(reference, move, by=Hand(actor, site.clock.clock), on=tomorrow)
            assert refusal.type is expected, (login, reference, move.name)
        db.session.rollback()


def test_who_registers_for_another_committee_goes_on_seeing_it(site: Site) -> None:
    """A township's mediator writes down what belongs to the village; nobody is sent to a 404."""
    from mediation.services import disputes as registering

    actor = site.county.actor("sunzhiping")
    registration = Walker(site.county, site.clock, STORY)._registration()
    reference = registering.register(registration, by=Hand(actor, site.clock.clock)).reference

    row = disputes.find(reference, by=actor)
    assert row is not None
    assert row.committee_id != site.county.committees["柳林镇"]
    assert not may(actor, Permission.RECORD_FACTS, row).allowed
    assert not may_make(actor, T.ACCEPT, row).allowed
    db.session.rollback()
    page = site.browser("sunzhiping").get(f"/disputes/{reference}/registered")
    assert STORY.title in page.words


def _party(site: Site, reference: str, position: int) -> Hand:
    row = disputes.find(reference, by=site.county.actor("shenjing"))
    assert row is not None
    party = row.parties[position]
    hand = Hand(Actor(party.name, party_id=party.id, dispute_id=row.id), site.clock.clock)
    db.session.rollback()
    return hand


def test_only_who_applied_takes_the_application_back(site: Site) -> None:
    reference = dispute_at(Stage.MEDIATING, county=site.county, moving=site.clock, story=STORY)
    applicant, other = (_party(site, reference, number) for number in (0, 1))
    assert T.WITHDRAW in own_case.own_case(by=applicant).exits
    assert set(own_case.own_case(by=other).exits) >= {T.LEAVE, T.TAKE_TO_COURT}
    assert T.WITHDRAW not in own_case.own_case(by=other).exits
    with pytest.raises(NotFound):
        own_case.leave(T.WITHDRAW, "", by=other)

    own_case.leave(T.LEAVE, "", by=other)

    found = disputes.find(reference, by=site.county.actor("shenjing"))
    assert found is not None
    assert found.stage is Stage.TERMINATED


def test_a_party_sees_their_own_case_and_no_other(site: Site) -> None:
    one, two = (
        dispute_at(stage, county=site.county, moving=site.clock, story=STORY)
        for stage in (Stage.REGISTERED, Stage.ACCEPTED)
    )
    hand = _party(site, one, 0)
    assert own_case.own_case(by=hand).reference == one
    assert disputes.find(two, by=hand.actor) is None
    with database.transaction():
        token = sign_ins.begin_for_party(hand.actor.party_id or 0, clock=site.clock.clock)
    browser = site.browser()
    browser.set_cookie("wusong", token)
    assert two not in browser.get("/my/case").text
    for address in (f"/disputes/{one}", f"/disputes/{two}", f"/disputes/{two}/papers"):
        assert browser.raw(address).status_code in (403, 404)
