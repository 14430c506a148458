"""What can be read is read, what is odd is said, and what cannot be read waits for a person. No database."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.receive.rules.compare import ABSENT, differences
from joinedup.receive.rules.problems import CATALOGUE
from joinedup.receive.rules.read import CSV, JSON, Known, Read, read
from joinedup.receive.rules.shape import cleaned
from receive.conftest import AT, notice

TODAY = civil_day(AT)
KNOWN = Known(TODAY, codes(TODAY), frozenset({"ellensford-hospital", "ellensford-police"}))


def reading(value: Any, media: str = JSON) -> Read:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read(body, media, agency="ellensford-hospital", known=KNOWN)


def said(found: Read) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in found.problems]


def person(**parts: Any) -> dict[str, Any]:
    return {**notice()["persons"][0], **parts}


def event(**parts: Any) -> dict[str, Any]:
    return {**notice()["events"][0], **parts}


def test_a_faultless_notice_has_no_problem() -> None:
    assert said(reading(notice())) == []


READ_WITH_A_PROBLEM = {
    "wrong check digit": (
        {"persons": [person(identifiers=[{"system": "nhs-number", "value": "9990000019"}])]},
        ("persons[0].identifiers[0].value", "check-digit"),
    ),
    "unknown agency told": (
        {"events": [event(told=[{"agency": "somewhere"}])]},
        ("events[0].told[0].agency", "unknown-agency"),
    ),
    "future date": ({"events": [event(happened={"from": "2027-01-01"})]}, ("events[0].happened", "future-date")),
    "unknown kind": ({"events": [event(kind="walked-out")]}, ("events[0].kind", "unknown-code")),
    "unknown concern": ({"events": [event(concerns=["oddness"])]}, ("events[0].concerns[0]", "unknown-code")),
    "unknown outcome": ({"events": [event(outcome="shelved")]}, ("events[0].outcome", "unknown-code")),
    "unknown role": ({"persons": [person(role="uncle-in-law")]}, ("persons[0].role", "unknown-code")),
    "no date of birth": ({"persons": [person(born=None)]}, ("persons[0].born", "born-missing")),
    "date of birth in words": ({"persons": [person(born="a while ago")]}, ("persons[0].born", "born-not-read")),
    "date of birth to come": ({"persons": [person(born="2026-06-01")]}, ("persons[0].born", "born-ahead")),
    "date of birth that no month has": ({"persons": [person(born="2011-02-30")]}, ("persons[0].born", "coarse-date")),
    "placeholder date of birth": ({"persons": [person(born="1900-01-01")]}, ("persons[0].born", "born-not-read")),
    "nickname": (
        {"persons": [person(names=[{"given": "T", "kind": "nickname"}])]},
        ("persons[0].names", "nickname-only"),
    ),
    "unknown adult": (
        {"persons": [person(), {"n": 2, "kind": "adult", "role": "adult-of-concern", "describes": "Tall, blue van."}]},
        ("persons[1].names", "name-missing"),
    ),
    "date that is none": (
        {"events": [event(happened={"from": "the other day"})]},
        ("events[0].happened", "date-not-read"),
    ),
    "a word that is no choice": ({"safety": {"safe": "hopefully"}}, ("safety.safe", "not-a-choice")),
    "time of sending in words": ({"sent": "this morning"}, ("sent", "not-a-time")),
    "time of sending that no month has": ({"sent": "2026-02-30T10:00"}, ("sent", "not-a-time")),
    "time of sending to come": ({"sent": "2026-04-01T00:00:00Z"}, ("sent", "sent-ahead")),
    "another agency's name": ({"agency": "ellensford-police"}, ("agency", "other-agency")),
    "no id": ({"id": None}, ("id", "id-missing")),
    "unknown field": ({"events": [event(mood="bad")]}, ("events[0]", "unknown-field")),
    "NUL": ({"events": [event(words="one\0two")]}, ("events[0].words", "control-character")),
    "corrects itself": ({"corrects": "H-1"}, ("corrects", "corrects-itself")),
    "with nobody": ({"events": [event(**{"with": [7]})]}, ("events[0].with", "with-nobody")),
    "told on no day": (
        {"events": [event(told=[{"agency": "ellensford-council", "when": "soon after"}])]},
        ("events[0].told[0].when", "date-not-read"),
    ),
    "the same as nobody": ({"persons": [person(same_as=7)]}, ("persons[0].same_as", "same-as-nobody")),
    "the same as oneself": ({"persons": [person(n=1, same_as=1)]}, ("persons[0].same_as", "same-as-nobody")),
    "a count below nothing": ({"events": [event(count=-2)]}, ("events[0].count", "not-a-count")),
    "a count beyond counting": ({"events": [event(count=10**12)]}, ("events[0].count", "not-a-count")),
    "a count in words": ({"events": [event(count="several")]}, ("events[0].count", "left-out")),
    "only adults": ({"persons": [person(kind="adult", role="adult-of-concern")]}, ("persons", "no-child")),
    "no postcode": (
        {"persons": [person(addresses=[{"postcode": "near the mill"}])]},
        ("persons[0].addresses[0].postcode", "postcode"),
    ),
    "persons without numbers": ({"persons": [{**person(), "n": None}]}, ("persons", "number-missing")),
    "events with one number": ({"events": [event(), event()]}, ("events", "number-missing")),
}


@pytest.mark.parametrize(("parts", "problem"), READ_WITH_A_PROBLEM.values(), ids=READ_WITH_A_PROBLEM)
def test_a_concern_is_read_all_the_same(parts: dict[str, Any], problem: tuple[str, str]) -> None:
    found = reading(notice(**parts))
    assert found.notice is not None
    assert problem in said(found)


NOT_READ = {
    "broken JSON": (b'{"form": "joinedup/notice/1", "id": "H-1", ', "not-json"),
    "nothing at all": (b"", "not-json"),
    "a list in a list": (b"[[]]", "not-an-object"),
    "a number": (b"7", "not-an-object"),
    "a field twice": (b'{"id": "a", "id": "b"}', "repeated-field"),
    "NaN": (b'{"id": NaN}', "not-json"),
    "a number without end": (b'{"id": 1e999}', "not-json"),
    "a number of ten thousand digits": (b'{"id": ' + b"9" * 10_000 + b"}", "not-json"),
    "deep": (b'{"a":' * 200 + b"1" + b"}" * 200, "too-deep"),
    "bottomless": (b"[" * 200_000, "too-deep"),
    "bytes of no encoding": (b'{"id": "\x81\xff\x8d"}', "not-text"),
    "a NUL between values": (b'{"id":\0 "a"}', "not-json"),
    "half a character": (json.dumps(notice(events=[event(words="\ud800")])).encode(), "wrong-shape"),
    "another form": (json.dumps(notice(form="joinedup/notice/9")).encode(), "unknown-form"),
    "no event": (json.dumps(notice(events=[])).encode(), "nothing-said"),
    "nobody": (json.dumps(notice(persons=[])).encode(), "nobody-named"),
    "an event of no kind": (json.dumps(notice(events=[event(kind=None)])).encode(), "missing"),
    "persons as words": (json.dumps(notice(persons="Tess")).encode(), "wrong-shape"),
    "about somebody who is not there": (json.dumps(notice(events=[event(about=[4])])).encode(), "about-nobody"),
    "two persons in one": (json.dumps(notice(persons=[person(), person()])).encode(), "number-twice"),
    "a very long text": (json.dumps(notice(events=[event(words="a" * 20_001)])).encode(), "too-long"),
}


@pytest.mark.parametrize(("body", "code"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_read_is_for_a_person(body: bytes, code: str) -> None:
    found = reading(body)
    assert found.notice is None
    assert code in {problem.code for problem in found.problems}


def test_spring_2011_is_taken_as_it_was_said() -> None:
    found = reading(notice(events=[event(happened={"words": "spring 2011"})]))
    assert found.notice is not None
    assert found.notice.events[0].happened.words == "spring 2011"


def test_an_unknown_code_is_read_as_other_and_kept_as_sent() -> None:
    found = reading(notice(events=[event(kind="walked-out", concerns=["oddness", "neglect"])]))
    assert found.notice is not None
    read_event = found.notice.events[0]
    assert (read_event.kind, read_event.concerns) == ("other", ["other", "neglect"])
    assert read_event.unread_codes == ["walked-out", "oddness"]


def test_a_planned_appointment_may_lie_ahead() -> None:
    assert said(reading(notice(events=[event(kind="planned-attendance", happened={"from": "2026-04-01"})]))) == []


def test_unknown_and_none_are_two_values() -> None:
    told = [reading(notice(events=[event(told=value)])).notice.events[0].told for value in ([], "unknown", None)]  # type: ignore[union-attr]
    assert told == [[], "unknown", "unknown"]


def test_the_agency_is_who_signed_in_whatever_the_notice_says() -> None:
    found = reading(notice(agency="ellensford-police"))
    assert found.notice is not None
    assert found.notice.agency == "ellensford-hospital"


def test_windows_1252_is_read_and_said() -> None:
    found = reading(json.dumps(notice(events=[event(words="Zoë")]), ensure_ascii=False).encode("cp1252"))
    assert found.notice is not None
    assert found.notice.events[0].words == "Zoë"
    assert said(found) == [("", "encoding")]


def test_spacing_and_order_of_fields_do_not_make_another_message() -> None:
    value = notice()
    turned = dict(reversed(value.items()))
    assert reading(json.dumps(value, indent=4).encode()).content == reading(turned).content


def test_a_receipt_never_repeats_what_the_sender_wrote() -> None:
    secret = "Quillon-Featherstone"
    parts = {
        "agency": secret, "sent": secret, secret: secret, "safety": {"safe": secret, secret: 1},
        "persons": [person(role=secret, born=secret, names=[], identifiers=[{"system": secret, "value": secret}],
                           addresses=[{"postcode": secret}], sex=secret)],
        "events": [event(kind=secret, concerns=[secret], outcome=secret, happened={"from": secret},
                         told=[{"agency": secret, "state": secret}], place=f"{secret}\0", count=secret)],
    }  # fmt: skip
    found = reading(notice(**parts))
    assert len(found.problems) > 12
    assert secret.lower() not in json.dumps([problem.as_dict() for problem in found.problems]).lower()


def test_every_problem_says_what_is_wrong_and_what_to_do_as_sentences() -> None:
    for code, sentences in CATALOGUE.items():
        assert all(text[0].isupper() and text.endswith(".") for text in sentences), code


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(sorted(notice()))


@given(st.binary(max_size=300), st.sampled_from([JSON, CSV]))
def test_no_bytes_whatever_make_the_reader_fail(body: bytes, media: str) -> None:
    found = reading(body, media)
    assert found.sender_id
    assert found.notice is not None or found.problems


@given(FIELDS, JSON_VALUES)
def test_no_value_whatever_in_a_field_makes_the_reader_fail(field: str, value: Any) -> None:
    found = reading(notice(**{field: value}))
    assert found.notice is not None or found.problems


@given(st.sampled_from(sorted(event())), JSON_VALUES, st.sampled_from(sorted(person())), JSON_VALUES)
def test_no_value_whatever_in_a_part_makes_the_reader_fail(a: str, one: Any, b: str, two: Any) -> None:
    found = reading(notice(events=[event(**{a: one})], persons=[person(**{b: two})]))
    assert found.notice is not None or found.problems


@pytest.mark.parametrize(("one", "two"), [("1", "2"), (1.0, 2.0), ("1.0", "2.0")])
def test_numbers_sent_otherwise_say_who_is_who_all_the_same(one: Any, two: Any) -> None:
    """As a spreadsheet's export has them: taken as missing, they would be given out anew, and turned round."""
    people = [person(n=two), person(n=one, names=[{"given": "Mina", "family": "Okoro"}])]
    found = reading(notice(persons=people))
    assert found.notice is not None
    assert {one.n: one.names[0].given for one in found.notice.persons} == {2: "Tess", 1: "Mina"}
    assert said(found) == []


