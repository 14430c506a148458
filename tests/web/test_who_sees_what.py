"""Each sees only what their role may: canaries in every agency's words, followed through every page of every role.

The table here is written from the brief, not from the policy: it must be right by itself.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from joinedup.chronicle.models import Entry
from joinedup.link.actions import part
from joinedup.link.queries.identities import records_of
from joinedup.link.rules.asking import statement
from joinedup.link.rules.model import model_for, name_of
from joinedup.papers import actions as papers
from joinedup.receive.models import Receipt
from joinedup.respond.models import Action
from joinedup.rights import actions as rights
from joinedup.rights.rules import Teller
from joinedup.rights.rules.access import Asker
from joinedup.rights.rules.victims import Demander, Turn
from joinedup.sealed import actions as sealed
from joinedup.sealed.rules import Kind
from joinedup.share import actions as share
from joinedup.share import queries as house
from joinedup.share.models import AuditRow
from respond import town as towns
from respond.town import AGENCIES, AT, CAST, KEEPER, canary
from web.visiting import Visit

pytestmark = pytest.mark.django_db

TELLERS = [agency for agency in AGENCIES if agency != "board"]
EVERY = set(TELLERS)
# Whose words about a child each person may see, of Tess (known to all) and of Mina (known to school and police).
WORDS: dict[str, tuple[set[str], set[str]]] = {
    "ann": (EVERY, {"school", "police"}),
    "bo": (EVERY, {"school", "police"}),
    "night": (EVERY, {"school", "police"}),
    "worker": (EVERY, set()),
    "manager": (EVERY, set()),
    "iro": (EVERY, set()),
    "nurse": ({"hospital"}, set()),
    "named": ({"hospital"}, set()),
    "lead": ({"school"}, {"school"}),
    "officer": ({"police"}, {"police"}),
    "key-worker": ({"northgate"}, set()),
    "inbox": (set(), set()),
    "reviewer": (EVERY, {"school", "police"}),
    "governance": (set(), set()),
    "guardian": (set(), set()),
    "mara": (set(), set()),
    "otto": (set(), set()),
}
ADDRESSES = {who: words for who, (words, _) in WORDS.items()}  # where somebody is goes no further than its agency
OFFICERS = {"mara", "otto"}  # of sealed identities
NAMES_MINA = {"ann", "bo", "night", "lead", "officer", "reviewer"} | OFFICERS  # whose life before they sealed
TOLD_TO_THE_SCHOOL = "hospital words told to the school"
READS_THE_TOLD = {"ann", "bo", "night", "worker", "manager", "iro", "nurse", "named", "lead", "reviewer"}
WHY, FEEDBACK, DUTY = "canary why it was decided", "canary feedback to whoever reported", "canary duty to be done"
READS_DECISIONS = {"ann", "bo", "night", "worker", "manager", "iro", "reviewer"}
READS_FEEDBACK = READS_DECISIONS | {"key-worker", "inbox"}  # it answers Northgate's report
READS_THE_DUTY = READS_DECISIONS | {"nurse", "named"}  # it falls to the hospital
NAMED_TO = {"hospital": {"lead"}}  # whoever is told of an entry is told of whom, in its sender's words
PURPOSE = {"reviewer": "review", "governance": "governance", "guardian": "governance", "inbox": "reporting"}
PAGES_FOR = {
    "/report/": "reporting",
    **dict.fromkeys(("/audit/", "/looks/", "/retention/", "/status/"), "governance"),
}


def purpose_of(who: str, address: str) -> str:
    """Their own one purpose; for those whose work is the child's safety, the page's."""
    page = next((purpose for begin, purpose in PAGES_FOR.items() if address.startswith(begin)), "safeguarding")
    return PURPOSE.get(who, page)


def place(agency: str) -> str:
    return f"1 canary street of {agency}"


def alias(agency: str) -> str:
    return f"Canary{agency.replace('-', '').capitalize()}"


def tell(town: towns.Town, agency: str, name: str, *concerns: str, **event: Any) -> str:
    """A notice with a canary in every part of it."""
    person = towns.child(name, addresses=[{"lines": place(agency), "postcode": "EL4 2AB"}])
    if name == "Tess":
        person["names"].append({"given": alias(agency), "kind": "alias"})
    return town.bring(
        agency, [person],
        [{"kind": "concern", "concerns": concerns, "day": "2026-03-03", "told": [],
          "words": f"{canary(agency)} of {name}", "childs_words": f"childs {canary(agency)} of {name}", **event}],
        AT - timedelta(hours=20),
        observer={"role": "observer", "first_hand": True, "safe_contact": f"canary contact at {agency}"},
    )  # fmt: skip


@pytest.fixture
def town(town: towns.Town) -> towns.Town:
    """Six agencies speak of Tess, two of Mina; one report is decided; one entry was told to the school."""
    tell(town, "northgate", "Tess", "unexplained-visitors")
    town.decide("ann", "Tess", "offer-help", why=WHY, feedback=FEEDBACK, at=AT - timedelta(hours=10),
                steps=[towns.step("hospital", "Named nurse", DUTY)])  # fmt: skip
    for agency, concern in (("school", "school-absence"), ("hospital", "self-harm"), ("police", "missing-episode"),
                            ("youth", "older-associate"), ("social-care", "neglect")):  # fmt: skip
        tell(town, agency, "Tess", concern)
    tell(town, "hospital", "Tess", "physical-injury", words=TOLD_TO_THE_SCHOOL, childs_words=None, day="2026-02-01",
         told=[{"agency": "school", "state": "sent", "when": "2026-02-02"}])  # fmt: skip
    for agency in ("school", "police"):
        tell(town, agency, "Mina", "older-associate")
    town.involve("Tess", allocated="worker", manager="manager", iro="iro")
    return town


@pytest.fixture
def known(town: towns.Town) -> dict[str, list[str]]:
    """What somebody might know to fill an address with."""
    receipts = list(Receipt.objects.order_by("number").values_list("number", flat=True))
    return {
        "reference": [town.child("Tess").reference, town.child("Mina").reference, "KT7-3MW-9"],
        "key": list(Entry.objects.filter(agency__in=("northgate", "school")).values_list("key", flat=True)),
        "number": [receipts[0], receipts[-1]],
        "action": [str(Action.objects.get().pk)],
        "id_": ["second-injury"],
        "token": [share.issue_credential(by=KEEPER, at=AT, agency="northgate", use="link", label="night").token],
        "paper": [a_letter(town)],
        "seal": [a_seal(town)],
        "other": [town.child("Mina").reference],
        "parting": [a_parting(town)],
        "edition": [name_of(model_for("child"))],
        **asked_of(town),
        "draft": ["0198c1de-0000-7000-8000-000000000000"],
        "slug": ["children"],
    }


def a_parting(town: towns.Town) -> str:
    """The word by which Tess and Mina were called two."""
    mina, tess = ([record.key for record in records_of(town.child(name).pk)] for name in ("Mina", "Tess"))
    return str(part(by=town.actor("ann"), at=AT, others=mina, rest=tess, reason="Seen on one day."))


def a_letter(town: towns.Town) -> str:
    """The key of a paper about Tess that quotes everything known of her."""
    head = town.child("Tess")
    keys = Entry.objects.filter(subject__in=house.members(head)).values_list("key", flat=True)
    made = papers.prepare(
        by=town.actor("ann"), at=AT, subject=head, title="A letter", name="Dana Arden", relation="mother",
        purpose="news", text="News.", excerpts=list(keys),
    )  # fmt: skip
    return str(made.pk)


def asked_of(town: towns.Town) -> dict[str, list[str]]:
    """Keys of what was said and asked about Tess: a correction, requests to read and of the police, a complaint."""
    head, by = town.child("Tess"), town.actor("manager")
    [entry] = Entry.objects.filter(subject__in=house.members(head), agency="northgate")
    said = rights.say_wrong(
        by=by, at=AT, subject=head, entry=entry.key, agency="northgate", teller=Teller.CHILD, says="It was not so."
    )
    read = rights.ask_access(
        by=by, at=AT, subject=head, asker=Asker.PARENT, name="Dana Arden", identity="Seen.", received=AT
    )
    demand = rights.keep_demand(
        by=by, at=AT, subject=head, demander=Demander.POLICE, office="14/26", wants="All.", why="A charge."
    )
    rights.turn(by=by, at=AT, request=demand, what=Turn.CHOOSE, reason="It answers.", entries=[entry.key])
    complaint = rights.keep_complaint(by=by, at=AT, subject=head, name="D A", says="Slow.", received=AT)
    made = {"correction": said, "access": read, "demand": demand, "complaint": complaint}
    return {name: [str(one.pk)] for name, one in made.items()}


def a_seal(town: towns.Town) -> str:
    """The key of a seal on an earlier life of Mina's."""
    said = statement(given="Canaryold", family="Canarybefore", born="2010-09-02", numbers=[])
    made = sealed.seal(
        by=town.actor("mara"),
        at=AT,
        kind=Kind.ADOPTION,
        reason="An order.",
        old=None,
        now=town.child("Mina"),
        said=said,
    )
    sealed.confirm(by=town.actor("otto"), at=AT, seal=made, reason="Seen.")
    return str(made.pk)


