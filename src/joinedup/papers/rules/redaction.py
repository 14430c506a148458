"""What a recipient reads of a paper: every part, without what is shielded and not released for them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from joinedup.papers.rules.shields import Class, Shield
from joinedup.share.rules import HandlingCode
from joinedup.share.rules.scan import Found, Kind, known_in, shapes_in, without, without_overlap

LEFT_OUT = "[withheld]"
OVER = ("released", "refused")  # what ends a paper
OF_SHAPES = {Kind.POSTCODE: Class.HOME, Kind.STREET: Class.HOME, Kind.PHONE: Class.CONTACT, Kind.EMAIL: Class.CONTACT}


@dataclass(frozen=True)
class Part:
    """One part of a paper: what a practitioner wrote, or an excerpt of an entry with where it comes from.

    `texts`: its cells, in order. `owner`, `handling`: of an excerpt, its agency's code and handling code; they travel
    with it. `allowed`: False where the recipient's own rights do not reach this entry.
    """

    key: str
    texts: tuple[str, ...]
    owner: str = ""
    handling: str = HandlingCode.OPEN
    allowed: bool = True


@dataclass(frozen=True, order=True)
class Redaction:
    """What was left out, and why. `releasable`: by two persons, with a reason; `owner`: whose word is needed."""

    what: str
    why: str
    releasable: bool = False
    owner: str = ""


@dataclass(frozen=True)
class Shown:
    """A paper as its recipient reads it: the parts, and what was left out, each once."""

    parts: tuple[Part, ...]
    redactions: tuple[Redaction, ...]

    def as_kept(self) -> dict[str, Any]:
        """What leaves, as it is kept with its release: shown afterwards as it was, whatever was said since."""
        return {"parts": [asdict(part) for part in self.parts], "left_out": [asdict(one) for one in self.redactions]}

    def without(self, former: Collection[str]) -> "Shown":
        """The same without a life before that was sealed since, which no release and no right of anybody opens."""
        parts = (replace(part, texts=tuple(without(text, former) for text in part.texts)) for part in self.parts)
        return replace(self, parts=tuple(parts))

    @classmethod
    def as_left(cls, kept: Mapping[str, Any], allowed: Collection[str]) -> "Shown":
        """A paper as it left. `allowed`: keys of entries that whoever looks at it now may see; others are left out."""
        parts = (Part(**part | {"texts": tuple(part["texts"])}) for part in kept["parts"])
        seen = tuple(part if not part.owner or part.key in allowed else _unseen(part) for part in parts)
        return cls(seen, tuple(Redaction(**one) for one in kept["left_out"]))


def _unseen(part: Part) -> Part:
    return replace(part, texts=tuple(LEFT_OUT for _ in part.texts), allowed=False)


@dataclass
class _Pen:
    """Takes out what may not be read, and remembers why."""

    shields: Collection[Shield]
    released: Collection[Class]
    must_not_learn: Mapping[Class, str]
    took_out: set[Redaction] = field(default_factory=set)

    def over(self, text: str) -> str:
        hidden = [
            (one, what) for one, what in self._in(text) if what not in self.released or what in self.must_not_learn
        ]
        self.took_out |= {self.because(what) for _, what in hidden}
        for span in reversed(without_overlap(sorted(one for one, _ in hidden))):
            text = text[: span.start] + LEFT_OUT + text[span.end :]
        return text

    def _in(self, text: str) -> list[tuple[Found, Class]]:
        """Everything shielded in a text, each with its class. What is known to be of one class is not also taken for
        an address of anybody: a placement that is released is read with its street."""
        known = [(one, shield.what) for shield in self.shields for one in known_in(text, [shield.text])]
        shapes = [one for one in shapes_in(text) if not any(one.overlaps(other) for other, _ in known)]
        return known + [(one, OF_SHAPES[one.kind]) for one in shapes]

    def because(self, what: Class) -> Redaction:
        if what in self.must_not_learn:
            return Redaction(what, self.must_not_learn[what])
        return Redaction(what, "Shielded: it is released by two persons, for this recipient, with a reason", True)


def redact(
    parts: Iterable[Part],
    shields: Collection[Shield],
    *,
    released: Collection[Class] = (),
    must_not_learn: Mapping[Class, str] | None = None,
    words: Collection[str] = (),
) -> Shown:
    """The paper as its recipient reads it.

    `released`: classes released for them; `must_not_learn`: {class: why}, which no release overrides; `words`: codes of
    agencies that gave their word for what they keep.
    """
    pen = _Pen(shields, released, must_not_learn or {})
    shown = []
    for part in parts:
        kept_back = _kept_back(part, words)
        if kept_back is not None:
            pen.took_out.add(kept_back)
            shown.append(replace(part, texts=tuple(LEFT_OUT for _ in part.texts)))
        else:
            shown.append(replace(part, texts=tuple(map(pen.over, part.texts))))
    return Shown(tuple(shown), tuple(sorted(pen.took_out)))


def _kept_back(part: Part, words: Collection[str]) -> Redaction | None:
    """Why a whole part is left out; None if it is not."""
    if not part.allowed:
        return Redaction("an entry", "The recipient's own role does not reach it")
    if part.handling == HandlingCode.OPEN or part.owner in words:
        return None
    why = "Its owner allows nothing to be passed on without their word"
    return Redaction("an entry", why, owner=part.owner)
