"""The child's one page in eight blocks (reference/trust.md 3.3), read from every room as the look may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.chronicle import queries as chronicle
from joinedup.link import queries as link
from joinedup.network import queries as network
from joinedup.recognise import queries as recognise
from joinedup.respond import queries as respond
from joinedup.share import queries as share
from joinedup.share.queries import Subject
from joinedup.share.rules import Field, Look


@dataclass(frozen=True)
class Page:
    """Plain values for the template, in the order of the blocks."""

    identity: link.Identity
    workers: tuple[tuple[str, str, str], ...]  # relation, name, agency
    open: list[respond.Open]
    holder: int | None
    findings: list[recognise.FindingView]
    missing: list[str]
    strip: object
    decisions: list[respond.DecisionShown]
    people: list[network.Person]
    to_see: list[str]
