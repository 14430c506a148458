"""The child's one page in eight blocks (trust 3.3), read from every room as the look may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from joinedup.chronicle import queries as chronicle
from joinedup.chronicle.queries.shown import shown_lines
from joinedup.chronicle.rules.ages import age_at
from joinedup.chronicle.rules.lanes import Drawing
from joinedup.chronicle.rules.line import Line
from joinedup.chronicle.rules.wanted import Wanted
from joinedup.ground.clock import civil_day
from joinedup.ground.periods import Period, read_period, says
from joinedup.link import queries as link
from joinedup.network import queries as network
from joinedup.recognise.queries import FindingView, GroundView
from joinedup.respond import queries as respond
from joinedup.share import queries as share
from joinedup.share.queries import Subject
from joinedup.share.rules import Field, Look
from joinedup.web import glance

STRIP = timedelta(days=90)
NAMELESS = "Name not known"
NOT_AWAITED = frozenset({"childrens-social-care", "council-duty", "family", "other"})  # silence of these means nothing


@dataclass(frozen=True)
class Identity:
    """Block 1: who this is. `born`: the dates of birth said; `age`: empty where it is not known."""

    name: str
    other_names: tuple[str, ...]
    born: tuple[str, ...]
    born_on: Period
    age: str
    statuses: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class New:
    """Block 2: one open report or referral, with its lines in the referrer's words."""

    item: respond.Open
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Ground:
    """What one pattern says, and the lines it counted, so that its count can be done again by hand."""

    view: GroundView
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AddsUp:
    """Block 3: what adds up on one theme, each event once however many patterns count it.

    `events`: the events counted, each with all reports of it; `elsewhere`: how many of the entries are about others
    in the household; `not_told`: names of agencies, and `not_us` where the look's own was not told either; `answered`:
    the decision that answered it, where it may be shown.
    """

    shown: respond.FindingShown
    grounds: tuple[Ground, ...]
    events: tuple[tuple[Line, ...], ...]
    elsewhere: int
    not_told: tuple[str, ...]
    not_us: bool
    ask: tuple[str, ...]
    answered: respond.DecisionShown | None


@dataclass(frozen=True)
class Missing:
    """Block 4: what is not known, what was asked, whom nobody has heard, and the child's own voice."""

    unknown: tuple[str, ...]
    questions: tuple[respond.Open, ...]
    quiet: tuple[str, ...]  # kinds of agency from which nothing came about this child
    voice: glance.Last | None
    seen: glance.Last | None


@dataclass(frozen=True)
class Page:
    """Plain values for the template, in the order of the blocks."""

    identity: Identity
    holding: respond.Holding
    new: tuple[New, ...]
    adds_up: tuple[AddsUp, ...]
    good: tuple[Line, ...]
    missing: Missing
    strip: Drawing
    recent: tuple[Line, ...]
    decisions: tuple[respond.DecisionShown, ...]
    tasks: tuple[respond.StepShown, ...]
    people: tuple[network.Person, ...]
    addresses: tuple[tuple[str, str], ...]  # address, agency's name
    agencies: Mapping[str, str]
    entries: int
    limited: bool  # the look sees what its own agency holds or was told, and no more


def page_of(*, for_: Look, child: Subject) -> Page:
    """Everything the page shows of a child that was opened. Notes the entries that it quotes."""
    on = civil_day(for_.at)
    lines = shown_lines(for_=for_, head=child.pk)
    names = {code: agency.name for code, agency in share.agencies().items()}
    who = link.identity(for_=for_, head=child.pk, messages={line.message for line in lines})
    decisions = tuple(respond.decisions_of(for_=for_, head=child.pk))
    findings = respond.findings_of(for_=for_, head=child)
    recent = recent_of(lines, on)
    new = new_of(respond.open_on(for_=for_, head=child.pk), lines)
    good = tuple(glance.going_well(lines))
    missing = missing_of(for_, child, lines, [one.finding for one in findings], on)
    for_.note(entries=quoted(new, recent, good, missing))
    return Page(
        identity=identity_of(who, lines, on),
        holding=respond.holding(for_=for_, head=child.pk),
        new=new,
        adds_up=tuple(adds_up_of(one, lines, decisions, names, for_.agency) for one in findings),
        good=good,
        missing=missing,
        strip=chronicle.drawing(for_=for_, lines=recent, since=on - STRIP, until=on + timedelta(days=1)),
        recent=recent,
        decisions=decisions,
        tasks=tuple(respond.tasks_of(for_=for_, head=child.pk)),
        people=tuple(network.people(for_=for_, head=child.pk, on=on)),
        addresses=addresses_of(who, names),
        agencies=names,
        entries=len(lines),
        limited=share.mask(for_=for_, what=Field.CASE, subject=child),
    )


