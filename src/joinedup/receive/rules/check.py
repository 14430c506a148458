"""What is odd about a notice that can be read: said to its sender, and never a reason to refuse (law 4).

Codes that the set in force does not know are read as `other`, and what was sent stands in `unread_codes`.
"""

from collections.abc import Collection, Iterator
from datetime import date

from joinedup.ground.codes import CodeSet
from joinedup.ground.identifiers import read_identifier, read_postcode
from joinedup.ground.periods import read_date, read_period
from joinedup.receive.rules.notice import Event, Notice, Person
from joinedup.receive.rules.problems import Problem, problem

COUNTS = range(2**31)  # what a database keeps as a number
STILL_TO_COME = {"planned-attendance", "move-planned"}  # kinds that may lie ahead


def check(notice: Notice, codes: CodeSet, agencies: Collection[str], today: date) -> tuple[Notice, list[Problem]]:
    """The notice in known codes, and everything odd about it, in the order of the form."""
    itself = notice.corrects == notice.id
    problems = [problem("corrects-itself", "corrects")] if itself else []
    for i, person in enumerate(notice.persons):
        problems += person_oddities(f"persons[{i}]", person, codes, today)
        problems += number_oddities(f"persons[{i}]", person)
        if person.same_as is not None and person.same_as not in {one.n for one in notice.persons} - {person.n}:
            problems.append(problem("same-as-nobody", f"persons[{i}].same_as"))
    for i, event in enumerate(notice.events):
        problems += event_oddities(f"events[{i}]", event, notice, agencies, today)
        problems += unknown_codes(f"events[{i}]", event, codes)
    if all(person.kind == "adult" for person in notice.persons):
        problems.append(problem("no-child", "persons"))
    known = {
        "corrects": None if itself else notice.corrects,
        "persons": [in_known_role(person, codes) for person in notice.persons],
        "events": [in_known_codes(event, notice, codes) for event in notice.events],
    }
    return notice.model_copy(update=known), problems


def person_oddities(at: str, person: Person, codes: CodeSet, today: date) -> Iterator[Problem]:
    """What is missing or odd about somebody; a stub is always taken."""
    named = [name for name in person.names if name.given or name.family]
    if not named:
        yield problem("name-missing", f"{at}.names")
    elif all(name.kind in ("nickname", "alias") for name in named):
        yield problem("nickname-only", f"{at}.names")
    if person.born is None and person.kind == "child":
        yield problem("born-missing", f"{at}.born")
    if person.born is not None:
        yield from born_oddities(f"{at}.born", person.born, today)
    if person.role not in codes.roles:
        yield problem("unknown-code", f"{at}.role")


def number_oddities(at: str, person: Person) -> Iterator[Problem]:
    """Identifiers and postcodes that do not pass their own check: kept, and not relied on."""
    for i, identifier in enumerate(person.identifiers):
        if not read_identifier(identifier.system, identifier.value).valid:
            yield problem("check-digit", f"{at}.identifiers[{i}].value")
    for i, address in enumerate(person.addresses):
        if address.postcode and not read_postcode(address.postcode).valid:
            yield problem("postcode", f"{at}.addresses[{i}].postcode")


def born_oddities(at: str, born: str, today: date) -> Iterator[Problem]:
    """A date of birth that cannot be read (or is one that systems fill in for not known), lies ahead, or is coarse."""
    span, notes = read_date(born)
    if span is None:
        yield problem("born-not-read", at)
    elif span.first > today:
        yield problem("born-ahead", at)
    elif notes:
        yield problem("coarse-date", at)


def in_known_role(person: Person, codes: CodeSet) -> Person:
    """The person, in role `other` if the code set does not know the one sent."""
    if person.role in codes.roles:
        return person
    return person.model_copy(update={"role": "other", "unread_codes": [*person.unread_codes, person.role]})


def event_oddities(at: str, event: Event, notice: Notice, agencies: Collection[str], today: date) -> Iterator[Problem]:
    """What is odd about when an event was, who was told of it, and whom else it names."""
    yield from date_oddities(f"{at}.happened", event, today)
    for i, told in enumerate([] if event.told == "unknown" else event.told):
        if told.agency not in agencies:
            yield problem("unknown-agency", f"{at}.told[{i}].agency")
        if told.when and read_date(told.when)[0] is None:
            yield problem("date-not-read", f"{at}.told[{i}].when")
    if event.count is not None and event.count not in COUNTS:
        yield problem("not-a-count", f"{at}.count")
    if not {person.n for person in notice.persons}.issuperset(event.with_):
        yield problem("with-nobody", f"{at}.with")


def date_oddities(at: str, event: Event, today: date) -> Iterator[Problem]:
    """A date that could not be read, was read coarsely, or lies ahead. That none was said is no oddity."""
    said = event.happened
    period, notes = read_period(said.from_, said.to, said.precision, said.lasting, said.words)
    if period.first is None and (said.from_ or said.to or said.words):
        yield problem("date-not-read", at)
    elif notes:
        yield problem("coarse-date", at)
    if period.first is not None and period.first > today and event.kind not in STILL_TO_COME:
        yield problem("future-date", at)


def unknown_codes(at: str, event: Event, codes: CodeSet) -> Iterator[Problem]:
    """Codes of kind, concern and outcome that the code set does not have."""
    if event.kind not in codes.kinds:
        yield problem("unknown-code", f"{at}.kind")
    for i, concern in enumerate(event.concerns):
        if concern not in codes.concerns:
            yield problem("unknown-code", f"{at}.concerns[{i}]")
    if event.outcome is not None and event.outcome not in codes.outcomes:
        yield problem("unknown-code", f"{at}.outcome")


def in_known_codes(event: Event, notice: Notice, codes: CodeSet) -> Event:
    """The event with unknown codes read as `other` (an outcome: as not said), and kept as sent in `unread_codes`."""
    numbers = {person.n for person in notice.persons}
    sent: list[tuple[str, Collection[str]]] = [
        (event.kind, codes.kinds),
        *((concern, codes.concerns) for concern in event.concerns),
    ]
    sent += [(event.outcome, codes.outcomes)] if event.outcome else []
    concerns = [concern if concern in codes.concerns else "other" for concern in event.concerns]
    known = {
        "kind": event.kind if event.kind in codes.kinds else "other",
        "concerns": list(dict.fromkeys(concerns)),
        "outcome": event.outcome if event.outcome in codes.outcomes else None,
        "with_": [n for n in event.with_ if n in numbers],
        "unread_codes": [*event.unread_codes, *(code for code, names in sent if code not in names)],
    }
    return event.model_copy(update=known)
