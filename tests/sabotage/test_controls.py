"""Each control is taken away once, and the check that guards it must go red: a green that cannot is none.

The checks are the tests of other rooms, run here as they are against a site that lacks one control.
"""

from __future__ import annotations

from collections.abc import Callable

import filetype
import pytest
from flask import Flask, has_app_context
from flask_wtf import CSRFProtect
from sqlalchemy import select
from werkzeug.wrappers import Response

from mediation import cleaning, identity, jobs, uploads
from mediation.errors import NotAllowed
from mediation.models import database, disputes, history, signing_in
from mediation.models.disputes import Dispute
from mediation.models.outbox import JobState
from mediation.permissions import YES
from mediation.services import acts, reveals, sign_ins, slips, transitions
from mediation.services.notes import NoteAnswers, record_note
from mediation.web import case_views, gate, tokens
from mediation.workflow.transitions import Transition
from mediation.workflow.words import NoteKind
from tests import ride_along
from tests.counter import PHONE, register
from tests.security import (
    test_addresses,
    test_canaries,
    test_files,
    test_posts,
    test_reach,
    test_signing_in,
)
from tests.site import Site
from tests.standing import Standing
from tests.state import test_at_once, test_outbox

Patch = pytest.MonkeyPatch
RED = (AssertionError, pytest.fail.Exception)


def red(check: Callable[..., None], *args: object) -> None:
    """The check fails, as it must."""
    with pytest.raises(RED):
        check(*args)
    if has_app_context():
        database.db.session.rollback()


def test_without_csrf(sqlite_standing: Standing, monkeypatch: Patch) -> None:
    monkeypatch.setattr(CSRFProtect, "protect", lambda *_, **__: None)
    red(test_posts.test_no_form_is_taken_without_its_token, sqlite_standing)


