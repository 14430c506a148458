"""What people asked of one child's record, so that every page of papers, rights and governance has something on it."""

from datetime import timedelta

from joinedup.chronicle.models import Entry
from joinedup.papers import actions as papers
from joinedup.papers import queries as read
from joinedup.papers.rules import Class
from joinedup.rights import actions as rights
from joinedup.rights.rules.access import Asker
from joinedup.rights.rules.victims import Demander, Turn
from joinedup.rights.rules.words import Teller
from joinedup.share import actions as share
from joinedup.share.rules import Look
from respond import town as towns
from respond.town import AT

DAY = timedelta(days=1)
WORDS = "Seen by the school nurse; a brother was mentioned."


def everything(town: towns.Town, name: str = "Tess") -> None:
    """A letter and a bar, a request to read it all, one of the police, a correction, a complaint, a hold, looks."""
    entry = say(town, name)
    letter(town, name, entry)
    to_read(town, name)
    of_police(town, name, entry)
    of_the_child(town, name, entry)
    by_governance(town, name)
    looked(town, name)


def say(town: towns.Town, name: str) -> Entry:
    """The hospital says something of which it keeps the last word."""
    key = town.tell("hospital", name, "concern", words=WORDS, handling="owner-consents")
    return Entry.objects.get(message=key)


def letter(town: towns.Town, name: str, entry: Entry) -> None:
    """One letter that is released, and one that waits for a second person and for the hospital's word."""
    child, worker = town.child(name), town.actor("worker")
    papers.bar(by=worker, at=AT, subject=child, name="Rory Arden", what=[Class.HOME], reason="Ordered by the court.")
    said = {"name": "Dana Arden", "relation": "mother", "purpose": "news of the placement"}
    sent = papers.prepare(by=worker, at=AT, subject=child, title="How Tess is", text="She likes her school.", **said)
    shown = read.paper_of(for_=town.look("worker"), child=child, key=sent.pk)
    assert shown
    papers.release(by=worker, at=AT, paper=sent, read=shown.shown)
    text = "She is at 4 Mill Lane, EL4 2AB; ring 01632 960 123."
    asked = papers.prepare(
        by=worker, at=AT, subject=child, title="Where Tess is", text=text, excerpts=[entry.key], **said
    )  # fmt: skip
    papers.ask_second(by=worker, at=AT, paper=asked, classes=[Class.CONTACT], reason="For calls at the weekend.")


def to_read(town: towns.Town, name: str) -> None:
    """The child asks to read what is kept about her."""
    rights.ask_access(
        by=town.actor("manager"), at=AT, subject=town.child(name), asker=Asker.CHILD, name="Tess Arden",
        identity="Known to her worker.", received=AT - 3 * DAY,
    )  # fmt: skip


def of_police(town: towns.Town, name: str, entry: Entry) -> None:
    """The police ask for what the hospital said; the hospital is asked for its word."""
    manager = town.actor("manager")
    made = rights.keep_demand(
        by=manager, at=AT, subject=town.child(name), demander=Demander.POLICE, office="Ellensford Police, case 12",
        wants="What the hospital recorded on 4 March", why="A line of enquiry that they named.",
    )  # fmt: skip
    rights.turn(by=manager, at=AT, request=made, what=Turn.CHOOSE, reason="Only this one.", entries=[entry.key])


def of_the_child(town: towns.Town, name: str, entry: Entry) -> None:
    """She says that an entry is wrong, and how it was."""
    child, manager = town.child(name), town.actor("manager")
    says = "It was my cousin, not my brother."
    rights.say_wrong(
        by=manager, at=AT, subject=child, entry=entry.key, agency="hospital", teller=Teller.CHILD, says=says
    )  # fmt: skip
    rights.tell_account(by=manager, at=AT, subject=child, words="I walked home by myself.", entry=entry.key)


def by_governance(town: towns.Town, name: str) -> None:
    """A complaint with its clock, and a hold on destruction."""
    who = town.actor("governance")
    rights.keep_complaint(
        by=who, at=AT, subject=None, name="Dana Arden", says="Nobody rang back.", received=AT - 5 * DAY
    )  # fmt: skip
    rights.hold(by=who, at=AT, subject=None, title="The inquiry of 2026", reason="It may ask for any record.")


def looked(town: towns.Town, name: str) -> None:
    """Somebody at the school opens her, of the same family name: the guardian is asked."""
    lead = town.people["lead"]
    lead.name = "Lee Arden"
    lead.save()
    look: Look = town.look("lead")
    look.note(subjects=[town.child(name).pk])
    share.record(by=look.actor, at=AT, act="answer", what={"route": "web:child", "status": 200}, look=look)