Visitor = Callable[[str], Visit]


@pytest.fixture
def visit(client_of: Callable[[str], Client]) -> Visitor:
    return lambda who: Visit(client_of(who))


def assert_sees(who: str, text: str, *, whole: bool) -> None:
    """Every canary stands in the text if, and only if, the table says so. `whole`: what they may see must be there."""
    for agency in TELLERS:
        for name, may in zip(("Tess", "Mina"), WORDS[who], strict=True):
            said = f"{canary(agency)} of {name}"
            told = agency in may and not (name == "Mina" and agency not in ("school", "police"))
            expect(who, said, text, told, whole)
        expect(who, place(agency), text, agency in ADDRESSES[who], whole and agency in ADDRESSES[who])
        expect(who, alias(agency), text, agency in WORDS[who][0] or who in NAMED_TO.get(agency, ()), whole)
        assert f"canary contact at {agency}" not in text, f"{who} was shown how to reach a reporter"
    expect(who, TOLD_TO_THE_SCHOOL, text, who in READS_THE_TOLD, whole)
    expect(who, "Mina", text, who in NAMES_MINA, whole)
    expect(who, "Canarybefore", text, who in OFFICERS, whole)
    expect(who, WHY, text, who in READS_DECISIONS, whole)
    expect(who, FEEDBACK, text, who in READS_FEEDBACK, whole)
    expect(who, DUTY, text, who in READS_THE_DUTY, whole)


