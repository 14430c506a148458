"""Numbers that tell of nobody: what is below five is not said, and no sum gives it away."""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5
FEW = f"fewer than {FEWEST}"


@dataclass(frozen=True)
class Counted:
    """A whole and its parts, in words. With a part left unsaid the whole is rounded, so that nobody can subtract."""

    parts: tuple[tuple[str, str], ...]
    whole: str


def said(count: int) -> str:
    """A count, or that it is below five. Source: disclosure control of official statistics (grade U)."""
    return FEW if count < FEWEST else f"{count:,}"


def counted(parts: Mapping[str, int]) -> Counted:
    """Parts of one whole, each above nothing said or left unsaid."""
    total = sum(parts.values())
    shown = tuple((label, said(count)) for label, count in parts.items())
    if total < FEWEST or not any(words == FEW for _, words in shown):
        return Counted(shown, said(total))
    return Counted(shown, f"about {max(FEWEST, round(total / FEWEST) * FEWEST):,}")
