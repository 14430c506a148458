"""What comes due because time passes: children to look at again, the day's checkpoint and what guardians are to ask,
drafts to destroy, accounts to close.

Clocks need no tick: what is late is computed from `due` when somebody looks. Every civil day is asked once or often,
with the same result (idempotent); days skipped, by a restart too, are made up for by the next.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.db import close_old_connections

from joinedup.chronicle import queries as chronicle
from joinedup.flow import worker
from joinedup.governance import actions as guarding
from joinedup.governance import queries as governance
from joinedup.ground.clock import civil_day
from joinedup.link import actions as link
from joinedup.link import queries as linked
from joinedup.receive import actions as receive
from joinedup.receive import queries as received
from joinedup.recognise import queries as recognise
from joinedup.rights import queries as rights
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.rules import FLOW

log = logging.getLogger(__name__)
EVERY = 60.0  # seconds between two ticks of `joinedup serve`
TOMORROW = timedelta(days=1)


def tick(*, at: datetime, waiting: bool = True) -> worker.Walked:
    """Derive again every child for whom something fell due by `at`, and what else waits; tie the audit daily.

    Reports that somebody began and nobody sent are destroyed when their time is over, and whom people asked about.
    Accounts that nobody uses are closed. Once a day what guardians are to ask about is kept, until they answer.
    Records whose destruction two people released go, and an edition that somebody accepted comes into force.
    """
    if made := share.checkpoint_of_the_day(by=FLOW, at=at):
        before = house.tied_before(made)
        ask_guardians(at=at, before=before)
        tell_of_ended(at=at, before=before)
    if forgotten := received.forgotten_drafts(at=at):
        receive.destroy_drafts(by=FLOW, at=at, drafts=forgotten)
    if over := linked.kept_too_long(at=at):
        link.forget_asked(by=FLOW, at=at, asked=over)
    if unused := house.dormant(at=at):
        share.close_dormant(by=FLOW, at=at, practitioners=unused)
    for edition in linked.accepted():
        worker.brought(edition, at=at)
    for destruction in rights.to_destroy():
        worker.destroyed(destruction, at=at)
    stir_due(at=at, waiting=waiting)
    return worker.once(at=at)


def ask_guardians(*, at: datetime, before: datetime | None) -> None:
    """Keep what catches the eye in the looks of the last weeks; once a day, as it reads all of them."""
    if found := governance.unasked(at=at, before=before):
        guarding.ask(by=FLOW, at=at, found=found)


def tell_of_ended(*, at: datetime, before: datetime | None) -> None:
    """Leave a trace of the agreements that ended since the last day that was tied."""
    since = civil_day(before or at - TOMORROW)
    if over := house.ended_between(since, civil_day(at)):
        share.agreements_over(by=FLOW, at=at, agreements=over)


def stir_due(*, at: datetime, waiting: bool = True) -> None:
    """Stir every child for whom something fell due by the day of `at`.

    `waiting`: also those to be asked about tomorrow. A silence that could not be believed, because its agency had not
    been heard, is among them, and the agency may have been heard since.
    """
    day = civil_day(at)
    due = recognise.heads_due(on=day + TOMORROW if waiting else day)
    share.stir(by=FLOW, at=at, subjects=due)


def tick_for_ever(stop: threading.Event) -> None:
    """Tick now and every minute until told to stop. The edge: reads the clock."""
    heard: object = None
    while not stop.is_set():
        try:
            at = house.now()
            now_heard = {agency: civil_day(last) for agency, last in chronicle.last_heard(at).items()}
            tick(at=at, waiting=now_heard != heard)
            heard = now_heard
        except Exception:  # the database is away: the next tick finds everything that this one missed
            log.exception("tick waits")
            close_old_connections()
        stop.wait(EVERY)