def expect(who: str, said: str, text: str, may: bool, whole: bool) -> None:
    if not may:
        assert said not in text, f"{who} was shown {said!r}"
    elif whole:
        assert said in text, f"{who} was not shown {said!r}"


@pytest.mark.parametrize("who", CAST)
def test_every_page_that_exists_shows_each_role_what_it_may_and_no_more(who, town, known, visit) -> None:
    """Found by links or typed in: with the child's page, the chronology and the reports, everything they may see."""
    visitor = visit(who)
    visitor.follow()
    visitor.try_every_address(known)
    assert 500 not in visitor.statuses.values()
    assert_sees(who, visitor.everything(), whole=True)


@pytest.mark.parametrize("who", CAST)
def test_every_link_shown_leads_somewhere(who, town, visit) -> None:
    visitor = visit(who)
    for address in visitor.follow():
        assert visitor.statuses[address] in (200, 302), f"{who} was led to {address}: {visitor.statuses[address]}"


@pytest.mark.parametrize("who", ["ann", "key-worker", "lead", "reviewer", "governance"])
def test_each_answer_and_each_refusal_leaves_one_row_at_the_door(who, town, known, visit) -> None:
    visitor, refused = visit(who), 0
    for address in [*visitor.follow(), *visitor.try_every_address(known)]:
        if address.startswith("/api/") or visitor.client.get(address).resolver_match.func.permission == "public":
            continue  # a person has no credential of an agency; public pages answer about nobody
        before = AuditRow.objects.count()
        status = visitor.client.get(address).status_code
        if status == 405:  # said before the door: nothing was asked of it
            continue
        row, refusal = AuditRow.objects.latest("pk"), status in (403, 404)
        refused += refusal
        assert AuditRow.objects.count() == before + 1, address
        assert (row.by, row.act) == (f"{who}@example.org", "refusal" if refusal else "answer")
        assert (row.purpose, row.what["status"]) == (purpose_of(who, address), status)
    assert refused


def test_without_signing_in_no_page_says_anything_of_anybody(town, known) -> None:
    visitor = Visit(Client())
    visitor.try_every_address(known)
    for said in ("canary", canary("hospital"), "Arden", town.child("Tess").reference):
        assert said not in visitor.everything()


def test_an_agencys_system_gets_its_own_receipts_and_nothing_else(town) -> None:
    token = share.issue_credential(by=KEEPER, at=AT, agency="northgate", use="api", label="records").token
    for receipt in Receipt.objects.select_related("message"):
        answer = Client().get(f"/api/v1/receipts/{receipt.number}", headers={"authorization": f"Bearer {token}"})
        own = receipt.message.agency_id == "northgate"
        assert answer.status_code == (200 if own else 404)
        assert "canary" not in answer.content.decode()
