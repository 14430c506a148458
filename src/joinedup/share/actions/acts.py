"""`act`: one transaction, the verb, and its audit row last. A change that leaves no row cannot be expressed with it.

    @act
    def agree(*, by: Actor, at: datetime, plan: Plan) -> None:
        ...
        note(plan=str(plan.pk))          # what the row is to say: keys and states, never a name or an address

Verbs within verbs join the outer transaction; their rows are written together at its end, in the order in which the
verbs ended, because the lane of the chain must be held as briefly as can be. A verb that fails takes the whole
transaction with it, unless its caller set a savepoint around it; then its rows go with the savepoint.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from joinedup.share.actions.audit import Line, append
from joinedup.share.rules import ACCOUNT, Actor, Look

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class _Open:
    """The acts of one transaction: those still running, and the lines of those that ended."""

    running: list[dict[str, Any]] = field(default_factory=list)
    lines: list[tuple[Callable[[], None], Line]] = field(default_factory=list)

    def end(self, line: Line) -> None:
        """Keep a line for the end. Its marker lives in Django's list of things to do on commit, which forgets those
        of a savepoint that was rolled back: so does the audit."""

        def marker() -> None:
            """Nothing is done on commit; that the marker is still listed is what counts."""

        transaction.on_commit(marker)
        self.lines.append((marker, line))

    def standing(self) -> list[Line]:
        kept = {id(waiting[1]) for waiting in connection.run_on_commit}
        return [line for marker, line in self.lines if id(marker) in kept]


_open: ContextVar[_Open | None] = ContextVar("acts of this transaction", default=None)


@contextmanager
def acting(name: str, *, by: Actor, at: datetime, silent: bool = False) -> Iterator[None]:
    """Run a block as one act of this name. `silent`: no row of its own inside another act (see `step`)."""
    here = _open.get()
    if here is not None:
        with transaction.atomic(savepoint=False):
            yield from _run(here, name, by, at, silent)
        return
    here = _Open()
    token = _open.set(here)
    try:
        with transaction.atomic():
            yield from _run(here, name, by, at, False)
            append(here.standing())
    finally:
        _open.reset(token)


def _run(here: _Open, name: str, by: Actor, at: datetime, silent: bool) -> Iterator[None]:
    if silent:
        yield
        return
    here.running.append({})
    try:
        yield
    finally:
        what = here.running.pop()
    here.end(Line(at, name, by.by, by.agency, what=what | _account(by)))


def act(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only verb `(*, by: Actor, at: datetime, ...)` an act, named after its room and itself."""
    return _wrapped(verb, silent=False)


def step(verb: Callable[P, R]) -> Callable[P, R]:
    """Like `act`, for what is only ever part of another act (allotting, stirring): a row of its own only when alone."""
    return _wrapped(verb, silent=True)


def _wrapped(verb: Callable[P, R], *, silent: bool) -> Callable[P, R]:
    name = f"{verb.__module__.split('.')[1]}.{verb.__name__.lstrip('_')}"

    @wraps(verb)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        by, at = kwargs["by"], kwargs["at"]
        if not isinstance(by, Actor) or not isinstance(at, datetime) or at.tzinfo is None:
            raise TypeError(f"{name} needs by=Actor and at=aware datetime")
        with acting(name, by=by, at=at, silent=silent):
            return verb(*args, **kwargs)

    done.act = name  # type: ignore[attr-defined]  # the law tests read it
    return done


def _account(by: Actor) -> dict[str, int]:
    """Whose account it was, if a person's: their e-mail address may change, and be somebody else's later."""
    return {ACCOUNT: by.practitioner_id} if by.practitioner_id is not None else {}


def note(**what: Any) -> None:
    """Say on the row of the innermost act what it did: keys, references, states, counts; plain JSON values."""
    here = _open.get()
    if here is None or not here.running:
        raise RuntimeError("note() belongs inside an act")
    here.running[-1].update(what)


def record(*, by: Actor, at: datetime, act: str, what: Mapping[str, Any], look: Look | None = None) -> None:
    """Write one audit row: at the end of the act that is running, or at once in a short transaction of its own.

    With a `look` the row also keeps its purpose, its reason and the subjects that it released, and the child's page can
    show who looked.
    """
    said = {**what, **_account(by)}
    line = Line(at, act, by.by, by.agency, what=said)
    if look is not None:
        subjects = sorted(look.subjects)
        said |= {"subjects": subjects}
        line = Line(at, act, by.by, by.agency, look.purpose, look.reason, said, subjects)
    here = _open.get()
    if here is not None:
        here.end(line)
        return
    with transaction.atomic():
        append([line])
