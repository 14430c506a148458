"""Papers: what leaves joinedup for a named person, made of blocks, each page saying who it is for.

A room says what a paper holds; `share.release` decides what of it this person may have and calls `as_html`, the only
form so far. Another form (PDF, a document to edit) would be one more function over the same blocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Facts:
    """(label, value) pairs."""

    rows: Sequence[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True)
class Table:
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    kind: str = "table"


@dataclass(frozen=True)
class Note:
    """Set apart: what is not known, what was left out and why."""

    text: str
    kind: str = "note"


Block = Heading | Paragraph | Facts | Table | Note


@dataclass(frozen=True)
class Paper:
    """`reference` heads every page, never a name. `made_at` is said in words: a paper keeps no clock."""

    title: str
    reference: str
    blocks: Sequence[Block]
    recipient: str
    recipient_agency: str
    purpose: str
    made_by: str
    made_at: str
    partnership: str = ""
    simulated: bool = False
    theirs: bool = False  # about its recipient, or made for somebody with a right to it: they do with it as they wish

    @property
    def watermark(self) -> str:
        """Whose copy this is: "For Priya Sandhu, Children's social care, …"; a copy that strays says where from."""
        return (
            f"For {self.recipient}, {self.recipient_agency}, for {self.purpose}. "
            f"Made by {self.made_by}, {self.made_at}. {'It is yours.' if self.theirs else 'Not to be passed on.'}"
        )


def as_html(paper: Paper) -> str:
    """A page of its own for A4, beside the style sheet `face/paper.css`."""
    return render_to_string("face/papers/paper.html", {"paper": paper})
