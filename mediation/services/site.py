"""What papers need to know of the site they are issued at: its file store and public address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mediation.config import Config
from mediation.crypto import Keyring
from mediation.store import Store

CHECK_PATH = "/V/"
LOOK_UP_PATH = "/c"


@dataclass(frozen=True, slots=True)
class Site:
    """`public_address` is empty where the site cannot be reached from outside: no QR is printed.

    `signing` is the folder of the committees' keys; `time_stamps` the address of a time service,
    empty where signatures go without.
    """

    store: Store
    public_address: str = ""
    practice: bool = False
    signing: Path = Path("signing")
    time_stamps: str = ""

    def check_address(self, token: str) -> str:
        """The page that verifies a paper; capitals where they mean the same, for a small QR."""
        return f"{_small(self.public_address)}{CHECK_PATH}{token}" if self.public_address else ""

    def case_address(self, reference: str) -> str:
        """The page of a case, for those who may see it: the code on the cover of its volume."""
        return f"{_small(self.public_address)}/disputes/{reference}" if self.public_address else ""

    @property
    def look_up_address(self) -> str:
        """Where a party types the case code, as an old hand copies it: without `https://`."""
        address = urlsplit(self.public_address)
        return f"{address.netloc}{address.path}{LOOK_UP_PATH}" if self.public_address else ""

    @property
    def look_up_code(self) -> str:
        """The same for the QR."""
        return f"{_small(self.public_address)}{LOOK_UP_PATH}" if self.public_address else ""


def _small(address: str) -> str:
    """Scheme and host in capitals: they do not care, and the QR becomes smaller."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".upper() + parts.path


def of(config: Config, keyring: Keyring) -> Site:
    return Site(
        Store(config.files, keyring), config.public_address, config.practice,
        signing=config.signing, time_stamps=config.time_stamps,
    )  # fmt: skip


_site: Site | None = None


def use_site(site: Site) -> None:
    """The application hands it in at start, as it does the keys."""
    global _site
    _site = site


def here() -> Site:
    if _site is None:
        raise RuntimeError("no site: create the application first")
    return _site
