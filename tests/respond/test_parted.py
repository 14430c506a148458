"""Two children taken for one, found out later, and taken apart: each has her own story again, and who saw is listed.

4 January   the hospital tells of Tess, the school of Mina
10 January  somebody says that they are one
1 March     the hospital tells of Tess again: with Mina's it adds up; decided on both
5 March     they are two after all
"""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.chronicle import queries as chronicle
from joinedup.link.actions import part, unite
from joinedup.link.models import Judgement
from joinedup.link.queries import record_rows
from joinedup.network.models import Tie
from joinedup.respond import queries as respond
from joinedup.share import actions as share
from joinedup.share import queries as house
from respond import town as towns
from respond.town import AT

DAY = timedelta(days=1)
EARLY, JOINED = AT - 60 * DAY, AT - 54 * DAY


def tell(town: towns.Town, agency: str, name: str, kind: str, concern: str, day: str, at: datetime) -> None:
    """A notice about a child of whom nobody knows a number."""
    event = {"kind": kind, "concerns": [concern], "day": day, "told": [], "words": towns.canary(agency)}
    town.bring(agency, [towns.child(name, identifiers=[])], [event], at)


@pytest.fixture
def one(town: towns.Town) -> towns.Town:
    """Tess and Mina, taken for one since January, with a decision on what both brought."""
    tell(town, "hospital", "Tess", "attendance", "injury-cause-not-known", "2026-01-04", EARLY)
    tell(town, "school", "Mina", "concern", "absence", "2026-01-04", EARLY)
    town.settle("Tess", "Mina", same=True, at=JOINED)
    mina = towns.child("Mina", identifiers=[])
    friend = {"kind": "child", "role": "friend", "names": [{"given": "Jo", "family": "Arden"}], "born": "2011-11-23"}
    event = {"kind": "concern", "day": "2026-03-01", "about": [1], "with": [2], "told": [], "concerns": ["absence"]}
    town.bring("school", [mina, friend], [event], at=AT - 2 * DAY)
    tell(town, "hospital", "Tess", "attendance", "injury-cause-not-known", "2026-03-04", AT - DAY)
    town.decide("ann", "Tess", "advice", at=AT - DAY / 2)
    return town


def story(town: towns.Town, name: str) -> set[str]:
    """Which agencies' lines stand in a child's chronology."""
    shown = chronicle.chronology(for_=town.look("ann"), head=town.child(name).pk)
    return {row.line.agency for row in shown.rows}


def parted(town: towns.Town) -> None:
    rows = record_rows(for_=town.look("ann"), head=town.child("Tess").pk)
    minas = [row.key for row in rows if any("Mina" in name for name in row.said.names)]
    rest = [row.key for row in rows if row.key not in minas]
    part(by=town.actor("ann"), at=AT, others=minas, rest=rest, reason="The school has seen both girls on one day.")
    towns.worker.once(at=AT)


def test_before_it_is_found_out_one_story_holds_both(one: towns.Town) -> None:
    assert one.child("Tess") == one.child("Mina")
    assert story(one, "Tess") == {"hospital", "school"}


def test_parted_each_has_her_own_chronology_ties_findings_and_what_was_decided(one: towns.Town) -> None:
    old = one.child("Mina").reference
    parted(one)
    tess, mina = one.child("Tess"), one.child("Mina")
    assert tess != mina
    assert story(one, "Tess") == {"hospital"}
    assert story(one, "Mina") == {"school"}
    tied = {end for tie in Tie.objects.all() for end in (tie.source_id, tie.target_id)}
    assert one.child("Jo").pk in tied
    assert {house.head_ids([end])[end] for end in tied} & {tess.pk, mina.pk} == {mina.pk}
    [decision] = respond.decisions_of(for_=one.look("ann"), head=tess.pk)
    assert decision.fallen  # it stood on entries that are another child's
    assert "finding" in {item.kind for item in respond.open_on(for_=one.look("ann"), head=tess.pk)}
    assert house.by_reference(old) is not None