@pytest.mark.parametrize(
    ("persons", "events", "is_read"),
    [(100, 10, True), (101, 1, False), (100, 11, False), (1, 1_000, True), (1, 1_001, False)],
)
def test_a_notice_too_large_to_be_brought_on_at_once_is_for_a_person(persons: int, events: int, is_read: bool) -> None:
    people = [person(n=n, names=[{"given": f"Tess{n}"}]) for n in range(1, persons + 1)]
    found = reading(notice(persons=people, events=[event(n=n, about=[]) for n in range(events)]))
    assert (found.notice is not None) is is_read
    assert ("too-many" in {problem.code for problem in found.problems}) is not is_read


def test_two_texts_are_compared_place_by_place_only_where_both_are_json() -> None:
    assert differences('{"safety": {"safe": "no"}}', '{"safety": {}}') == [
        ("safety", ABSENT, "{}"), ("safety.safe", "no", ABSENT),
    ]  # fmt: skip
    assert differences('{"id": "H-1"}', "id,kind\nH-1,missing\n") == []


def test_a_receipt_repeats_no_name_of_a_field_that_is_not_the_forms_own() -> None:
    problems: list[Any] = []
    assert cleaned({"persons": [{"of Tess": "a\0b"}]}, problems) == {"persons": [{"of Tess": "a�b"}]}
    assert "Tess" not in repr(problems)
    assert "persons[0]" in repr(problems)