def identity_of(who: link.Identity, lines: Iterable[Line], on: date) -> Identity:
    """Who this is, as all records say; an age only where their dates of birth agree."""
    born = [read_period(text, None, None, None, None)[0] for text in who.born]
    born_on = born[0] if len(set(born)) == 1 else Period.UNKNOWN
    born_in_words = tuple(
        dict.fromkeys(says(day) if day.known else text for day, text in zip(born, who.born, strict=True))
    )
    name, *others = who.names or (NAMELESS,)
    statuses = tuple(glance.statuses(lines))
    return Identity(name, tuple(others), born_in_words, born_on, age_at(born_on, Period.on(on)), statuses)


def new_of(items: Iterable[respond.Open], lines: Sequence[Line]) -> tuple[New, ...]:
    """The open reports and referrals, in order of their clocks."""
    return tuple(
        New(item, tuple(line for line in lines if item.kind == "contact" and line.message == item.message))
        for item in items
        if item.kind != "finding"
    )


def adds_up_of(
    shown: respond.FindingShown,
    lines: Sequence[Line],
    decisions: Iterable[respond.DecisionShown],
    names: Mapping[str, str],
    us: str,
) -> AddsUp:
    answered = (one for one in decisions if shown.finding.theme in one.themes and not one.fallen)
    grounds = shown.finding.grounds
    keys = frozenset(key for ground in grounds for key in ground.entries)
    own = [line for line in lines if line.key in keys]
    not_told = dict.fromkeys(code for ground in grounds for code in ground.not_told)
    return AddsUp(
        shown=shown,
        grounds=tuple(Ground(one, tuple(line for line in own if line.key in set(one.entries))) for one in grounds),
        events=tuple(tuple(reports) for reports in glance.by_happening(own)),
        elsewhere=len(keys) - len(own),
        not_told=tuple(names.get(code, code.replace("-", " ")) for code in not_told if code != us),
        not_us=us in not_told,
        ask=tuple(dict.fromkeys(ask for ground in grounds for ask in ground.ask)),
        answered=None if shown.open else next(answered, None),
    )


def missing_of(for_: Look, child: Subject, lines: Sequence[Line], findings: Iterable[FindingView], on: date) -> Missing:
    """What is missing. Which kinds of agency are silent is said only to who may see what all of them say."""
    unknown = dict.fromkeys(said for finding in findings for ground in finding.grounds for said in ground.unknown)
    heard = {line.agency_kind for line in lines} | NOT_AWAITED
    kinds = dict.fromkeys(agency.kind for agency in share.agencies().values())
    blind = share.mask(for_=for_, what=Field.CASE, subject=child)
    return Missing(
        unknown=tuple(unknown),
        questions=tuple(respond.questions_on(for_=for_, head=child.pk)),
        quiet=() if blind else tuple(kind for kind in kinds if kind not in heard),
        voice=glance.last_voice(lines, on),
        seen=glance.last_seen(lines, on),
    )


def recent_of(lines: Iterable[Line], on: date) -> tuple[Line, ...]:
    """The lines of the last 90 days."""
    wanted = Wanted(first=on - STRIP, last=on)
    return tuple(line for line in lines if wanted.takes(line))


def quoted(new: Iterable[New], recent: Iterable[Line], good: Iterable[Line], missing: Missing) -> set[str]:
    """Keys of the entries that the page shows outside its findings."""
    last = [one.line for one in (missing.voice, missing.seen) if one]
    return {line.key for line in (*recent, *good, *last, *(line for one in new for line in one.lines))}


def addresses_of(who: link.Identity, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Where the child is said to live or stay, and by whom; each once. Empty where addresses are shielded."""
    said = [(address, names.get(one.agency, one.agency)) for one in who.statements for address in one.addresses]
    return tuple(dict.fromkeys(pair for pair in said if pair[0]))
