"""Papers on which a committee's electronic signature may not stand: the law wants hand and seal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.dispute_types import DisputeType
from mediation.workflow.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class HandRow:
    """`of` says whether it holds for this paper in a dispute of this type."""

    said: Text
    basis: tuple[str, ...]
    of: Callable[[str, DisputeType], bool]


def _of_status(_: str, kind: DisputeType) -> bool:
    return not kind.e_signature_allowed


def _named_form(folder: str, kind: DisputeType) -> bool:
    return folder == Document.MEDIATION_AGREEMENT.folder and not kind.fingerprint_enough


@unique
class ByHand(Enum):
    """Order is that of asking; the first that holds is told."""

    STATUS = HandRow(
        said=Text(
            "婚姻、收养、继承等人身关系的文书，法律不适用电子签名，由人亲笔签名、盖章",
            "the law on electronic signatures leaves out papers on marriage, adoption and "
            "inheritance; they are signed and sealed by hand",
        ),
        basis=("ESL_3",),
        of=_of_status,
    )
    NAMED_FORM = HandRow(
        said=Text(
            "劳动、医疗的调解协议书，法律写明由人签名、盖章",
            "for agreements on labour and medical matters the law names signatures and a seal",
        ),
        basis=("LAB_14", "MED_39"),
        of=_named_form,
    )


def by_hand(folder: str, kind: DisputeType | None) -> ByHand | None:
    """Why the committee's key may not sign this paper, if it may not. No dispute, no type."""
    return next((row for row in ByHand if kind and row.value.of(folder, kind)), None)
