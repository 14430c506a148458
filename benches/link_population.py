"""A fictional population to train the shipped linkage models on: families, twins, moves, slips of the keyboard.

    python benches/link_population.py OUT.jsonl [--children 30000] [--seed 7]

One line per statement: {"kind", "agency", "statement", "truth"}. Nobody in it exists. Names follow, roughly, how
common names are among young people in England and their parents; error rates are assumptions, written below, in the
order of size that linkage studies report (IJPDS 2389; HES identifier errors).
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from joinedup.link.rules.names import nicknames

AGENCIES = ("hospital", "school", "police", "social-care", "housing", "youth-project")
NUMBER_OF = {"hospital": "nhs-number", "school": "upn", "social-care": "la-child-id"}


def listed(words: str) -> list[str]:
    return words.split()


BOYS = listed(
    """
    oliver jack harry george noah charlie jacob alfie freddie oscar muhammad thomas william james leo joshua ethan
    logan mohammed daniel samuel max archie lucas alexander joseph isaac dylan benjamin edward toby sebastian adam
    tyler harrison ryan jake liam callum connor nathan luke lewis matthew owen kai kian bilal yusuf ibrahim ayaan
    mustafa hamza zain ali omar ahmed jakub kacper filip szymon oskar david aaron reece kieran jamie ben cameron
    bradley finley riley jude rhys theo louis stanley hugo arthur frankie reuben caleb gabriel elijah tobi kwame
    emmanuel samir arjun aryan rohan krishna dev tariq imran hassan idris malachi jayden kayden corey brandon kyle
    scott sean patrick declan ciaran stephen michael robert peter andrei luca marco antonio mateusz
    """
)
GIRLS = listed(
    """
    olivia amelia emily isla ava jessica ella isabella mia poppy sophie lily grace evie scarlett ruby chloe daisy
    isabelle phoebe florence freya alice charlotte sienna matilda evelyn eva millie sofia lucy elsie imogen layla
    rosie maya elizabeth willow hannah megan holly abigail erin bethany jasmine summer lola martha maisie lexi
    amber molly ellie georgia leah zara aisha fatima maryam zainab khadija amina safa hafsa priya anjali ananya
    simran zofia maja lena zuzanna wiktoria natalia julia anna alexandra victoria catherine rebecca rachel sarah
    lauren paige courtney shannon jade tia keira skye niamh aoife orla caitlin eleanor harriet beatrice rose
    violet ivy aria nevaeh destiny blessing temitope adaeze precious chanel tiana ria mina tess elena maria ioana
    camila
    """
)
PARENTS = listed(
    """
    david paul mark andrew stephen michael james john robert richard lee darren jason simon christopher matthew
    daniel thomas anthony gary kevin stuart craig martin peter ahmed mohammed imran abdul hassan piotr tomasz
    krzysztof andrei samuel emmanuel kwame rajesh sanjay sarah claire emma lisa nicola karen samantha joanne
    michelle louise rebecca victoria kelly jennifer amanda helen rachel laura donna catherine stephanie gemma
    hannah natalie danielle anna katarzyna agnieszka shazia nasreen fatima amina sunita priya grace blessing maria
    elena
    """
)
SURNAMES = listed(
    """
    smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white
    roberts green hall wood jackson clarke khan hughes edwards turner hill cooper ward martin ahmed morris singh
    moore clark lee king hussain baker harrison morgan allen scott begum ali james watson phillips parker bennett
    young mitchell mohamed griffiths cook bailey carter kelly shah collins kaur richardson adams bell price cox
    simpson rahman miah hunt murphy kumar hussein gray powell butler barnes fisher rogers stevens dixon mills
    ellis mason knight iqbal mahmood hassan malik sharma gill begley osei mensah okafor adeyemi ibrahim nowak
    kowalski wisniewski popescu ionescu silva santos costa fernandes chen wang li nguyen tran
    """
)
STEMS = listed(
    """
    ash black cran haw thorn bram fair lang mar nor pem quar red sel tal under wal whit win yar ald birk cold dun
    elm fen gar hart ing kel
    """
)
ENDS = listed(
    """
    field ley ton well worth by ford ham wick den shaw croft stead burn more bridge gate low mere house
    """
)
SYLLABLES = listed(
    """
    ka mi la ro sha ne ta ji lu ze do ri an el is jo ve na
    """
)
STREETS = listed(
    """
    High Church Station Mill School Park Victoria Albert Green Manor Queens Grange Chapel Bridge North
    """
)
WAYS = ("Road", "Street", "Lane", "Close", "Avenue", "Drive", "Court", "Gardens")
SHORT = {"Road": "Rd", "Street": "St", "Lane": "Ln", "Close": "Cl", "Avenue": "Ave", "Gardens": "Gdns"}


@dataclass
class Someone:
    """A person as they truly are."""

    truth: str
    kind: str
    given: str
    family: str
    born: date
    sex: str
    homes: list["Home"]
    former: str | None = None
    middle: str | None = None
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Home:
    truth: str
    lines: str
    postcode: str


class Town:
    """Everybody in it, from one seed."""

    def __init__(self, seed: int) -> None:
        self.any = np.random.default_rng(seed)
        self.count = 0
        self.homes: list[Home] = []

    def chance(self, p: float) -> bool:
        return bool(self.any.random() < p)

    def pick(self, values: Any) -> Any:
        return values[int(self.any.integers(len(values)))]

    def by_rank(self, values: list[str], tail: float) -> str:
        """A value from a list that begins with the commonest; with chance `tail` a rare, made-up one."""
        if self.chance(tail):
            return ""
        weights = 1 / (np.arange(len(values)) + 12)
        return str(self.any.choice(values, p=weights / weights.sum()))

    def given(self, sex: str, kind: str) -> str:
        values = PARENTS if kind == "adult" else (BOYS if sex == "m" else GIRLS)
        return self.by_rank(values, 0.22) or "".join(self.pick(SYLLABLES) for _ in range(3))

    def family(self) -> str:
        name = self.by_rank(SURNAMES, 0.55) or self.pick(STEMS) + self.pick(ENDS)
        return f"{name}-{self.pick(SURNAMES)}" if self.chance(0.02) else name

    def home(self) -> Home:
        if self.homes and self.chance(0.02):
            return self.pick(self.homes)
        n = int(self.any.integers(1, 180))
        street = f"{self.pick(STREETS)}{self.pick(ENDS) if self.chance(0.5) else ''} {self.pick(WAYS)}"
        postcode = (
            f"EL{self.any.integers(1, 12)} {self.any.integers(1, 10)}{self.pick('ABDEFGHJLN')}{self.pick('ABDEFGHJLN')}"
        )
        flat = f"Flat {self.any.integers(1, 9)}, " if self.chance(0.12) else ""
        self.homes.append(Home(f"h{len(self.homes)}", f"{flat}{n} {street}", postcode))
        return self.homes[-1]

    def someone(self, kind: str, family: str, born: date, homes: list[Home]) -> Someone:
        self.count += 1
        sex = self.pick("mf")
        numbers = {
            "nhs-number": nhs_number(self.count),
            "upn": upn(self.count),
            "la-child-id": f"C{100000 + self.count}",
        }
        return Someone(
            truth=f"p{self.count}",
            kind=kind,
            given=self.given(sex, kind),
            family=family,
            born=born,
            sex=sex,
            homes=homes,
            former=self.family() if self.chance(0.07) else None,
            middle=self.given(sex, kind) if self.chance(0.4) else None,
            numbers=numbers if kind == "child" else {"nhs-number": nhs_number(5_000_000 + self.count)},
        )

    def household(self) -> list[Someone]:
        family = self.family()
        homes = [self.home()] + ([self.home()] if self.chance(0.25) else [])
        eldest = date(2006, 1, 2) + timedelta(days=int(self.any.integers(0, 17 * 365)))
        births = [eldest]
        while self.chance(0.55) and len(births) < 6:
            gap = 0 if self.chance(0.025) else int(self.any.integers(330, 1500))
            births.append(births[-1] + timedelta(days=gap))
        children = [self.someone("child", family if self.chance(0.9) else self.family(), b, homes) for b in births]
        children = list({child.given: child for child in children}.values())  # nobody names two of their children alike
        years = [
            eldest - timedelta(days=int(self.any.integers(17 * 365, 42 * 365))) for _ in range(1 + self.chance(0.7))
        ]
        return children + [
            self.someone("adult", family if self.chance(0.75) else self.family(), y, homes) for y in years
        ]


def nhs_number(n: int) -> str:
    """The n-th number of the 999 range, never issued to anybody, that has a valid check digit."""
    body = f"999{n:06d}"[:9] if n < 1_000_000 else f"9{n % 100_000_000:08d}"
    check = 11 - sum(int(d) * w for d, w in zip(body, range(10, 1, -1), strict=True)) % 11
    return nhs_number(n + 900_001) if check == 10 else body + str(0 if check == 11 else check)


def upn(n: int) -> str:
    rest = f"999{n:09d}"
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    return letters[sum(int(d) * w for d, w in zip(rest, range(2, 14), strict=True)) % 23] + rest


class Keyboard:
    """What agencies write down of a person: mostly right, wrong in the ways that people are."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.short_of = _variants()

    def slip(self, text: str) -> str:
        at = int(self.town.any.integers(len(text)))
        way = int(self.town.any.integers(3))
        if way == 0:
            return text[:at] + text[at + 1 :]
        if way == 1 and at + 1 < len(text):
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text[:at] + chr(97 + int(self.town.any.integers(26))) + text[at + 1 :]

    def maybe(self, text: str, p: float) -> str:
        return self.slip(text) if len(text) > 2 and self.town.chance(p) else text

    def given(self, who: Someone) -> str:
        any_ = self.town
        if any_.chance(0.06) and who.given in self.short_of:
            return str(any_.pick(self.short_of[who.given]))
        if any_.chance(0.01):
            return who.given[0]
        if who.middle and any_.chance(0.015):
            return who.middle
        plain = self.maybe(who.given, 0.035)
        return f"{plain} {who.middle}" if who.middle and any_.chance(0.3) else plain

    def names(self, who: Someone) -> list[dict[str, str]]:
        family = who.former if who.former and self.town.chance(0.3) else who.family
        if "-" in family and self.town.chance(0.35):
            family = self.town.pick(family.split("-"))
        given, family = self.given(who), self.maybe(family, 0.03)
        if self.town.chance(0.008):
            given, family = family, given
        said = [{"given": given.title(), "family": family.title(), "kind": "usual"}]
        if who.former and self.town.chance(0.25):
            said.append({"given": given.title(), "family": who.former.title(), "kind": "former"})
        return said

    def born(self, who: Someone) -> list[str]:
        if self.town.chance(0.04):
            return []
        if self.town.chance(0.03):
            return [f"{who.born.year}-01-01"]
        text = who.born.isoformat()
        if self.town.chance(0.006) and who.born.day <= 12:
            return [f"{text[:4]}-{text[8:]}-{text[5:7]}"]
        if self.town.chance(0.014):
            wrong = who.born + timedelta(days=int(self.town.pick([1, -1, 10, -10, 30, 365, -365, 31])))
            return [wrong.isoformat()]
        return [text]

    def numbers(self, who: Someone, agency: str) -> list[dict[str, str]]:
        said = [{"system": f"{agency}-reference", "value": f"{agency[:2]}{who.truth}"}] if self.town.chance(0.6) else []
        system = NUMBER_OF.get(agency)
        if system in who.numbers and self.town.chance(0.7):
            said.append({"system": system, "value": self.maybe(who.numbers[system], 0.01)})
        return said

    def address(self, home: Home) -> dict[str, str]:
        lines = home.lines
        for long, short in SHORT.items():
            lines = lines.replace(long, short) if self.town.chance(0.25) else lines
        said = {"lines": self.maybe(lines, 0.03), "kind": "home"}
        return said | ({"postcode": self.maybe(home.postcode, 0.02)} if self.town.chance(0.93) else {})

    def statement(self, who: Someone, agency: str) -> dict[str, Any]:
        home = self.town.pick(who.homes)
        return {
            "names": self.names(who),
            "born": self.born(who) if who.kind == "child" or self.town.chance(0.6) else [],
            "sex": None if self.town.chance(0.1) else (who.sex if self.town.chance(0.997) else "mf"[who.sex == "m"]),
            "identifiers": self.numbers(who, agency),
            "addresses": [self.address(home)] if self.town.chance(0.75) else [],
        }


def _variants() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for variant, roots in nicknames().items():
        for root in roots:
            found.setdefault(root, []).append(variant)
    return {root: sorted(set(variants) - {root}) for root, variants in found.items() if set(variants) - {root}}


def lines(children: int, seed: int) -> Iterator[dict[str, Any]]:
    """Statements of everybody in a town with so many children, and of their homes."""
    town = Town(seed)
    keyboard = Keyboard(town)
    born = 0
    while born < children:
        household = town.household()
        born += sum(who.kind == "child" for who in household)
        for who in household:
            for _ in range(1 + int(town.any.poisson(1.6))):
                agency = str(town.pick(AGENCIES))
                yield {
                    "kind": who.kind,
                    "agency": agency,
                    "truth": who.truth,
                    "statement": keyboard.statement(who, agency),
                }
        for home in household[0].homes:
            for _ in range(1 + int(town.any.poisson(1.5))):
                yield {
                    "kind": "place",
                    "agency": str(town.pick(AGENCIES)),
                    "truth": home.truth,
                    "statement": keyboard.address(home),
                }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--children", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with asked.out.open("w") as out:
        for line in lines(asked.children, asked.seed):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
