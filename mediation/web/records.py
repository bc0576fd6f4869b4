"""Recording a fact: one page for every record of the book; only the questions differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request, url_for

from mediation.errors import Refused
from mediation.forms import applications as court_forms
from mediation.forms import casework, notes
from mediation.forms.base import BaseForm
from mediation.forms.inquiries import InquiryForm
from mediation.forms.parties import PartyForm, RepresentativeForm, consent_form
from mediation.permissions import Permission
from mediation.services import (
    agreements,
    applications,
    assignments,
    cases,
    covenants,
    inquiries,
    parties,
    performances,
    persuasions,
    sittings,
    visits,
)
from mediation.services import notes as note_service
from mediation.services.acts import Hand
from mediation.services.facts import unreported_danger
from mediation.web import conflicts, history_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.wording import Text
from mediation.workflow.records import Record, record_by_slug
from mediation.workflow.transitions import Transition
from mediation.workflow.words import NoteKind, Question

bp = Blueprint("records", __name__)

Build = Callable[[cases.CasePage, Any], BaseForm]
Save = Callable[[str, Any, Hand], None]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """How a record asks, and which service keeps the answers."""

    build: Build
    save: Save


def _plain(form: type[BaseForm], service: Callable[..., None]) -> RecordPage:
    return RecordPage(
        lambda _, data: form(data),
        lambda reference, filled, by: service(reference, filled.answers(), by=by),
    )


def _note(form: type[notes.NoteForm], kind: NoteKind, build: Build | None = None) -> RecordPage:
    return RecordPage(
        build or (lambda _, data: form(data)),
        lambda reference, filled, by: note_service.record_note(
            reference, kind, filled.answers(), by=by
        ),
    )


def people(page: cases.CasePage) -> list[tuple[str, Text]]:
    return [(str(p.id), Text(p.name, p.name)) for p in page.volume.dispute.parties]


def _to_a_party(form: type[BaseForm], service: Callable[..., None]) -> RecordPage:
    """The party that the address names is chosen beforehand: one came from their page."""

    def build(page: cases.CasePage, data: Any) -> BaseForm:
        built = form(data, data={"party_id": request.args.get("party")})
        built["party_id"].choices = people(page)  # type: ignore[attr-defined]
        return built

    return RecordPage(build, _plain(form, service).save)


def _consent(page: cases.CasePage, data: Any) -> BaseForm:
    asked = Question.__members__.get(request.args.get("question", ""))
    return consent_form(page.volume.disputants, data, asked=asked)


def _danger(page: cases.CasePage, data: Any) -> BaseForm:
    """A danger seen before and not reported yet stands there already: only to whom is to be added."""
    seen = unreported_danger(page.volume)
    return notes.DangerForm(data, data={"choice": seen.choice, "text": seen.text} if seen else {})


def _assignment(page: cases.CasePage, data: Any) -> BaseForm:
    form = casework.AssignmentForm(data)
    form.account_id.choices = [
        (str(c.account_id), Text(f"{c.name}（手上{c.load}件）", f"{c.name} ({c.load} open)"))
        for c in cases.candidates(page.volume.dispute, page.volume.today)
    ]
    return form


def _assign(reference: str, form: Any, by: Hand) -> None:
    assignments.assign(
        reference,
        int(form.account_id.data),
        by=by,
        reason=form.reason.data or "",
        chosen_by_party=bool(form.chosen_by_party.data),
        ties=form.ties.data,
        ties_text=form.ties_text.data or "",
    )


def _persuasion(page: cases.CasePage, data: Any) -> BaseForm:
    form = casework.PersuasionForm(data)
    form.offer(covenants.clauses_in_force(page.volume.dispute.community_id))
    return form


def _sitting(page: cases.CasePage, data: Any) -> BaseForm:
    """Who may have been there is known: parties and those who act for them are ticked, not typed."""
    form = casework.SittingForm(data)
    known = [(p.name, p.representatives) for p in page.volume.dispute.parties]
    names = [n for name, beside in known for n in (name, *(r.name for r in beside))]
    form.present.choices = [(n, Text(n, n)) for n in dict.fromkeys(names)]
    return form


def _terms(page: cases.CasePage, data: Any) -> BaseForm:
    agreement = page.volume.agreement
    typed = (
        agreements.terms_as_typed(agreement) if agreement else {"facts": page.volume.dispute.facts}
    )
    form = casework.TermsForm(data, data=typed)
    form.offer([("", Text("选一位", "Choose one")), *people(page)])
    return form


def _signature(page: cases.CasePage, data: Any) -> BaseForm:
    """One question for each who has not signed yet, so that one sitting needs one page."""
    return casework.signature_form(agreements.yet_to_sign(page.volume), data)


def _items(page: cases.CasePage) -> list[tuple[str, Text]]:
    agreement = page.volume.agreement
    names = {p.id: p.name for p in page.volume.dispute.parties}
    return [
        (
            str(o.id),
            Text(f"{o.position}. {names[o.debtor_id]}：{o.what}", f"{o.position}. {o.what}"),
        )
        for o in (agreement.obligations if agreement else [])
        if not o.lasting
    ]


def _performance(page: cases.CasePage, data: Any) -> BaseForm:
    form = casework.PerformanceForm(data)
    form.obligation_id.choices = _items(page)
    return form


def _new_date(page: cases.CasePage, data: Any) -> BaseForm:
    form = notes.NewDateForm(data)
    form.target_id.choices = _items(page)
    return form


def _visit(page: cases.CasePage, data: Any) -> BaseForm:
    form = casework.VisitForm(data)
    form.party_id.choices = [("", Text("没有单独问谁", "nobody in particular")), *people(page)]
    return form


def _escalation(page: cases.CasePage, data: Any) -> BaseForm:
    form = notes.EscalationForm(data)
    form.target_id.choices = [
        (str(c.id), Text(c.name, c.name)) for c in cases.higher_committees(page.volume.dispute)
    ]
    return form


def _court(page: cases.CasePage, data: Any) -> BaseForm:
    form = court_forms.CourtChoiceForm(data)
    form.court_id.choices = [(str(c.id), Text(c.name, c.name)) for c in cases.all_courts()]
    return form


PAGES: dict[Record, RecordPage] = {
    Record.PARTY: _plain(PartyForm, parties.record_party),
    Record.REPRESENTATIVE: _to_a_party(RepresentativeForm, parties.record_representative),
    Record.CONSENT: RecordPage(_consent, _plain(BaseForm, parties.record_consent).save),
    Record.DANGER_CHECK: _note(notes.DangerForm, NoteKind.DANGER_CHECK, _danger),
    Record.RIGHTS_READING: _note(notes.RightsReadingForm, NoteKind.RIGHTS_READING),
    Record.ASSIGNMENT: RecordPage(_assignment, _assign),
    Record.NON_ACCEPTANCE: _note(notes.NonAcceptanceForm, NoteKind.NON_ACCEPTANCE),
    Record.REFERRAL: _note(notes.ReferralForm, NoteKind.REFERRAL),
    Record.PERSUASION: RecordPage(
        _persuasion, _plain(BaseForm, persuasions.record_persuasion).save
    ),
    Record.INQUIRY: _plain(InquiryForm, inquiries.record_inquiry),
    Record.SITTING: RecordPage(_sitting, _plain(BaseForm, sittings.record_sitting).save),
    Record.TERMS: RecordPage(_terms, _plain(BaseForm, agreements.write_terms).save),
    Record.SIGNATURE: RecordPage(_signature, _plain(BaseForm, agreements.record_signatures).save),
    Record.ESCALATION: _note(notes.EscalationForm, NoteKind.ESCALATION, _escalation),
    Record.TERMINATION: _note(notes.TerminationForm, NoteKind.TERMINATION),
    Record.APPLICATION: RecordPage(_court, _plain(BaseForm, applications.choose_court).save),
    Record.FILING: _plain(court_forms.FilingForm, applications.record_filing),
    Record.COURT_ANSWER: _plain(court_forms.CourtAnswerForm, applications.record_court_answer),
    Record.SERVICE: _to_a_party(court_forms.ServiceForm, applications.record_service),
    Record.PERFORMANCE: RecordPage(
        _performance, _plain(BaseForm, performances.record_performance).save
    ),
    Record.URGING: _note(notes.UrgingForm, NoteKind.URGING),
    Record.NEW_DATE: _note(notes.NewDateForm, NoteKind.NEW_DATE, _new_date),
    Record.VISIT: RecordPage(_visit, _plain(BaseForm, visits.record_visit).save),
    Record.NO_VISIT: _note(notes.NoVisitForm, NoteKind.NO_VISIT),
    Record.RETENTION: _note(notes.RetentionForm, NoteKind.RETENTION),
}


# Records whose page shows again what is kept; of the others history tells what was added.
_KEPT_AS_ONE = (Record.TERMS,)


def _there_now(reference: str, kind: Record) -> list[conflicts.Pair]:
    """What somebody else wrote meanwhile: the text itself, or the newest entries of history."""
    page = cases.case_page(reference, by=hand())
    if kind in _KEPT_AS_ONE:
        return conflicts.said(PAGES[kind].build(page, None))
    return history_views.newest(page)


@bp.route("/disputes/<reference>/records/<slug>", methods=["GET", "POST"])
@requires(Permission.SEE_DISPUTE)
def record(reference: str, slug: str) -> Reply:
    """Ask the questions of one record and keep the answers. The service decides who may."""
    kind, page = _named(slug), cases.case_page(reference, by=hand())
    entry = PAGES.get(kind)
    if entry is None:
        abort(404)
    form = entry.build(page, request.form if request.method == "POST" else None)

    def save(token: Any) -> str:
        if page.volume.dispute.stage not in kind.value.open_in:
            raise Refused(kind.value.not_yet)
        entry.save(reference, form, hand(token))
        return reference

    back_url = _back_url(reference)
    answer = submitted(
        form, save, subject=reference, back_to=lambda _: back_url,
        now=lambda: _there_now(reference, kind),
    )  # fmt: skip
    if answer is not None:
        return answer
    shown = render(
        "disputes/record.html", page=page, record=kind, form=form, back_url=back_url,
        refusal=page.refusal_of(kind), asked=getattr(form, "asked", None),
        gaps=page.gaps if kind is Record.TERMS else (),
    )  # fmt: skip
    return shown, status_of(form)


def _named(slug: str) -> Record:
    try:
        return record_by_slug(slug)
    except KeyError:
        abort(404)


def _back_url(reference: str) -> str:
    """The move that this record was asked for, when the address names one; else the case."""
    wanted = request.args.get("move", "")
    if any(wanted == move.slug for move in Transition):
        return url_for("disputes.transition", reference=reference, slug=wanted)
    return url_for("disputes.case", reference=reference)
