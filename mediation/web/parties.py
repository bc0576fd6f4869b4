"""One party of a case: who they are, what is still blank, who acts for them, what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, request, url_for

from mediation import identity
from mediation.forms.parties import DetailsForm, details_form
from mediation.permissions import Permission
from mediation.services import cases, parties
from mediation.services.acts import Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import day, moment, render
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.transitions import Transition
from mediation.workflow.words import PartyKind

if TYPE_CHECKING:
    from mediation.models.parties import Consent, Party, Representative

bp = Blueprint("parties", __name__)


@bp.get("/disputes/<reference>/parties/<int:party_id>")
@requires(Permission.SEE_DISPUTE)
def show(reference: str, party_id: int) -> Reply:
    """Numbers are masked; every answer with its way, its day and who wrote it down."""
    page = cases.case_page(reference, by=hand())
    party = _party(page, party_id)
    said = [c for c in page.volume.consents if c.party_id == party.id]
    return render(
        "parties/show.html",
        page=page,
        party=party,
        known=_known(party),
        blanks=[parties.DETAILS[n] for n in parties.blanks(party)] if page.may_record else [],
        beside=[_beside(r) for r in party.representatives],
        answers=[_answer(c) for c in reversed(said)],
        ways=_ways(page, party),
    )


@bp.route("/disputes/<reference>/parties/<int:party_id>/complete", methods=["GET", "POST"])
@requires(Permission.RECORD_FACTS)
def complete(reference: str, party_id: int) -> Reply:
    """Only what is blank is asked; what stands there is put right by a correction."""
    page = cases.case_page(reference, by=hand())
    party = _party(page, party_id)
    form: DetailsForm = details_form(party, request.form if request.method == "POST" else None)

    def save(token: Token) -> str:
        parties.complete_party(reference, form.answers(party.id), by=hand(token))
        return reference

    back_url = url_for("parties.show", reference=reference, party_id=party_id)
    wanted = request.args.get("move", "")
    if any(wanted == move.slug for move in Transition):
        back_url = url_for("disputes.transition", reference=reference, slug=wanted)
    answer = submitted(form, save, subject=reference, back_to=lambda _: back_url)
    if answer is not None:
        return answer
    shown = render("parties/complete.html", page=page, party=party, form=form, back_url=back_url)
    return shown, status_of(form)


# Papers that carry the party block (4.2); what is blank there prints as a ruled blank.
_WITH_BLOCK = {D.INTAKE_REGISTER, D.MEDIATION_AGREEMENT, D.CONFIRMATION_APPLICATION}


def empty_lines(page: cases.CasePage, move: Transition) -> list[dict[str, object]]:
    """Whose lines the papers of a move would leave empty, with the way to fill them in."""
    if not page.may_record or not _WITH_BLOCK & set(move.value.papers):
        return []
    reference = page.volume.dispute.reference
    return [
        {
            "text": _empty(party.name, parties.blanks(party)),
            "url": url_for(
                "parties.complete", reference=reference, party_id=party.id, move=move.slug
            ),
        }
        for party in page.volume.disputants
        if parties.blanks(party)
    ]


def _empty(name: str, blanks: tuple[str, ...]) -> Text:
    said = [parties.DETAILS[b] for b in blanks]
    zh, en = "、".join(t.zh for t in said), ", ".join(t.en for t in said)
    return Text(f"{name}：{zh}", f"{name}: {en}")


def _party(page: cases.CasePage, party_id: int) -> Party:
    found = next((p for p in page.volume.dispute.parties if p.id == party_id), None)
    if found is None:
        abort(404)
    return found


def _known(party: Party) -> list[tuple[Text, Text | str]]:
    """The party block of the papers, without a number or an address in full."""
    rows = [("kind", party.kind.value), *_who(party), *_where(party)]
    return [(parties.DETAILS[name], value) for name, value in rows if value]


def _who(party: Party) -> list[tuple[str, Text | str]]:
    if party.kind is PartyKind.ENTITY:
        return [("head_name", party.head_name), ("head_post", party.head_post)]
    age = Text(f"{party.age}岁", str(party.age)) if party.age is not None else ""
    born = day(party.born_on) if party.born_on else ""
    return [
        ("sex", identity.sex_label(party.sex) if party.sex else ""),
        ("born_on", born) if born else ("age", age),
        ("ethnicity", party.ethnicity),
        ("occupation", party.occupation),
        ("needs_guardian", Text("是", "yes") if party.needs_guardian else ""),
    ]


def _where(party: Party) -> list[tuple[str, Text | str]]:
    there = Text("登记了", "on record")
    return [
        ("phone", identity.mask_phone(party.phone) if party.phone else ""),
        ("address", there if party.address else ""),
        ("id_number", identity.mask_id_number(party.id_number) if party.id_number else ""),
    ]


def _beside(row: Representative) -> dict[str, object]:
    tie = Text(f"（{row.tie}）", f" ({row.tie})") if row.tie else Text("", "")
    return {
        "text": Text(
            f"{row.kind.value.zh}：{row.name}{tie.zh}", f"{row.kind.value.en}: {row.name}{tie.en}"
        ),
        "more": row.authority,
    }


def _answer(row: Consent) -> list[Any]:
    return [
        row.question.value,
        parties.answer_label(row.question, row.answer),
        day(row.given_on),
        row.way.value,
        Text(
            f"{row.recorded_by}　{moment(row.recorded_at)}",
            f"{row.recorded_by}, {moment(row.recorded_at)}",
        ),
    ]


def _ways(page: cases.CasePage, party: Party) -> list[dict[str, object]]:
    """What else can be done about this one person."""
    if not page.may_record:
        return []
    reference, number = page.volume.dispute.reference, str(party.id)
    listed = [
        (Text("写上代理人或监护人", "Write down an agent or guardian"),
         url_for("records.record", reference=reference, slug="representative", party=number)),
        (Text("更正写错的地方", "Correct something written wrong"),
         url_for("corrections.correct", reference=reference, party=number)),
        (Text("看完整的证件号和电话", "See full numbers"),
         url_for("reveals.reveal", reference=reference, party_id=party.id)),
    ]  # fmt: skip
    if party in page.volume.disputants:
        slip = url_for("papers.issue_slip", reference=reference, party_id=party.id)
        listed.append((Text("换一张案件码小条", "Give a new slip"), slip))
    return [{"text": text, "url": url} for text, url in listed]
