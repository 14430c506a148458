"""The notice as CSV rows, and what was sent at once cut into messages. No database."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.receive.rules.csv import COLUMNS
from joinedup.receive.rules.notice import Notice
from joinedup.receive.rules.read import CSV, JSON
from joinedup.receive.rules.split import media_of, pieces
from receive.test_reading import reading, said

TABLE = """id,given,family,born,nhs_number,person_role,person_kind,kind,happened_from,concerns,told,words
S-1,Tess,Arden,2011-05-17,999 000 0018,subject,child,absence,2026-02-16,school-absence,ellensford-police:seen,Eight days
S-2,Mina,Okoro,2011-09-02,,subject,child,concern,2026-02,neglect; bullying,,"Two lines,
and a comma"
"""


def notices(text: str | bytes) -> list[Notice]:
    body = text if isinstance(text, bytes) else text.encode()
    found = [reading(piece.body, piece.media) for piece in pieces(body)]
    return [one.notice for one in found if one.notice is not None]


def test_each_id_is_a_notice_of_its_own() -> None:
    first, second = notices(TABLE)
    assert (first.id, second.id) == ("S-1", "S-2")
    assert first.persons[0].names[0].given == "Tess"
    assert first.persons[0].identifiers[0].system == "nhs-number"
    assert first.events[0].told[0].agency == "ellensford-police"  # type: ignore[union-attr]
    assert first.events[0].told[0].state == "seen"  # type: ignore[union-attr]
    assert second.events[0].concerns == ["neglect", "bullying"]
    assert second.events[0].told == "unknown"
    assert second.events[0].words == "Two lines,\nand a comma"


def test_rows_of_one_id_name_several_people_and_events() -> None:
    (one,) = notices(
        "id,given,person_kind,person_role,kind,happened_from\n"
        "S-1,Tess,child,subject,missing,2026-02-01\n"
        "S-1,Tess,child,subject,missing,2026-02-09\n"
        "S-1,Jay,adult,adult-of-concern,missing,2026-02-09\n"
    )
    assert [person.names[0].given for person in one.persons] == ["Tess", "Jay"]
    assert [(event.about, event.with_) for event in one.events] == [([1], []), ([1], [2])]


def test_rows_with_numbers_may_leave_out_what_was_said_before() -> None:
    (one,) = notices("id,person,given,born,event,kind\nS-1,1,Tess,2011-05-17,1,missing\nS-1,1,,,2,absence\n")
    assert len(one.persons) == 1
    assert [event.about for event in one.events] == [[1], [1]]


def test_rows_that_disagree_under_one_number_are_for_a_person() -> None:
    found = reading(b"id,person,given,kind\nS-1,1,Tess,missing\nS-1,1,Mina,missing\n", CSV)
    assert found.notice is None
    assert said(found) == [("", "unlike-rows")]


def test_a_number_that_is_none_is_for_a_person() -> None:
    found = reading(b"id,person,given,kind\nS-1,first,Tess,missing\n", CSV)
    assert found.notice is None
    assert said(found) == [("", "broken-row")]


def test_a_table_of_column_names_alone_says_nothing_and_is_for_a_person() -> None:
    found = reading(b"id,given,kind\n", CSV)
    assert found.notice is None
    assert said(found) == [("", "no-table")]


def test_a_row_without_a_person_is_about_every_child_of_the_notice() -> None:
    (one,) = notices("id,given,person_kind,kind\nS-1,Tess,child,missing\nS-1,Mina,child,missing\nS-1,,,absence\n")
    assert [person.names[0].given for person in one.persons] == ["Tess", "Mina"]
    assert [(event.kind, event.about) for event in one.events] == [("missing", [1, 2]), ("absence", [])]


def test_told_none_and_told_unknown_are_two_values() -> None:
    told = [
        one.events[0].told
        for one in notices("id,given,kind,told\nA,T,missing,none\nB,T,missing,\nC,T,missing,unknown\n")
    ]
    assert told == [[], "unknown", "unknown"]


@pytest.mark.parametrize("broken", ['S-9,"Mina,Okoro', 'S-9,"Mi"na,Okoro', "S-9,a,b,c,d,e,f,g,h,i,j,k,l,m,n"])
def test_a_bad_row_keeps_its_own_notice_back_and_the_rest_flows(broken: str) -> None:
    header, first, *rest = TABLE.splitlines(keepends=True)
    cut = [reading(piece.body, CSV) for piece in pieces("".join([header, first, broken + "\n", *rest]).encode())]
    assert [one.sender_id for one in cut if one.notice] == ["S-1", "S-2"]
    assert [said(one) for one in cut if not one.notice] == [[("", "broken-row")]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_both_encodings_of_offices_are_read(encoding: str) -> None:
    (one,) = notices("id,given,kind\nS-1,Zoë,missing\n".encode(encoding))
    assert one.persons[0].names[0].given == "Zoë"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    (one,) = notices(
        delimiter.join(["Id", "Given", "Kind"]) + "\r\n" + delimiter.join(["S-1", "Tess", "missing"]) + "\r\n"
    )
    assert one.persons[0].names[0].given == "Tess"


def test_a_column_that_the_notice_does_not_have_is_said() -> None:
    found = reading(b"id,given,kind,born,mood\nS-1,Tess,missing,2011-05-17,low\n", CSV)
    assert found.notice is not None
    assert said(found) == [("", "unknown-column")]


def test_a_text_that_is_no_table_is_for_a_person() -> None:
    (piece,) = pieces(b"Dear colleague,\nI am worried about a child.\n")
    assert said(reading(piece.body, piece.media)) == [("", "no-table")]


def test_every_column_is_read() -> None:
    plain = dict.fromkeys(COLUMNS, "1") | {
        "id": "S-1", "agency": "ellensford-hospital", "sent": "2026-03-05T09:00:00Z", "corrects": "S-0",
        "first_hand": "yes", "safe": "no", "seen": "no", "seen_alone": "no", "parents": "agree",
        "young_person": "agree", "person_kind": "child", "person_role": "subject", "born": "2011-05-17", "sex": "f",
        "in_household": "yes", "parental_responsibility": "no", "nhs_number": "9990000018", "address_kind": "home",
        "kind": "missing", "side": "home", "standing": "observed", "outcome": "advice", "happened_from": "2026-03-01",
        "happened_to": "2026-03-02", "precision": "day", "lasting": "yes", "concerns": "neglect", "told": "none",
    }  # fmt: skip
    found = reading((",".join(plain) + "\n" + ",".join(plain.values()) + "\n").encode(), CSV)
    assert found.notice is not None
    assert {code for _, code in said(found)} <= {"check-digit", "postcode", "coarse-date"}
    person, event = found.notice.persons[0], found.notice.events[0]
    assert person.parental_responsibility == "no"
    assert len(person.names) == 3
    assert len(person.identifiers) == 6
    assert event.happened.lasting is True
    assert event.count == 1
    assert found.notice.consent.reason == "1"
    assert found.notice.observer.safe_contact == "1"


def test_a_list_is_cut_into_the_very_bytes_of_its_items() -> None:
    body = '[ {"a": "Zoë"} ,\n {"b":[1, 2]}, 3]'.encode()
    assert [piece.body for piece in pieces(body)] == ['{"a": "Zoë"}'.encode(), b'{"b":[1, 2]}', b"3"]


def test_a_list_that_breaks_off_keeps_what_came_before_and_the_rest_as_one() -> None:
    assert [piece.body for piece in pieces(b'[{"a": 1}, {"b": 2, {"c": 3}]')] == [b'{"a": 1}', b'{"b": 2, {"c": 3}]']


def test_two_items_without_a_comma_keep_the_first_and_the_rest_as_one() -> None:
    assert [piece.body for piece in pieces(b'[{"a": 1} {"b": 2}, {"c": 3}]')] == [b'{"a": 1}', b'{"b": 2}, {"c": 3}]']


def test_a_row_of_empty_cells_is_no_notice() -> None:
    assert pieces(f"{TABLE},,,,\n".encode()) == pieces(TABLE.encode())


def test_a_quotation_mark_that_a_later_row_closes_swallows_no_row() -> None:
    rows = ['S-1,"Tess,missing\n', 'S-2,Mina"\n', "S-3,Jo,missing\n"]
    cut = pieces(("id,given,kind\n" + "".join(rows)).encode())
    assert [piece.body.decode() for piece in cut] == ["id,given,kind\n" + row for row in rows]


def test_lines_are_a_message_each() -> None:
    assert [piece.body for piece in pieces('{"a": "Å…"}\n\n{"b": 2}\n'.encode())] == [
        '{"a": "Å…"}'.encode(),
        b'{"b": 2}',
    ]


def test_an_object_over_several_lines_is_one_message() -> None:
    assert len(pieces(b'{\n"a": 1,\n"b": 2\n}\n')) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_at_least_one_message(body: bytes) -> None:
    assert pieces(body)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=8))
def test_no_row_is_lost_whatever_its_cells_hold(cells: list[str]) -> None:
    rows = [f"N-{i},{cell}" for i, cell in enumerate(cells)]
    body = ("id,words,kind\n" + "\n".join(rows) + "\n").encode()
    kept = b"".join(piece.body.removeprefix(b"id,words,kind\n") for piece in pieces(body))
    assert written(kept) == written(body.removeprefix(b"id,words,kind\n"))


def written(body: bytes) -> list[str]:
    """Every character that somebody wrote, in order of code: a row of nothing but spaces is none."""
    return sorted("".join(body.decode().split()))


def test_media_is_found_by_content() -> None:
    found: list[Any] = [media_of(body) for body in (b" \n[1]", b"\xef\xbb\xbf{}", b"id,kind", b"")]
    assert found == [JSON, JSON, CSV, CSV]
