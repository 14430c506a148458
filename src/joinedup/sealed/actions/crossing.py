"""Needs cross a seal as a summary that one officer writes and another releases; never by the machine, never a name."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from joinedup.ground.keys import new_fact_id
from joinedup.link import queries as link
from joinedup.receive.actions import receive
from joinedup.receive.rules.read import JSON
from joinedup.sealed.actions.words import kept, officer, other_than
from joinedup.sealed.models import Seal, Summary, SummaryWord
from joinedup.sealed.queries.officers import opened
from joinedup.sealed.queries.opening import seal_vault
from joinedup.sealed.queries.screening import body_of
from joinedup.sealed.rules import telling
from joinedup.sealed.rules.rest import names_any
from joinedup.share.actions import act, note
from joinedup.share.queries import Subject, head_ids
from joinedup.share.rules import Actor


class TellingError(ValueError):
    """The summary holds something by which the sealed identity could be recognised."""


@act
def summarise(
    *, by: Actor, at: datetime, seal: Seal, about: Subject, text: str, concerns: Collection[str] = ()
) -> Summary:  # fmt: skip
    """Write what may be known on the other side. It crosses once a second officer releases it.

    Raises ValueError without a text or a person, or for the life that is sealed;
    TellingError if it names anything of the sealed identity.
    """
    body = body_of(seal)
    if head_ids([body.subject])[body.subject] == about.pk:
        raise ValueError("choose the child as they are known now: nothing goes to the life before")
    if names_any(text, telling(body)):
        raise TellingError("take out the name, number, date of birth or address: it tells who the child was before")
    if not text.strip() or not link.statements_of(about.pk):
        raise ValueError("write what may be known, for a child of whom something is kept here")
    key = new_fact_id()
    said = json.dumps({"text": text.strip(), "about": about.pk, "concerns": sorted(concerns)}).encode()
    made = Summary.objects.create(
        pk=key, seal=seal, body=seal_vault().cipher.seal(said, str(key)), by_id=officer(by), at=at
    )
    note(summary=str(key))
    return made


@act
def release_summary(*, by: Actor, at: datetime, summary: Summary, reason: str) -> None:
    """Let it across: it comes in as a notice of the officers' agency, like any other. Raises ValueError without a
    reason or if there was a word on it before, SecondOfficerError for whoever wrote it."""
    _say(by, at, summary, reason, released=True)
    said = json.loads(opened(bytes(summary.body), summary.pk))
    body = json.dumps(notice_of(summary, said, agency=by.agency, at=at)).encode()
    receive(by=by, at=at, agency=by.agency, body=body, media=JSON, channel="office")


@act
def refuse_summary(*, by: Actor, at: datetime, summary: Summary, reason: str) -> None:
    """Say that it does not cross. Raises as `release_summary` does."""
    _say(by, at, summary, reason, released=False)


def notice_of(summary: Summary, said: dict[str, Any], *, agency: str, at: datetime) -> dict[str, Any]:
    """The summary as a notice about the child that it is for, named as their own records name them."""
    _, statement = next(iter(link.statements_of(said["about"])))
    person = {name: statement[name] for name in ("names", "identifiers")} | {
        "born": next(iter(statement["born"]), None)
    }
    event = {
        "n": 1, "about": [1], "kind": "concern" if said["concerns"] else "contact", "words": said["text"],
        "concerns": said["concerns"], "happened": {"from": at.date().isoformat()}, "told": [],
    }  # fmt: skip
    return {
        "form": "joinedup/notice/1", "id": f"office-{summary.pk}", "agency": agency, "sent": at.isoformat(),
        "persons": [{"n": 1, "kind": "child", "role": "subject", **person}], "events": [event],
    }  # fmt: skip


def _say(by: Actor, at: datetime, summary: Summary, reason: str, *, released: bool) -> None:
    if SummaryWord.objects.filter(summary=summary).exists():
        raise ValueError("there was a word on this before: write another")
    second = other_than(summary.by_id, by)
    key, text = kept(reason)
    SummaryWord.objects.create(pk=key, summary=summary, released=released, reason=text, by_id=second, at=at)
    note(summary=str(summary.pk), released=released)
