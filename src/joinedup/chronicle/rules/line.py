"""One line of a chronology, as later rooms read it: plain values, no table behind them."""

from dataclasses import dataclass
from datetime import datetime

from joinedup.ground.periods import Period, order_key
from joinedup.ground.shielded import Shielded


@dataclass(frozen=True, slots=True)
class Told:
    """That another agency was told, by which of the five words of law 3, and when (UNKNOWN if not said)."""

    agency: str  # code as said; may be an agency that this partnership does not know
    state: str  # held, sent, delivered, seen, acknowledged
    when: Period = Period.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One agency's report of one event about one subject.

    `key`: of the entry. `happening`: shared by all lines that report one event, for siblings too.
    `told`: None means not known whether anybody was told; () means nobody. The reporter's own agency
    always holds it (`knowing`). `observer` is an opaque key; where the reporter named none, each message
    is a voice of its own. `received_at`, `sent_at`: aware UTC; `sent_at` is the sender's clock.
    `withdrawn`: corrected or taken back by the time asked about: shown as such, counted by nobody.
    """

    key: str
    subject: str  # spoken reference of the record's own subject
    agency: str
    agency_kind: str
    kind: str
    period: Period
    happening: str
    received_at: datetime
    concerns: frozenset[str] = frozenset()
    side: str = ""  # home, outside; "" not said
    standing: str = "reported"  # reported, observed, assessed, established
    told: tuple[Told, ...] | None = None
    observer: str = ""
    observer_role: Shielded | str = ""  # text once it is released to a look
    first_hand: bool | None = None
    outcome: str = ""
    count: int | None = None  # school days missed, episodes in one row
    sent_at: datetime | None = None
    words: str = ""
    childs_words: str = ""
    going_well: str = ""
    place: Shielded | str = ""  # as observer_role
    date_words: str = ""  # the date as it was said ("spring 2011")
    reference: str = ""  # the sender's own number for the event
    unread_codes: str = ""  # kind or concerns as sent, where the code set did not know them
    message: str = ""  # key of the message
    event_n: int = 1
    handling: str = "open"  # a share.rules.HandlingCode: travels with every excerpt
    withdrawn: bool = False
    withdrawn_why: str = ""  # corrected, taken-back, not-read-again

    @property
    def knowing(self) -> frozenset[str]:
        """Codes of the agencies known to have been reached: the reporter's own, and those told."""
        return frozenset({self.agency, *(told.agency for told in self.told or ())})

    @property
    def order(self) -> tuple[object, ...]:
        """Total order of a chronology: happened-from, happened-to, key (design section 6)."""
        return (order_key(self.period), self.key)
