"""Case codes 案件码: given on a slip, kept as keyed hashes, recognised when typed."""

from __future__ import annotations

import unicodedata

from mediation import codes, identity
from mediation.crypto import same
from mediation.documents.casefile import Slip
from mediation.models.database import keyring
from mediation.models.parties import Party, party_by_code
from mediation.services import site


def give_code(party: Party) -> Slip:
    """A new code for this party, inside the transaction that issues the slip; an older one is void.

    The second thing asked for is the tail of the party's telephone, which is not printed; without
    a telephone it is a PIN, which is.
    """
    code = codes.new_case_code()
    pin = "" if party.phone_tail_index else codes.new_slip_pin()
    party.code_hash = hash_code(code)
    party.pin_hash = hash_pin(code, pin) if pin else None
    return Slip(code=codes.print_case_code(code), pin=pin, look_up=site.here().look_up_address)


def hash_code(code: str) -> str:
    """Of a code as `codes.parse_case_code` returns it."""
    return keyring().keyed_hash(code, kind="case_code")


def hash_pin(code: str, pin: str) -> str:
    """Bound to its code: one table of a million PINs helps nobody."""
    return keyring().keyed_hash(pin, kind=f"slip_pin:{hash_code(code)}")


def recognise(code: str, second: str) -> Party | None:
    """The party whose code this is, if the telephone's last four figures or the PIN fit too.

    Takes what people typed; raises codes.BadCode for what cannot be a case code. Limits on tries
    are the caller's.
    """
    bare = codes.parse_case_code(code)
    party = party_by_code(hash_code(bare))
    kept = (party.pin_hash or party.phone_tail_index or "") if party else ""
    tried = hash_pin(bare, _figures(second)) if party and party.pin_hash else _hash_tail(second)
    return party if party is not None and kept and same(kept, tried) else None


def _hash_tail(second: str) -> str:
    tail = identity.phone_tail(_figures(second))
    return keyring().blind_index(tail, column="party.phone_tail")


def _figures(typed: str) -> str:
    """As a Chinese keyboard writes them, too: full width, with spaces between."""
    plain = unicodedata.normalize("NFKC", typed[:40])
    return "".join(sign for sign in plain if sign.isdecimal())
