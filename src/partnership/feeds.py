"""Message files: `feeds/<agency>/<date sent>.jsonl`. A file is in order of time sent; its date is by English clocks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from partnership.notices import LONDON, Json, line


def day_sent(notice: Json) -> date:
    return datetime.fromisoformat(notice["sent"]).astimezone(LONDON).date()


@dataclass
class Feeds:
    """Writes lines beside each other, a part of the population at a time: memory holds one part only."""

    folder: Path
    _parts: int = 0
    _seen: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        for left in self.folder.glob("*/????-??-??.jsonl"):  # of an earlier run into the same folder
            left.unlink()

    def write(self, lines: Iterable[tuple[str, date, str]]) -> None:
        """Add (agency, day sent, line) of one part, each day's lines in order of text, which is order of time sent."""
        by_file: dict[tuple[str, date], list[str]] = defaultdict(list)
        for agency, day, text in lines:
            by_file[agency, day].append(text)
        for agency, day in sorted(by_file):
            self._append(self.folder / agency / f"{day.isoformat()}.jsonl", sorted(by_file[agency, day]))
        self._parts += 1

    def _append(self, path: Path, lines: list[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if path in self._seen else "w", encoding="utf-8", newline="\n") as file:
            file.writelines(text + "\n" for text in lines)
        self._seen.add(path)

    def close(self) -> int:
        """Put files that several parts wrote in order. Gives the number of files."""
        for path in sorted(self._seen) if self._parts > 1 else ():
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join(sorted(lines)), encoding="utf-8", newline="\n")
        return len(self._seen)


def filed(notice: Json) -> tuple[str, date, str]:
    """A notice as `Feeds.write` takes it."""
    return str(notice["agency"]), day_sent(notice), line(notice)
