"""The story read from its files, and turned into the notices that its agencies send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from partnership.agencies import agencies, read_data
from partnership.identifiers import hospital_number, la_child_id, nhs_number, provider_reference, upn
from partnership.notices import HOLDS, Json, filled, happened, instant, notice
from partnership.story.shapes import Row, Silent, Somebody, Told

FILES = ("tess", "mina", "callum", "ria", "jo", "decoys", "ordinary")
FIRST_MONTH = date(2024, 1, 1)
STORY_MESSAGES = 9_000_000  # story messages are numbered from here, so that the background's never meet them
FAMILY = {"parent", "sibling"}  # of others nobody says whether they belong to the household
WRITES_ADDRESSES_OF_ADULTS = {"childrens-social-care", "police", "family"}


@dataclass(frozen=True)
class Telling:
    """One notice of the story with its key, and which mention is whom."""

    key: str
    notice: Json
    mentions: Mapping[int, str]

    @property
    def agency(self) -> str:
        return str(self.notice["agency"])

    @property
    def id(self) -> str:
        return str(self.notice["id"])

    @property
    def sent(self) -> datetime:
        """The moment it is sent, in UTC."""
        return datetime.fromisoformat(str(self.notice["sent"]))

    def n_of(self, person: str) -> int:
        return next(n for n, name in self.mentions.items() if name == person)


@lru_cache(maxsize=1)
def people() -> dict[str, Somebody]:
    return {name: Somebody.model_validate(row) for name, row in read_data("ellensford/people.yaml").items()}


@lru_cache(maxsize=1)
def rows() -> tuple[list[Row], list[Silent]]:
    """The story's table, and what must not fire."""
    data = read_data("ellensford/expects.yaml")
    return [Row.model_validate(row) for row in data["rows"]], [Silent.model_validate(row) for row in data["silent"]]


@lru_cache(maxsize=1)
def tellings() -> list[Telling]:
    """Every notice of the story, in order of time sent."""
    told = sorted(_told(), key=lambda one: (one.sent, one.from_, one.about))
    ids = dict(enumerate(_numbers(told)))
    by_key = {one.key: ids[place] for place, one in enumerate(told) if one.key}
    return [_telling(one, ids[place], by_key) for place, one in enumerate(told)]


def _told() -> Iterator[Told]:
    for name in FILES:
        for row in read_data(f"ellensford/{name}.yaml")["notices"]:
            yield Told.model_validate(row)


def _numbers(told: list[Told]) -> Iterator[str]:
    counted: dict[str, int] = {}
    for one in told:
        counted[one.from_] = counted.get(one.from_, STORY_MESSAGES) + 1
        yield f"{agencies()[one.from_].prefix}-{counted[one.from_]:08d}"


def _telling(one: Told, id_: str, by_key: Mapping[str, str]) -> Telling:
    names = [*one.about, *one.others]
    mentions = dict(enumerate(names, start=1))
    persons = [_person(n, name, one) for n, name in mentions.items()]
    whole = notice(
        sent=instant(one.sent),
        id_=id_,
        agency=one.from_,
        corrects=by_key.get(one.corrects),
        observer=filled(role=one.role, reference=one.reference_of_observer, first_hand=one.first_hand),
        safety=one.safety,
        consent=one.consent,
        persons=persons,
        events=[_event(one)],
    )
    return Telling(one.key or id_, whole, mentions)


def _event(one: Told) -> Json:
    about = list(range(1, len(one.about) + 1))
    event: dict[str, Any] = {
        "n": 1,
        "about": about,
        "kind": one.kind,
        "happened": happened(one.on, one.to, one.lasting),
        "concerns": one.concerns,
        "side": one.side,
        "standing": one.standing,
        "words": one.words,
        "childs_words": one.childs_words,
        "going_well": one.going_well,
        "told": _told_whom(one),
        "place": one.place,
        "with": list(range(len(about) + 1, len(about) + 1 + len(one.others))) or None,
        "outcome": one.outcome,
        "count": one.count,
        "reference": one.reference,
    }
    return filled(**event)


def _told_whom(one: Told) -> list[Json] | str:
    if isinstance(one.told, str):
        return [] if one.told == "none" else "unknown"
    when = one.sent.date().isoformat()
    return [{"agency": agency, "state": state, "when": when} for agency, state in one.told.items()]


def _person(n: int, name: str, one: Told) -> Json:
    somebody, kind = people()[name], agencies()[one.from_].kind
    written = somebody.known_as.get(one.from_, {})
    role = one.others.get(name, "subject")
    return filled(
        n=n,
        kind=somebody.kind,
        role=role,
        names=_names(somebody, written, kind),
        born=written.get("born", somebody.born),
        sex=somebody.sex,
        identifiers=_identifiers(somebody, kind) or None,
        addresses=_addresses(somebody, written, kind, _day(one)),
        in_household=_in_household(name, one),
        parental_responsibility="yes" if role == "parent" else None,
        describes=one.describes.get(name),
    )


def _names(somebody: Somebody, written: Mapping[str, str], kind: str) -> list[Json]:
    usual = filled(
        given=written.get("given", somebody.given), family=written.get("family", somebody.family), kind="usual"
    )
    knows_both = not written and somebody.nickname and kind in ("childrens-social-care", "police")
    nickname = [{"given": somebody.nickname, "kind": "nickname"}] if knows_both else []
    return [*([usual] if len(usual) > 1 else []), *nickname]


def _identifiers(somebody: Somebody, kind: str) -> list[Json]:
    if somebody.nhs is None or somebody.upn is None or somebody.la is None:
        return []
    numbers = {
        "nhs-number": nhs_number(somebody.nhs),
        "upn": upn(somebody.upn, year=int(somebody.born[2:4]) + 5),
        "la-child-id": la_child_id(somebody.la),
        "hospital-number": hospital_number(somebody.nhs),
        "provider-reference": provider_reference("FOY", somebody.nhs),
    }
    return [{"system": system, "value": numbers[system]} for system in HOLDS.get(kind, ())]


def _addresses(somebody: Somebody, written: Mapping[str, str], kind: str, day: date) -> list[Json] | None:
    if somebody.kind == "adult" and kind not in WRITES_ADDRESSES_OF_ADULTS:
        return None
    lived = somebody.lives_on(day)
    lines, postcode = written.get("lines", lived.lines), written.get("postcode", lived.postcode)
    return [{"lines": lines, "postcode": postcode, "kind": lived.kind}]


def _in_household(name: str, one: Told) -> str | None:
    if one.others.get(name) not in FAMILY:
        return None
    homes = {people()[child].lives_on(_day(one)).postcode for child in one.about}
    return "yes" if people()[name].lives_on(_day(one)).postcode in homes else "no"


def _day(one: Told) -> date:
    return one.on.date() if isinstance(one.on, datetime) else one.on
