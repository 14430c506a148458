"""A letter to a parent: seen as she will see it, the foster carers' address withheld until two persons release it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from joinedup.ground.keys import digest
from joinedup.papers import actions, queries
from joinedup.papers.models import MustNotLearn, OwnerWord, Paper, Step
from joinedup.papers.rules import Class, Shown
from joinedup.share import actions as share
from joinedup.share.models import AuditRow
from joinedup.share.rules import FLOW
from respond import town as towns

pytestmark = pytest.mark.django_db
FOSTER = "9 Foster Lane"
POSTCODE = "EL9 9ZZ"
LETTER = (
    f"Dear Ms Arden,\n\nTess is settling in at {FOSTER}, {POSTCODE} and goes to Station Road School."
    "\nYou can ring the carers on 01632 960 777.\n\nYours,"
)
SCHOOL = "Station Road School"
CANARIES = (FOSTER, POSTCODE, SCHOOL, "01632 960 777")
KEPT = "Words that the police keep"


@pytest.fixture
def reference(town: towns.Town) -> str:
    """Of Tess, placed with foster carers; with a worker and a manager."""
    placed = towns.child("Tess") | {"addresses": [{"lines": FOSTER, "postcode": POSTCODE, "kind": "placement"}]}
    town.bring("social-care", [placed], [{"kind": "move-planned", "day": "2026-03-01", "words": "She moved."}])
    town.tell("school", "Tess", "concern", words="Arrived late.")
    town.tell("police", "Tess", "concern", words=KEPT, handling="owner-consents")
    town.involve("Tess", allocated="worker", manager="manager")
    return town.child("Tess").reference


def entry(town: towns.Town, words: str) -> str:
    from joinedup.chronicle.models import Entry  # the test's own look, round every policy

    return Entry.objects.get(words=words).key


def letter(client: Client, reference: str, **said: object) -> str:
    """Make one; returns its page's address."""
    fields = {
        "name": "Dana Arden", "relation": "mother", "purpose": "news of the placement", "title": "How Tess is",
        "text": LETTER,
    }  # fmt: skip
    answer = client.post(f"/child/{reference}/papers/new/", fields | said)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def press(client: Client, page: str, do: str, **said: object) -> str:
    answer = client.post(page, {"do": do} | said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_reads_nothing_that_is_shielded_and_is_told_what_was_left_out(
    reference: str, client_of: Callable[[str], Client]
) -> None:
    worker = client_of("worker")
    page = letter(worker, reference)
    preview = worker.get(page).content.decode()
    assert "As Dana Arden will see it" in preview
    assert not any(one in preview for one in CANARIES)
    assert "Where the child is placed, and with whom" in preview
    assert worker.get(f"{page}print/").status_code == 404
    assert "Released." in press(worker, page, "release")
    printed = worker.get(f"{page}print/").content.decode()
    assert "For Dana Arden, mother, for news of the placement." in printed
    assert "Tess is settling in at [withheld]" in printed
    assert "Left out: how to reach somebody, where the child is placed, and with whom, which school" in printed
    assert not any(one in printed for one in CANARIES)
    assert "How Tess is" in worker.get(f"/child/{reference}/papers/").content.decode()


def test_two_persons_release_what_is_shielded_and_whoever_asked_is_not_the_second(
    reference: str, client_of: Callable[[str], Client]
) -> None:
    worker, manager = client_of("worker"), client_of("manager")
    page = letter(worker, reference)
    assert "Say why" in press(worker, page, "ask", classes=["SCHOOL"])
    assert "A second person is asked" in press(worker, page, "ask", classes=["SCHOOL"], reason="She takes her there.")
    assert "Station Road School" in manager.get(page).content.decode()
    assert "released by a second person" in press(worker, page, "release")
    assert not Step.objects.filter(what="released").exists()
    press(manager, page, "release", reason="Agreed at the review.")
    printed = manager.get(f"{page}print/").content.decode()
    assert "Station Road School" in printed
    assert FOSTER not in printed
    assert AuditRow.objects.filter(act="papers.release").count() == 1


def test_whoever_must_not_learn_it_does_not_whatever_is_released(
    reference: str, client_of: Callable[[str], Client]
) -> None:
    worker, manager = client_of("worker"), client_of("manager")
    bar = {"bar-name": "dana  arden", "bar-what": ["SCHOOL", "HOME"], "bar-reason": "Ordered by the court."}
    assert "Kept." in press(worker, f"/child/{reference}/papers/must-not-learn/", "bar", **bar)
    page = letter(worker, reference)
    assert "must not learn this" in worker.get(page).content.decode()
    press(worker, page, "ask", classes=["CONTACT"], reason="For calls.")
    press(manager, page, "release")
    printed = manager.get(f"{page}print/").content.decode()
    assert "Station Road School" not in printed
    assert "01632 960 777" in printed
    unbar = {"unbar-name": "dana arden", "unbar-reason": "The order has ended."}
    press(worker, f"/child/{reference}/papers/must-not-learn/", "unbar", **unbar)
    assert "must not learn this" not in worker.get(letter(worker, reference)).content.decode()


@pytest.mark.parametrize(
    "name", ["Ms Dana Arden", "Dana J. Arden", "Arden, Dana", "Dana Árden", "D Arden-Hale", "Dana"]
)
def test_a_bar_holds_however_the_name_is_typed(name: str, reference: str, town: towns.Town) -> None:
    child = town.child("Tess")
    actions.bar(
        by=town.actor("worker"), at=towns.AT, subject=child, name="Dana Arden", what=[Class.HOME], reason="Court."
    )  # fmt: skip
    assert queries.must_not_learn(child.pk, name, towns.AT)
    assert not queries.must_not_learn(child.pk, "Morgan Arden", towns.AT)


def test_what_is_shielded_is_withheld_wherever_it_was_typed(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    worker = client_of("worker")
    typed = {"name": f"Dana Arden, {SCHOOL}", "title": f"To {SCHOOL}", "purpose": f"a visit to {SCHOOL}"}
    page = letter(worker, reference, **typed, excerpts=[entry(town, KEPT)])
    seen = [
        worker.get(page), client_of("officer").get("/words/"),
        client_of("officer").get(f"/words/{Paper.objects.get().pk}/"), client_of("nurse").get("/words/"),
    ]  # fmt: skip
    press(worker, page, "release")
    seen += [worker.get(f"{page}print/"), worker.get(page)]
    assert not any(SCHOOL in answer.content.decode() for answer in seen)
    assert "Dana Arden, [withheld]" in worker.get(f"{page}print/").content.decode()
    assert "Dana Arden, " in worker.get(f"/child/{reference}/papers/").content.decode()


def test_who_of_the_public_reported_is_withheld_and_a_professional_is_not(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    share.add_agency(by=towns.KEEPER, at=towns.BEGUN, code="public", name="Relatives and the public", kind="family")
    neighbour = {"observer": {"role": "neighbour at the corner", "first_hand": True}}
    town.bring("public", [towns.child("Tess")], [{"kind": "concern", "day": "2026-03-03"}], towns.AT, **neighbour)
    text = "The neighbour at the corner and an observer at school both rang."
    preview = client_of("worker").get(letter(client_of("worker"), reference, text=text)).content.decode()
    assert "The [withheld] and an observer at school both rang." in preview
    assert "Who reported" in preview


def test_that_somebody_must_not_learn_it_ends_on_its_day(reference: str, town: towns.Town) -> None:
    child, by = town.child("Tess"), town.actor("worker")
    until = towns.AT + timedelta(days=2)
    actions.bar(
        by=by, at=towns.AT, subject=child, name="Dana Arden", what=[Class.HOME], reason="Until court.", until=until
    )
    for at, standing in ((until - timedelta(seconds=1), 1), (until, 0)):
        assert len(queries.barred_of(for_=town.look("worker", at=at), child=child)) == standing
        assert len(queries.must_not_learn(child.pk, "DANA ARDEN", at)) == standing


def test_what_the_police_keep_waits_for_their_word_and_they_read_only_their_own(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    worker, officer = client_of("worker"), client_of("officer")
    page = letter(worker, reference, excerpts=[entry(town, KEPT), entry(town, "Arrived late.")])
    assert KEPT not in worker.get(page).content.decode()
    asked = officer.get("/words/").content.decode()
    assert "Dana Arden, mother" in asked
    one = f"/words/{Paper.objects.get().pk}/"
    mine = officer.get(one).content.decode()
    assert KEPT in mine
    assert not any(text in mine for text in (*CANARIES, "Arrived late.", "settling in"))
    assert client_of("nurse").get(one).status_code == 404
    assert "Choose whether it may" in officer.post(one, {"reason": "It is over."}).content.decode()
    officer.post(one, {"given": "yes", "reason": "The case is over."})
    assert OwnerWord.objects.get().given
    assert KEPT in worker.get(page).content.decode()
    assert "Nobody asks." in officer.get("/words/").content.decode()


def test_a_practitioner_reads_what_their_own_role_shows_them(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    worker = client_of("worker")
    said = {
        "name": "Joy Bell", "relation": "practitioner", "email": town.people["nurse"].email,
        "excerpts": [entry(town, "Arrived late.")],
    }  # fmt: skip
    preview = worker.get(letter(worker, reference, **said)).content.decode()
    assert "Arrived late." not in preview
    assert "own role does not reach it" in preview
    said |= {"name": "Max Fell", "email": town.people["manager"].email}
    preview = worker.get(letter(worker, reference, **said)).content.decode()
    assert all(text in preview for text in (*CANARIES, "Arrived late."))
    assert "Nobody signs in with this address" in worker.post(
        f"/child/{reference}/papers/new/", {"email": "x@example.org"}
    ).content.decode()  # fmt: skip


def test_a_decision_not_to_share_keeps_its_reason_and_ends_the_matter(
    reference: str, client_of: Callable[[str], Client]
) -> None:
    worker = client_of("worker")
    page = letter(worker, reference)
    assert "Say why" in press(worker, page, "refuse")
    assert "Not shared. The reason is kept." in press(worker, page, "refuse", reason="It could lead him to her.")
    assert "Not shared: It could lead him to her." in worker.get(f"/child/{reference}/papers/").content.decode()
    assert "make another" in press(worker, page, "release")
    press(worker, page, "something else")
    assert Step.objects.count() == 1


def test_another_childs_paper_is_none_of_this_one(reference: str, town: towns.Town, client_of) -> None:
    town.tell("school", "Mina", "concern")
    town.involve("Mina", allocated="worker")
    key = letter(client_of("worker"), reference).split("/")[-2]
    other = town.child("Mina").reference
    assert client_of("worker").get(f"/child/{other}/papers/{key}/").status_code == 404


@pytest.mark.parametrize("wrong", ["nobody", "no reason", "no word", "no classes", "not asked"])
def test_what_is_missing_is_refused(reference: str, town: towns.Town, wrong: str) -> None:
    by, at, child = town.actor("worker"), towns.AT, town.child("Tess")
    said = {"title": "T", "name": "N", "relation": "mother", "purpose": "p", "text": "t"}
    made = actions.prepare(by=by, at=at, subject=child, **said)
    does = {
        "nobody": lambda: actions.prepare(by=FLOW, at=at, subject=child, **said),
        "no reason": lambda: actions.bar(by=by, at=at, subject=child, name="N", what=[Class.HOME], reason=" "),
        "no word": lambda: actions.give_word(by=by, at=at, paper=made, given=True, reason=""),
        "no classes": lambda: actions.ask_second(by=by, at=at, paper=made, classes=[], reason="r"),
        "not asked": lambda: actions.release(by=by, at=at, paper=made, read=Shown((), ()), classes=[Class.HOME]),
    }
    with pytest.raises(ValueError, match=r"\w"):
        does[wrong]()
    if wrong == "no reason":
        with pytest.raises(ValueError, match="says so"):
            actions.unbar(by=by, at=at, subject=child, name="N", reason="")
        with pytest.raises(ValueError, match="says why"):
            actions.refuse(by=by, at=at, paper=made, reason="")
    assert not MustNotLearn.objects.exists()


def test_what_left_is_shown_as_it_left_whatever_is_said_afterwards(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    """A bar that comes later, a word that is taken back: the log shows what the recipient has in their hands."""
    worker = client_of("worker")
    page = letter(worker, reference)
    press(worker, page, "release")
    left = Step.objects.get(what="released").read
    assert "[withheld]" in left["parts"][0]["texts"][1]
    actions.bar(
        by=town.actor("worker"), at=towns.AT, subject=town.child("Tess"), name="Dana Arden", what=list(Class),
        reason="A court order.",
    )  # fmt: skip
    shown = worker.get(page).content.decode()
    assert "is settling in at [withheld]" in shown
    assert "A court order." not in shown  # it was not why it was left out
    [row] = [row for row in AuditRow.objects.all() if "left" in row.what]
    assert row.what["left"] == digest(json.dumps(left, sort_keys=True))


def test_what_it_is_for_stands_on_every_page_of_it_and_holds_nothing_shielded_either(
    reference: str, client_of: Callable[[str], Client]
) -> None:
    worker = client_of("worker")
    page = letter(worker, reference, purpose=f"visits to {SCHOOL}")
    preview = worker.get(page).content.decode()
    press(worker, page, "release")
    printed = worker.get(f"{page}print/").content.decode()
    for shown in (preview, printed):
        assert "visits to [withheld]" in shown
        assert SCHOOL not in shown
    said = {"name": "Dana Arden", "relation": "mother", "title": "T", "text": "t", "purpose": f"visits at {POSTCODE}"}
    assert "Take out a postcode" in worker.post(f"/child/{reference}/papers/new/", said).content.decode()
    said["purpose"] = f"visits to {FOSTER}"
    assert "Take out a street address" in worker.post(f"/child/{reference}/papers/new/", said).content.decode()


def test_whoever_looks_at_a_paper_reads_no_more_of_it_than_their_own_role_shows(
    reference: str, town: towns.Town, client_of: Callable[[str], Client]
) -> None:
    """The police's coordinator may open any child, but not what the hospital keeps, whatever a letter quotes."""
    town.tell("hospital", "Tess", "attendance", words="Words that the hospital keeps", handling="owner-consents")
    page = letter(client_of("worker"), reference, excerpts=[entry(town, "Words that the hospital keeps")])
    paper = Paper.objects.get()
    actions.give_word(by=town.actor("nurse"), at=towns.AT, paper=paper, given=True, reason="It may go to her.")
    town.people["coordinator"] = share.add_practitioner(
        by=towns.KEEPER, at=towns.BEGUN, email="coordinator@example.org", name="Cy Brook", agency="police",
        password=towns.PASSWORD, roles=["exploitation-coordinator"],
    )  # fmt: skip
    coordinator = client_of("coordinator")
    coordinator.post(coordinator.get(page).url, {"why": "A meeting about this child"})
    assert "Words that the hospital keeps" in client_of("manager").get(page).content.decode()
    assert coordinator.get(page).status_code == 200
    assert "Words that the hospital keeps" not in coordinator.get(page).content.decode()
