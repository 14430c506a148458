"""From the answers of "Report a concern" to a notice: the form has no way in of its own.

Answers are plain JSON by step: danger, children, adults, now, worries, happened, told, you. Whatever is left out, or
answered "I don't know", is unknown in the notice; nothing is made up.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from joinedup.ground.clock import civil_day
from joinedup.ground.codes import codes
from joinedup.ground.periods import Period, says
from joinedup.receive.rules.notice import FORM

Answers = dict[str, Any]


def notice_of(answers: Answers, *, sender_id: str, agency: str, sent: datetime) -> dict[str, Any]:
    """The notice, as JSON, that these answers say. `sent`: aware instant of sending."""
    children = [
        person(n, child, "child", sent) for n, child in enumerate(mentioned(answers, "children") or [{}], start=1)
    ]
    adults = [
        person(n, adult, "adult", sent) for n, adult in enumerate(mentioned(answers, "adults"), start=len(children) + 1)
    ]
    return {
        "form": FORM,
        "id": sender_id,
        "agency": agency,
        "sent": sent.isoformat(),
        "observer": observer(answers),
        "persons": children + adults,
        "events": list(events(answers, [one["n"] for one in adults], sent)),
        "safety": safety(answers),
        "consent": said(answers.get("told", {}), "parents", "young_person", "reason"),
    }


def mentioned(answers: Answers, step: str) -> list[Answers]:
    """The people of a step of whom something was said; a blank that was opened and left is nobody."""
    return [one for one in answers.get(step, []) if one]


def said(answers: Answers, *names: str) -> Answers:
    """Those of the answers that say something."""
    return {name: answers[name] for name in names if answers.get(name) not in (None, "", [], "unknown")}


def person(n: int, answers: Answers, kind: str, sent: datetime) -> Answers:
    """Somebody as far as they are known; nobody is left out for want of a name or a date."""
    usual = said(answers, "given", "family")
    names = [{"kind": "usual", **usual}] if usual else []
    names += [{"kind": "nickname", "given": answers["nickname"]}] if answers.get("nickname") else []
    address = {"lines": answers.get("address"), "postcode": answers.get("postcode")}
    return {
        "n": n,
        "kind": kind,
        "role": answers.get("role") or ("subject" if kind == "child" else "other"),
        "names": names,
        "identifiers": [{"system": "nhs-number", "value": number}] if (number := answers.get("nhs_number")) else [],
        "addresses": [address] if any(address.values()) else [],
        "describes": " ".join(describes(answers, sent)) or None,
        **said(answers, "born", "in_household", "parental_responsibility", "interpreter"),
    }


def describes(answers: Answers, sent: datetime) -> Iterator[str]:
    """What is known of somebody beside their name, as sentences."""
    if answers.get("describes"):
        yield answers["describes"]
    if answers.get("age"):
        yield f"About {answers['age']} years old on {says(Period.on(civil_day(sent)))}."
    if answers.get("school"):
        yield f"Goes to: {answers['school']}."


def observer(answers: Answers) -> Answers:
    """Who reports, and whether they saw it. `reference` makes one voice only of somebody who did."""
    first_hand = {"yes": True, "no": False}.get(answers.get("happened", {}).get("first_hand", ""))
    return {
        **said(answers.get("you", {}), "role", "safe_contact"),
        **(said(answers, "reference") if first_hand else {}),
        **({} if first_hand is None else {"first_hand": first_hand}),
    }


def events(answers: Answers, adults: list[int], sent: datetime) -> Iterator[Answers]:
    """One event; two where it happens both at home and outside, each with the concerns that belong there."""
    worries, happened = answers.get("worries", {}), answers.get("happened", {})
    side = worries.get("side", "")
    for n, where in enumerate(("home", "outside") if side == "both" else (side,), start=1):
        yield {
            "n": n,
            "about": [],
            "kind": happened.get("kind") or "concern",
            "happened": when(happened),
            "concerns": belonging(worries.get("concerns", []), where if side == "both" else "", sent),
            **({"side": where} if where in ("home", "outside") else {}),
            "standing": "observed" if happened.get("first_hand") == "yes" else "reported",
            "told": told(answers.get("told", {})),
            **said(answers.get("told", {}), "handling"),
            "with": adults,
            **said(happened, "words", "childs_words", "going_well", "place"),
        }


def belonging(concerns: list[str], side: str, sent: datetime) -> list[str]:
    """The concerns that can belong to this side; all of them where no side is given."""
    known = codes(civil_day(sent)).concerns
    other = {"home": "outside", "outside": "home"}.get(side)
    return [code for code in concerns if other is None or code not in known or known[code].side != other]


def when(happened: Answers) -> Answers:
    """The date in boxes (ISO text, as coarse as it was filled in), and the date in words, as far as they were given."""
    given = {"from": happened.get("when"), "words": happened.get("when_words")}
    return {name: value for name, value in given.items() if value}


def told(answers: Answers) -> list[Answers] | str:
    """Who was told: nobody and not known are two answers."""
    if answers.get("told_known") == "nobody":
        return []
    agencies = answers.get("told", [])
    return [{"agency": agency, "state": "sent"} for agency in agencies] if agencies else "unknown"


def safety(answers: Answers) -> Answers:
    """Where the child is and whether safe; somebody who says that there is danger now has said that it is not."""
    now = said(answers.get("now", {}), "where_now", "safe", "seen", "seen_alone")
    return {**({"safe": "no"} if answers.get("danger", {}).get("danger") == "yes" else {}), **now}
