"""What is left of a message when somebody is taken out of it: everything about everybody else (law 4)."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from joinedup.ground.folding import folded
from joinedup.receive.rules.notice import Event, Notice, Person

CAPITAL = re.compile(r"\b[A-ZÀ-Þ]\w*")
SHORTEST = 5  # of a number or postcode that is looked for closed up
TEXTS = ("words", "childs_words", "going_well", "place")
CHILDREN = frozenset({"subject"})  # roles whom an event is about when it names nobody


def without(notice: Notice, out: Collection[int], names: Collection[str]) -> Notice:
    """The notice without these persons and what is about them alone. A text that names them is left out whole.

    `names`: strings that would tell of them, beside those that the notice itself calls them by. Numbers of persons and
    events stay as they were.
    """
    gone = {person.n for person in notice.persons if person.n in out or person.same_as in out}
    names = {*names, *(name for person in notice.persons if person.n in gone for name in _called(person))}
    left = [person for person in notice.persons if person.n not in gone]
    events = [one for event in notice.events if (one := _event(event, notice.persons, gone, names))]
    persons = [_person(person, names) for person in left] if events else []
    silent: dict[str, Any] = {"safety": type(notice.safety)(), "consent": type(notice.consent)()}
    return notice.model_copy(update={"persons": persons, "events": events, **silent})


def _called(person: Person) -> Iterable[str]:
    parts = (part for name in person.names for part in (name.given, name.family) if part)
    return (word for part in parts for word in part.split() if len(word) >= 2)


def _event(event: Event, persons: Collection[Person], gone: Collection[int], names: Collection[str]) -> Event | None:
    """The event for those who are left; None if it is about nobody of them."""
    about = event.about or [person.n for person in persons if person.role in CHILDREN]
    left = [n for n in about if n not in gone]
    if not left:
        return None
    texts = {name: None for name in TEXTS if names_any(getattr(event, name), names)}
    others = [n for n in event.with_ if n not in gone]
    return event.model_copy(update={"about": left, "with_": others, **texts})


def _person(person: Person, names: Collection[str]) -> Person:
    return person.model_copy(update={"describes": None}) if names_any(person.describes, names) else person


def names_any(text: str | None, names: Collection[str]) -> bool:
    """Whether a text holds one of these strings, however it is cased, spaced, accented and punctuated.

    A name of two letters is one only with a capital: "Al" and "An", not "an".
    """
    said, capital = _words(text or ""), set(_words(" ".join(CAPITAL.findall(text or ""))))
    return any(_named(one, said, capital) for one in map(_words, names) if one)


def _named(one: list[str], said: list[str], capital: Collection[str]) -> bool:
    if len("".join(one)) <= 2:
        return one[0] in capital
    there = any(said[at : at + len(one)] == one for at in range(len(said)))
    return there or (_numbered(one) and "".join(one) in "".join(said))


def _numbered(words: list[str]) -> bool:
    """A number, a date or a postcode is known also when it is closed up or broken otherwise."""
    whole = "".join(words)
    return len(whole) >= SHORTEST and any(c.isdigit() for c in whole)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text).text)