def test_taken_back_they_are_one_again_and_the_old_reference_still_resolves(one: towns.Town) -> None:
    parted(one)
    own = one.child("Mina").reference
    sides = [[row.key for row in record_rows(for_=one.look("ann"), head=one.child(n).pk)] for n in ("Tess", "Mina")]
    unite(by=one.actor("ann"), at=AT + DAY, one=sides[0], other=sides[1], reason="It was one girl after all.")
    towns.worker.once(at=AT + DAY)
    assert one.child("Tess") == one.child("Mina")
    assert story(one, "Tess") == {"hospital", "school"}
    resolved = house.by_reference(own)
    assert resolved is not None
    assert house.head_ids([resolved.pk])[resolved.pk] == one.child("Tess").pk


def test_nobody_is_parted_without_a_reason_a_person_or_two_sides(one: towns.Town) -> None:
    keys = [row.key for row in record_rows(for_=one.look("ann"), head=one.child("Tess").pk)]
    ann = one.actor("ann")
    for others, rest, reason, by in (
        (keys[:1], keys[1:], " ", ann), ([], keys, "why", ann), (keys, [], "why", ann), (keys, keys, "why", ann),
        (keys[:1], ["nobody"], "why", ann), (keys[:1], keys[1:], "why", towns.KEEPER),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"judgement needs|choose some"):
            part(by=by, at=AT, others=others, rest=rest, reason=reason)


@pytest.fixture
def ann(one: towns.Town, client: Client) -> Client:
    one.child("Tess")
    share.set_clock(by=towns.KEEPER, at=AT)
    client.force_login(one.people["ann"], "allauth.account.auth_backends.AuthenticationBackend")
    return client


def opened(client: Client, path: str) -> str:
    """A page of a child; the reason is said where one is asked for."""
    page = client.get(path, follow=True)
    if "Why do you need" in page.content.decode():
        page = client.post(page.request["PATH_INFO"], {"reason": "a new report", "next": path}, follow=True)
    return page.content.decode().split("<main")[1]


def test_on_the_page_records_are_ticked_taken_apart_and_who_saw_is_listed(one: towns.Town, ann: Client) -> None:
    tess = one.child("Tess")
    path = reverse("link:records", args=[tess.reference])
    opened(ann, reverse("web:child", args=[tess.reference]))
    page = opened(ann, path)
    assert "Mina Arden: Station Road School" in page
    minas = [row.key for row in record_rows(for_=one.look("ann"), head=tess.pk) if "Mina" in row.said.names[0]]
    bare = ann.post(path, {"part": "yes", "reason": " "}).content.decode()
    assert "Choose the records that are about somebody else" in bare
    assert "Say how you know" in bare
    told = ann.post(path, {"part": "yes", "records": minas, "reason": "Both were seen on one day."}, follow=True)
    towns.worker.once(at=AT)
    shown = ann.get(told.request["PATH_INFO"]).content.decode().split("<main")[1]
    assert "Both were seen on one day." in shown
    assert "Ann Hale" in shown.split("Who may have read")[-1]
    assert "Decided on what is partly the other child" in shown
    assert one.child("Tess") != one.child("Mina")


def test_on_the_page_two_children_are_joined_by_reference(one: towns.Town, ann: Client) -> None:
    parted(one)
    tess, mina = one.child("Tess").reference, one.child("Mina").reference
    path = reverse("link:records", args=[tess])
    opened(ann, path)
    assert "No child has this reference" in ann.post(path, {"other": "nobody"}).content.decode()
    beside = ann.post(path, {"other": mina}, follow=True)
    both = reverse("link:same-as", args=[tess, mina])
    assert "One child or two?" in opened(ann, both)
    assert beside.status_code == 200
    ann.post(both, {"reason": "The school knows her by her second name."})
    towns.worker.once(at=AT)
    assert one.child("Tess") == one.child("Mina")


def test_a_parting_is_shown_to_nobody_who_may_not_settle_doubts(one: towns.Town, client: Client) -> None:
    parted(one)
    word = Judgement.objects.filter(same=False).earliest("id")
    share.set_clock(by=towns.KEEPER, at=AT)
    client.force_login(one.people["nurse"], "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("web:parted", args=[word.pk])).status_code == 403
    client.force_login(one.people["ann"], "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("web:parted", args=[uuid4()])).status_code == 404
