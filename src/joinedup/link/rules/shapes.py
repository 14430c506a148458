"""What each kind of subject is compared on, and what is fixed by rule. Training fills in the rest.

Fixed: what a random sample cannot see (an identifier shared by two children), and what hangs on the size of the
place and not of the sample (a postcode shared by chance). Doubts and joins: thousandths of a bit.
"""

from typing import Any

from joinedup.link.rules.model import Comparison, Level

CLOSE, NEAR = 0.921, 0.8  # no small fraction falls on .921
Fixed = dict[str, Any]


def fixed(m: float, u: float) -> Fixed:
    return {"m": m, "u": u}


def level(name: str, test: str, *columns: str, **more: Any) -> Level:
    return Level(name=name, test=test, columns=list(columns), **more)


def unknown(*columns: str, test: str = "missing") -> Level:
    return level("missing", test, *columns, null=True)


OTHERWISE = level("different", "otherwise")

GIVEN = Comparison(
    name="given",
    evidence="name",
    levels=[
        unknown("given"),
        level("same", "same", "given", term="given"),
        level("swapped", "swapped", "given", "family", **fixed(0.01, 2e-6)),
        level("known-as", "known-as", "given", "givens"),
        level("nickname", "shares", "roots"),
        level("initial", "initial", "given"),
        level("close", "like", "given", at_least=CLOSE),
        level("near", "like", "given", at_least=NEAR),
        OTHERWISE,
    ],
)
FAMILY = Comparison(
    name="family",
    evidence="name",
    levels=[
        unknown("given", "family", test="missing-or-swapped"),
        level("same", "same", "family", term="family"),
        level("known-as", "shares", "families"),
        level("close", "like", "family", at_least=CLOSE),
        level("near", "like", "family", at_least=NEAR),
        OTHERWISE,
    ],
)
BORN = Comparison(
    name="born",
    evidence="birth",
    levels=[
        unknown("year"),
        level("same", "shares", "borns"),
        level("turned", "day-and-month-turned", "born"),
        level("slip", "slip", "born"),
        level("two-parts", "two-parts", "born"),
        level("year", "same-alone", "year", "born"),
        OTHERWISE,
    ],
)
SEX = Comparison(name="sex", evidence="sex", levels=[unknown("sex"), level("same", "same", "sex"), OTHERWISE])
POSTCODE = Comparison(
    name="postcode",
    evidence="address",
    levels=[
        unknown("postcodes"),
        level("same", "shares", "postcodes", u=3e-4),
        level("slip", "slip", "postcode"),
        level("sector", "same", "sector", **fixed(0.04, 0.02)),
        OTHERWISE,
    ],
)
NHS = Comparison(
    name="nhs",
    evidence="number",
    levels=[
        level("same", "shares", "nhs", **fixed(0.985, 1e-7)),
        level("slip", "slip", "nhs_typed", **fixed(0.01, 1e-6)),
        unknown("nhs"),
        level("different", "otherwise", **fixed(0.005, 0.9999989)),
    ],
)
UPN = Comparison(
    name="upn",
    evidence="number",
    levels=[
        level("same", "shares", "upn", **fixed(0.97, 1e-7)),
        level("slip", "slip", "upn_typed", **fixed(0.01, 1e-4)),  # one school's pupils have neighbouring numbers
        unknown("upn"),
        level("different", "otherwise", **fixed(0.02, 0.9998999)),
    ],
)
LA = Comparison(
    name="la",
    evidence="number",
    levels=[
        unknown("la"),
        level("same", "shares", "la", **fixed(0.95, 1e-5)),
        level("different", "otherwise", **fixed(0.05, 0.99999)),
    ],
)
OWN = Comparison(
    name="own",
    evidence="number",
    levels=[
        unknown("own_systems", test="shares-none"),
        level("same", "shares", "own", **fixed(0.97, 1e-4)),
        level("different", "otherwise", **fixed(0.03, 0.9999)),
    ],
)
LINE = Comparison(
    name="line",
    evidence="street",
    levels=[
        unknown("line"),
        level("same", "same", "line"),
        level("close", "like", "line", at_least=CLOSE),
        OTHERWISE,
    ],
)
NUMBERS = Comparison(
    name="numbers", evidence="house", levels=[unknown("numbers"), level("same", "same", "numbers"), OTHERWISE]
)
PLACE_POSTCODE = Comparison(
    name="postcode",
    evidence="address",
    levels=[unknown("postcode"), level("same", "same", "postcode"), level("slip", "slip", "postcode"), OTHERWISE],
)
UPRN = Comparison(
    name="uprn",
    evidence="number",
    levels=[
        unknown("uprn"),
        level("same", "same", "uprn", **fixed(0.99, 1e-6)),
        level("different", "otherwise", **fixed(0.01, 0.999999)),
    ],
)

PERSON = [GIVEN, FAMILY, BORN, SEX, POSTCODE, NHS, UPN, LA, OWN]
SHAPES: dict[str, dict[str, Any]] = {
    "child": {"prior": 1e-5, "join_at": 6_000, "doubt_at": -1_000, "lead": 3_000, "comparisons": PERSON},
    "adult": {"prior": 4e-6, "join_at": 10_000, "doubt_at": 2_000, "lead": 3_000, "comparisons": PERSON},
    "place": {
        "prior": 2e-5,
        "join_at": 4_000,
        "doubt_at": -1_000,
        "lead": 2_000,
        "comparisons": [LINE, NUMBERS, PLACE_POSTCODE, UPRN],
    },
}
TEXT = "given family born year sex postcode sector nhs_typed upn_typed line numbers uprn"
LISTS = "givens roots families borns postcodes nhs upn la own own_systems"
COLUMNS = {**dict.fromkeys(TEXT.split(), "VARCHAR"), **dict.fromkeys(LISTS.split(), "VARCHAR[]")}
