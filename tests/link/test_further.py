"""What a stranger's file says besides: texts, categories, address lines, foreign postcodes, twins and namesakes."""

from typing import Any

from joinedup.link.evaluating import labelled
from joinedup.link.rules.editions import changes
from joinedup.link.rules.further import comparisons_of, further_blocks, with_places
from joinedup.link.rules.mapping import read_mapping
from joinedup.link.rules.model import Level, Terms, model_for
from joinedup.link.rules.names import sound
from joinedup.link.rules.rivals import namesakes_met, siblings_met, twins_met

COLUMNS = ["forename", "surname", "date_of_birth", "postcode", "address", "town"]


def test_postcodes_that_are_none_of_ours_are_compared_as_a_text() -> None:
    mapped = read_mapping("text=town", COLUMNS)
    ours = with_places(mapped, [{"postcode": "EL4 2AB"}, {"postcode": "4223"}, {}])
    theirs = with_places(mapped, [{"postcode": "EL4 2AB"}, {"postcode": "4223"}, {"postcode": "4224"}])
    assert [name for name, _, _ in ours.more] == ["text1", "said_address"]
    assert [name for name, _, _ in theirs.more] == ["text1", "said_address", "said_postcode"]
    assert [c.name for c in comparisons_of(theirs)] == ["text1", "said_address", "said_postcode"]


def test_records_that_share_two_rare_things_are_compared_and_common_ones_are_not() -> None:
    mapped = read_mapping("text=town", COLUMNS)
    terms = {"text1": Terms(least=1e-4, common={"hull": 0.5}), **model_for("child").terms}
    of = further_blocks(mapped, model_for("child").model_copy(update={"terms": terms}), 50_000)
    rare, common = ({"text1": town, "year": "2011"} for town in ("thrapsby", "hull"))
    assert of(rare) == ["more|text1|thrapsby|year|2011"]
    assert of(common) == []


def record(given: str, born: str, postcode: str = "EL4 2AB", family: str = "arden") -> dict[str, Any]:
    return {"given": given, "givens": [given], "roots": [given], "family": family, "families": [family],
            "born": born, "borns": [born], "postcode": postcode}  # fmt: skip


def test_twins_are_met_where_two_forenames_are_each_said_twice() -> None:
    once = [record("tess", "2011-05-17"), record("robin", "2011-05-17")]
    assert twins_met(once * 2) == (2 + 0.5) / (2 + 1)
    assert twins_met([*once, once[0]]) == 0.5 / (1 + 1)  # one of them may be a slip
    assert twins_met([]) == 0.5


def test_namesakes_and_siblings_are_met_under_one_roof() -> None:
    cousins = [record("tess", "2011-05-17"), record("tess", "2015-09-02")] * 2
    assert namesakes_met(cousins, "postcode") == 2.5 / 3
    assert namesakes_met([one | {"postcode": one["born"]} for one in cousins], "postcode") == 0.5 / 3
    family = [record("tess", "2011-05-17"), record("robin", "2015-09-02")] * 2
    assert siblings_met(family, "postcode") == 2.5 / 3


def test_a_name_sounds_alike_however_it_is_spelt() -> None:
    assert sound("sophie") == sound("sophy") == ["~sofi"]
    assert sound("michael") == sound("mikael")
    assert sound("ella") != sound("bella")
    assert sound("al") == []


def test_a_birth_is_read_as_files_write_it() -> None:
    rows = [
        {"date_of_birth": text, "surname": "Arden", "who": "1"} for text in ("20110517", "17-05-2011", "2011/05/17")
    ]
    data = labelled(rows, read_mapping("", ["date_of_birth", "surname"]), "who")
    assert {one["born"] for one in data.said.values()} == {"2011-05-17"}


def test_what_changed_in_an_edition_is_told_by_name() -> None:
    old = model_for("child")
    given = old.comparisons[0]
    weaker = [level.model_copy(update={"u": 0.5}) if level.name == "nickname" else level for level in given.levels]
    another = Level(name="sounds", test="same", columns=["given"], m=0.5, u=0.25)
    comparisons = [given.model_copy(update={"levels": [another, *weaker]}), *old.comparisons[1:-1]]
    terms = old.terms | {"given": Terms(least=1e-5, common={"xanthe": 0.01})}
    new = old.model_copy(update={"comparisons": comparisons, "terms": terms, "join_at": 7_000})
    told = changes(old, new)
    assert "join_at: 6000 to 7000" in told
    assert "given.sounds: new, 1.0 bits" in told
    assert any(one.startswith("given.nickname: 4.7 to -") for one in told)
    assert "own.same: gone" in told
    assert "given: 1 more common names" in told
    assert changes(old, old) == []
