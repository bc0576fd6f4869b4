"""Invented people whose numbers must never be seen where no reveal was recorded."""

from __future__ import annotations

from dataclasses import replace

from mediation import identity
from mediation.seeds.story import Story
from mediation.seeds.tales_village import DRIPPING_EAVES

# No number here is anybody's: the area code 999999 was never given out.
PHONES = ("13957310461", "18672940527")
ID_NUMBERS = tuple(
    first + identity.id_check_figure(first) for first in ("99999919580412031", "99999919660923118")
)
ADDRESSES = ("金丝雀巷七十三号", "金丝雀巷七十五号")
SECRETS = (*PHONES, *ID_NUMBERS)


def canary_story() -> Story:
    """An ordinary quarrel between two people whose numbers are watched."""
    people = tuple(
        replace(person, phone=phone, id_number=number, address=address)
        for person, phone, number, address in zip(
            DRIPPING_EAVES.parties, PHONES, ID_NUMBERS, ADDRESSES, strict=True
        )
    )
    return replace(DRIPPING_EAVES, parties=people)
