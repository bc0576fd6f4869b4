"""What every paper stands on: the articles it leans on, and the ways out it must name."""

from __future__ import annotations

from mediation.documents import casefile as c
from mediation.services.cases import ways_out
from mediation.services.volumes import Volume
from mediation.workflow.law import basis_in_full
from mediation.workflow.words import NoteKind

# A field of `Basis` and the keys of the articles in workflow.law; nothing is cited by heart.
_ARTICLES: dict[str, tuple[str, ...]] = {
    "principles": ("PML_3",),
    "rights": ("PML_23",),
    "duties": ("PML_24",),
    "agreement": ("PML_28", "PML_29"),
    "oral": ("PML_28", "PML_30"),
    "effect": ("PML_31",),
    "confirmation": ("PML_33", "CPL_205"),
    "termination": ("PML_26",),
    "limitation": ("LIM_12",),
    "free_of_charge": ("PML_4",),
    "start": ("PML_17",),
    "proof": ("INT_354",),
    "personal_data": ("PIPL_14", "PIPL_17"),
    "sensitive_data": ("PIPL_28", "PIPL_29"),
    "sharing": ("PIPL_23",),
    "data_rights": ("PIPL_15", "PIPL_44", "PIPL_45", "PIPL_46", "PIPL_47"),
    "filing": ("PML_27",),
    "service_address": ("INT_354",),
    "electronic_service": ("CPL_90", "INT_136"),
    "ruling": ("CPL_206",),
}


def basis(volume: Volume) -> c.Basis:
    """Printed in full. An extension has no article of national law: its words stand alone."""
    cited = _cited()
    if volume.dispute.court_invited:
        # Only where a court invited the mediation are concessions shown to be protected.
        cited["concessions"] = basis_in_full(("SPC16_22",)).zh
        cited["service_address"] = basis_in_full(("INT_354", "SPC21_17")).zh
    ground, referral = volume.note(NoteKind.NON_ACCEPTANCE), volume.note(NoteKind.REFERRAL)
    if ground is not None:
        key = "PML_17" if ground.choice == "refused" else "MOJ02_22"
        cited["non_acceptance"] = basis_in_full((key,)).zh
    if referral is not None and referral.choice == "duty":
        cited["referral"] = basis_in_full(("PML_25",)).zh
    return c.Basis(**cited)


def standing_basis() -> c.Basis:
    """What a paper leans on whatever the case: for a form that is still empty."""
    return c.Basis(**_cited())


def _cited() -> dict[str, str]:
    return {name: basis_in_full(keys).zh for name, keys in _ARTICLES.items()}


def ways(volume: Volume) -> c.Ways:
    """The court of the county, arbitration where the type has one, legal aid."""
    found = ways_out(volume)
    court = found.court
    return c.Ways(
        court=court.name if court else "",
        court_address=court.address if court else "",
        court_phone=court.phone if court else "",
        arbitration=found.arbitration.zh if found.arbitration else "",
        arbitration_en=found.arbitration.en if found.arbitration else "",
        legal_aid=found.legal_aid,
    )
