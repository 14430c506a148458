"""From what was found to a match that a person can read: sentence, steps, evidence."""

from collections.abc import Iterable, Mapping, Sequence

from joinedup.recognise.rules.episodes import Episode
from joinedup.recognise.rules.facts import Fact
from joinedup.recognise.rules.feeds import Feeds
from joinedup.recognise.rules.filling import filled
from joinedup.recognise.rules.knowing import knowing, not_known, not_told, reports_of
from joinedup.recognise.rules.language import MEASURES, Pattern
from joinedup.recognise.rules.match import Match, Step
from joinedup.recognise.rules.spans import Span, day_of
from joinedup.recognise.rules.telling import Found, Telling
from joinedup.recognise.rules.windows import Certainty
from joinedup.recognise.rules.words import NOUNS, Amount, capital, label, listed, rule_of, when

PLACES = (*MEASURES, "span", "concerns", "who", "first", "last", "since")


def match_of(pattern: Pattern, episode: Episode, telling: Telling, feeds: Feeds) -> Match:
    """The match for an episode that a telling gave."""
    found, facts = telling.found(episode.day), telling.pool.facts
    evidence = _evidence(found)
    reports = reports_of(evidence, facts)
    may = [] if episode.certainty is Certainty.SURE else _not_exact(evidence)
    return Match(
        pattern=pattern,
        certainty=episode.certainty,
        tier="know" if episode.certainty is Certainty.SHOWN else pattern.tier,
        true_from=day_of(episode.began) if episode.began else None,
        day=day_of(episode.day) if episode.day else None,
        shown_at=telling.ready(episode.days),
        sentence=_sentence(pattern, found, may, feeds),
        steps=tuple(_step(one) for one in found),
        amounts=found[0].amounts,
        lines=tuple(fact.line for fact in evidence),
        may=tuple(fact.key for fact in may),
        unknown=not_known(pattern, evidence, feeds),
        knowing=knowing(reports),
        not_told=not_told(pattern, reports, facts, feeds),
    )


def _evidence(found: Iterable[Found]) -> list[Fact]:
    """Every entry counted, and what it had to come after; each once, in chronology order."""
    facts = {fact.key: fact for one in found for place in one.places for fact in (place.since, place.fact) if fact}
    return sorted(facts.values(), key=lambda fact: fact.order)


def _not_exact(evidence: Iterable[Fact]) -> list[Fact]:
    """What it hangs on: entries with a coarse date; else what went on for days, if it need not have come first."""
    wide = [fact for fact in evidence if fact.width > 1]
    return [fact for fact in wide if fact.span > 1] or wide


def _step(found: Found) -> Step:
    counted = listed(f"{Amount(found.amounts[measure]):{NOUNS[measure]}}" for measure in found.count.needs)
    return Step(capital(rule_of(found.count)), counted)


def _sentence(pattern: Pattern, found: Sequence[Found], may: Sequence[Fact], feeds: Feeds) -> str:
    said = fill(pattern, {one.count.called: _values(one, feeds) for one in found})
    if not may:
        return capital(said)
    dates = listed(dict.fromkeys(when(fact.line.period) for fact in may))
    return f"May add up: {said[:1].lower()}{said[1:]} Not exact: {dates}."


def fill(pattern: Pattern, values: Mapping[str, Mapping[str, object]]) -> str:
    """The pattern's sentence with what each count found; a part of an *any* that does not hold found nothing.

    Raises KeyError or ValueError for a sentence that names what there is not (see `filling`).
    """
    nothing = {name: Amount(0) if name in MEASURES else "" for name in PLACES}
    found = {count.called: nothing | dict(values.get(count.called, {})) for count in pattern.when.counts()}
    return filled(pattern.sentence, {**found, "": next(iter(found.values()))})


def _values(found: Found, feeds: Feeds) -> dict[str, object]:
    facts = sorted((place.fact for place in found.places), key=lambda fact: fact.order)
    dated = [fact for fact in facts if fact.first is not None]
    befores = {place.since.key: place.since for place in found.places if place.since}
    return {name: Amount(n) for name, n in found.amounts.items()} | {
        "span": _span(dated),
        "concerns": _concerns(facts),
        "who": listed(dict.fromkeys(feeds.name_of(fact.agency) for fact in facts)),
        "first": when(facts[0].line.period) if facts else "",
        "last": when(facts[-1].line.period) if facts else "",
        "since": listed(dict.fromkeys(when(fact.line.period) for fact in befores.values())),
    }


def _span(dated: Sequence[Fact]) -> str:
    """How many days lie from the first to the last, both included; of coarse dates at the widest."""
    firsts = [fact.first for fact in dated if fact.first is not None]
    lasts = [fact.last for fact in dated if fact.last is not None]
    return str(Span(max(lasts) - min(firsts) + 1)) if firsts else ""


def _concerns(facts: Iterable[Fact]) -> str:
    """The kinds of concern, as a sentence lists them."""
    return listed(sorted(label("concern", code) for code in {code for fact in facts for code in fact.concerns}))