def test_without_event_tokens(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(tokens, "_read", lambda _: ["the same", "2", "", None])
    from mediation.web import acting

    monkeypatch.setattr(acting, "given_token", lambda _: None)
    red(test_at_once.test_a_used_form_is_answered_and_not_done_again, sqlite_site)
    red(test_posts.test_a_token_is_for_one_person_and_one_case, sqlite_site)


def test_without_the_version(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(database, "write_again", lambda *_: None)
    red(test_at_once.test_of_two_editors_the_second_is_told_and_loses_nothing, sqlite_site)


def test_without_what_the_writer_saw(sqlite_site: Site, monkeypatch: Patch) -> None:
    from mediation.web import pages

    monkeypatch.setattr(pages, "as_seen", lambda _, version: version)
    red(test_posts.test_who_puts_a_form_right_does_not_overwrite_who_was_quicker, sqlite_site)


def test_without_scope(sqlite_standing: Standing, monkeypatch: Patch) -> None:
    monkeypatch.setattr(disputes, "within_reach", lambda _: select(Dispute))
    red(test_reach.test_foreign_is_404_for_every_route_that_names_something, sqlite_standing)


def test_where_everybody_may(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(transitions, "may_make", lambda *_: YES)
    red(a_county_does_not_withdraw, sqlite_site)


def a_county_does_not_withdraw(site: Site) -> None:
    reference = register(site)
    with pytest.raises(NotAllowed):
        transitions.make(reference, Transition.WITHDRAW, by=site.hand("shenjing"), note="算了")


def test_the_check_of_moves_is_green_with_the_control(sqlite_site: Site) -> None:
    a_county_does_not_withdraw(sqlite_site)


def test_where_facts_are_anybodys(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(acts, "may", lambda *_: YES)
    red(a_grid_worker_records_nothing, sqlite_site)


def a_grid_worker_records_nothing(site: Site) -> None:
    reference = register(site, "linxiaohe", place="柳溪村第一网格")
    with pytest.raises(NotAllowed):
        record_note(
            reference, NoteKind.DANGER_CHECK, NoteAnswers(choice="none"), by=site.hand("linxiaohe")
        )


def test_the_check_of_facts_is_green_with_the_control(sqlite_site: Site) -> None:
    a_grid_worker_records_nothing(sqlite_site)


def test_without_masks(sqlite_standing: Standing, monkeypatch: Patch) -> None:
    for module in (identity, case_views):
        for name in ("mask_phone", "mask_id_number"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, lambda number: number)
    red(test_canaries.test_nobody_sees_a_whole_number, sqlite_standing)


def test_without_a_record_of_reveals(sqlite_standing: Standing, monkeypatch: Patch) -> None:
    monkeypatch.setattr(reveals, "_record", lambda *_: None)
    red(test_canaries.test_every_reveal_is_on_record_with_its_reason, sqlite_standing)


def test_without_limits_on_tries(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sign_ins, "check_limits", lambda *_, **__: None)
    red(test_signing_in.test_the_sixth_guess_is_not_even_looked_at, sqlite_site)
    red(test_signing_in.test_a_case_code_is_tried_five_times, sqlite_site)


def test_where_tries_are_counted_afterwards(postgres_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(signing_in, "one_at_a_time", lambda _: None)
    failures = signing_in.failures

    def slow(*args: object, **rest: object) -> int:
        found = failures(*args, **rest)  # type: ignore[arg-type]
        import time

        time.sleep(0.2)
        return found

    monkeypatch.setattr(signing_in, "failures", slow)
    red(test_signing_in.test_guesses_sent_at_once_are_all_counted, postgres_site)


def test_where_sessions_do_not_end(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sign_ins, "_in_time", lambda *_: True)
    red(test_signing_in.test_a_session_ends_when_it_is_told_to, sqlite_site, test_signing_in.leave)
    red(
        test_signing_in.test_a_session_ends_when_it_is_told_to,
        sqlite_site,
        test_signing_in.sit_idle,
    )


def test_where_a_changed_account_stays_signed_in(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        sign_ins,
        "set_password_hash",
        lambda account, hashed: setattr(account, "password_hash", hashed),
    )
    red(
        test_signing_in.test_a_session_ends_when_it_is_told_to, sqlite_site,
        test_signing_in.change_password,
    )  # fmt: skip


def test_without_the_content_policy(sqlite_site: Site) -> None:
    def drop(response: Response) -> Response:
        del response.headers["Content-Security-Policy"]
        return response

    after(sqlite_site.app, drop)
    red(lambda: ride_along.check(sqlite_site.browser().look("/sign-in")))


def after(app: Flask, change: Callable[[Response], Response]) -> None:
    """Functions after a request run last first: this one has the last word."""
    app.after_request_funcs[None].insert(0, change)


def test_where_history_is_not_written(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(history, "append_event", lambda event: event)
    red(test_at_once.test_sixteen_writers_lose_nothing, sqlite_site)


def test_where_a_link_of_history_is_forged(sqlite_site: Site, monkeypatch: Patch) -> None:
    reference = register(sqlite_site)
    assert not list(history.all_broken_links())
    monkeypatch.setattr(history, "chain_hash", lambda _: "0" * 64)
    found = disputes.find(reference, by=sqlite_site.county.actor("shenjing"))
    assert found is not None
    assert history.broken_links(found.id)
    database.db.session.rollback()


def test_without_a_look_into_files(monkeypatch: Patch) -> None:
    monkeypatch.setattr(uploads, "_acts", lambda *_: False)
    red(test_files.test_what_does_harm_is_refused_with_a_sentence, "a script at opening", "a.pdf")
    monkeypatch.setattr(filetype, "guess_mime", lambda _: "image/png")
    monkeypatch.setattr(uploads, "_picture", lambda _: 1)
    red(test_files.test_what_does_harm_is_refused_with_a_sentence, "a program of Windows", "a.jpg")


def test_without_clean_words(monkeypatch: Patch) -> None:
    from tests.forms import test_fields

    monkeypatch.setattr(cleaning, "clean_text", lambda text, _limit=0: text)
    red(test_fields.test_what_cannot_be_kept_gets_one_sentence, "line", "张\u202e三")


def test_where_any_path_is_ours(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(gate, "own_path", lambda wanted: wanted)
    from mediation.web import preferences, sign_in

    monkeypatch.setattr(sign_in, "own_path", lambda wanted: wanted)
    monkeypatch.setattr(preferences, "own_path", lambda wanted: wanted)
    monkeypatch.setattr(test_addresses, "own_path", lambda _: None)
    red(test_addresses.test_nobody_is_led_elsewhere, sqlite_site, "//evil.example")


def test_where_workers_take_nothing_in_hand(sqlite_site: Site, monkeypatch: Patch) -> None:
    def peek(job_id: int, _now: object) -> tuple[str, int] | None:
        from mediation.models import outbox

        job = outbox.job_by_id(job_id)
        found = (
            None if job is None or job.state is not JobState.WAITING else (job.kind, job.subject_id)
        )
        database.db.session.rollback()
        return found

    monkeypatch.setattr(jobs, "_take", peek)
    red(test_outbox.test_two_workers_draw_each_paper_once, sqlite_site, monkeypatch)


def test_where_a_code_alone_is_enough(sqlite_site: Site, monkeypatch: Patch) -> None:
    monkeypatch.setattr(slips, "same", lambda *_: True)
    red(a_code_alone_opens_nothing, sqlite_site)


def a_code_alone_opens_nothing(site: Site) -> None:
    register(site)
    from mediation.models.parties import Party

    with database.transaction():
        party = database.db.session.query(Party).first()
        assert party is not None
        code = slips.give_code(party).code
    browser = site.browser()
    assert test_signing_in.look_up(browser, code, "0000").status == 422
    assert test_signing_in.look_up(browser, code, PHONE[-4:]).status == 303


def test_a_code_and_the_tail_open_what_is_theirs(site: Site) -> None:
    a_code_alone_opens_nothing(site)
