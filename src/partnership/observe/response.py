"""What children's social care answers: referrals and what becomes of them, by the shares of the year to March 2025."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from partnership.agencies import Agency
from partnership.lives.rates import lives
from partnership.notices import Json, filled, happened
from partnership.observe.messages import Messages, Sent, in_hours
from partnership.observe.words import childs_words, role, words
from partnership.world.children import YEAR

CARE = "childrens-social-care"
NO_HAPPENING = ""
NEWBORN = 30  # days


@dataclass
class Response:
    """The social workers' own notices about one part of the population."""

    messages: Messages

    @property
    def dice(self) -> Random:
        return self.messages.dice

    def answer(
        self, kinds: Sequence[str], rows: tuple[int, ...], at: datetime, *, key: str, outcome: str | None = None
    ) -> Sent:
        """One message about their own work with these children: an event of each kind on one day."""
        by = self.messages.reporters.only(CARE)
        at = in_hours(at, working=True)
        named = self.messages.named(by, rows, (at.date() - self.messages.cards.part.settings.start).days, kinds[0])
        events = [self._event(by, kind, at.date(), outcome, named.who) for kind in kinds]
        return self.messages.sent(by, at, named, events, key=key, observer={"role": role(self.dice, by.kind)})

    def _event(self, by: Agency, kind: str, day: date, outcome: str | None, who: str) -> Json:
        return filled(
            kind=kind,
            happened=happened(day),
            concerns=[],
            standing="assessed",
            outcome=outcome,
            words=words(self.dice, by=by.kind, kind=kind, concerns=[], who=who),
            childs_words=childs_words(self.dice, by.kind, 0.2),
            told="unknown",
        )

    def opening(self) -> Iterator[Sent]:
        """The opening record of every child who is looked after when the period begins (a statutory status)."""
        children, start = self.messages.cards.children, self.messages.cards.part.settings.start
        for row in range(len(children)):
            if children.looked_after[row] and -18 * YEAR < children.born[row] < -NEWBORN:
                since = start - timedelta(days=self.dice.randrange(1, min(1800, -int(children.born[row]))))
                at = datetime.combine(start, time(10)) + timedelta(days=self.dice.random() * 9)
                one = self.answer(["looked-after-begun"], (row,), at, key=NO_HAPPENING)
                one.notice["events"][0] |= {"happened": happened(since), "standing": "established"}
                yield one

    def referral(self, rows: tuple[int, ...], after: datetime, key: str) -> Iterator[Sent]:
        """A referral made with a notice sent at a moment, and what becomes of it."""
        share, luck = lives().response, self.dice.random()
        at = after + timedelta(days=self.dice.random())
        ended = "other-agency-involved" if self.dice.random() < share["another-agency"] else "no-further-action"
        if luck < share["no-further-action"]:
            yield self.answer(["referral"], rows, at, key=key)
            yield self.answer(
                ["closure"], rows, at + timedelta(days=1 + self.dice.random() * 4), key=key, outcome=ended
            )
            return
        yield self.answer(["referral"], rows, at, key=key, outcome="accepted")
        done = at + timedelta(days=self.dice.triangular(14, 65, 48))
        if luck < share["no-further-action"] + share["assessed-not-in-need"]:
            yield self.answer(["assessment-ended", "closure"], rows, done, key=key, outcome=ended)
        else:
            yield from self._in_need(rows, at, done, key)

    def _in_need(self, rows: tuple[int, ...], at: datetime, done: datetime, key: str) -> Iterator[Sent]:
        share = lives().response
        luck = self.dice.random() * (1 - share["no-further-action"] - share["assessed-not-in-need"])
        if luck < share["section-47"]:
            yield self.answer(["section-47"], rows, at + timedelta(days=self.dice.random() * 8), key=key)
        if luck < share["conference"]:
            yield self.answer(["conference"], rows, at + timedelta(days=15 + self.dice.random() * 8), key=key)
        planned = ["plan-begun"] if luck < share["plan"] else []
        yield self.answer(["assessment-ended", *planned], rows, done, key=key, outcome="plan-agreed")
        if planned:
            ended = done + timedelta(days=self.dice.triangular(90, 420, 200))
            yield self.answer(["plan-ended"], rows, ended, key=key, outcome="ended")
