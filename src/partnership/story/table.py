"""The page `docs/rooms/demonstration.md`: what the story must show, on which day, to whom, resting on what."""

from collections.abc import Iterator
from datetime import date

from partnership.agencies import agencies, read_data
from partnership.notices import LONDON
from partnership.story.shapes import Row
from partnership.story.story import FIRST_MONTH, Telling, people, rows, tellings

HEAD = """# The demonstration: Ellensford

Written by `partnership table` from `src/partnership/data/ellensford/`. `tests/stories/test_ellensford.py` loads the
whole demonstration, day after day, and holds it to every row; it holds this page to its source as well.

Ellensford and Westmark do not exist, nor does anybody in them. We know of no place of these names in England; the
postcode areas EL and WK have never been allocated, NHS numbers are of the range 999 that is never issued, telephone
numbers are of the ranges kept for drama, and the van's number (QX17 JKD) begins with a letter that no current number
begins with. No description of harm stands anywhere, only professional categories.

Month 1 is January 2024, month 13 is January 2025, month 30 is June 2026. Three days are bookmarked: {bookmarks}.

## What must be found
Each row can first be said on its day, from the notices sent up to then, if records are linked rightly (Ria's only after
a person settles the doubt of 12 February 2025). Other findings may stand beside it. "Needs the network": the rooms
built so far show its parts, not the finding.
"""

MEANT = """
## Which notices that is
"""

DIFFERS = """
## Where our words differ from the story's
The meaning is one.
"""

WAITS = """
## What waits for rooms that are not built yet
"""

ADDED = """
## What the demonstration adds to the story
- The day and night before each bookmarked day agencies write about other children, a working day's notices, so that a
  desk has on it what a front door has on any morning. None of it adds up to anything.
- The other Jay is a report on the desk of month 13 (“somebody called Jay”), there to be marked wrong; a finding about
  him comes with the network.
- The fictional staff decide at half past four on every working day. The story's own children are left to the visitor
  in the last two days before a bookmarked day.
"""

QUIET = """
## What must not be found
"""

ALL = """
## Every notice of the story
Beside these the agencies write about other children of Ellensford (`--children`, 240 as shipped), by base rates; they
are not part of any row.
"""


def page() -> str:
    """The whole page in Markdown."""
    table, silent = rows()
    bookmarks = "; ".join(
        f"{_says(date.fromisoformat(row['at'][:10]))} ({row['title'].lower()})"
        for row in read_data("ellensford/practitioners.yaml")["bookmarks"]
    )
    lines = [
        HEAD.format(bookmarks=bookmarks),
        _row("month", "day", "child", "found by", "goes to", "what it says", "alone the agencies saw"),
        _row(*["---"] * 7),
        *map(_expected, table),
        MEANT,
        *(f"- Month {row.month}: {', '.join(f'`{key}`' for key in row.because)}." for row in table),
        DIFFERS,
        *(f"- Month {row.month}: {row.differs}" for row in table if row.differs),
        WAITS,
        *(f"- Month {row.month}: {row.waits}" for row in table if row.waits),
        ADDED,
        QUIET,
        *(f"- {people()[one.child].given}: {one.why}{_until(one.until)}." for one in silent),
        ALL,
        _row("month", "sent", "happened", "from", "about", "what", "key"),
        _row(*["---"] * 7),
        *_all(),
    ]
    return "\n".join(lines).rstrip() + "\n"


def month_of(day: date) -> int:
    """Month of the story: 1 is January 2024."""
    return (day.year - FIRST_MONTH.year) * 12 + day.month


def _expected(row: Row) -> str:
    found = f"`{row.pattern}`" if row.pattern else row.finding
    found += " (a question, no finding)" if row.finding == "none yet" else ""
    said = f"{row.says} – shown as: “{row.sentence}”" if row.sentence else row.says
    who = ", ".join(role.replace("-", " ") for role in row.goes_to)
    return _row(row.month, _says(row.on), row.child[:1].upper() + row.child[1:], found, who, said, row.alone)


def _all() -> Iterator[str]:
    keyed = {one.key for one in tellings() if one.key != one.id}
    for one in tellings():
        sent = _sent(one)
        event = one.notice["events"][0]
        what = event["kind"] + (f" ({', '.join(event['concerns'])})" if event["concerns"] else "")
        about = ", ".join(people()[one.mentions[n]].given for n in event["about"])
        key = f"`{one.key}`" if one.key in keyed else ""
        yield _row(
            month_of(sent),
            sent.isoformat(),
            event["happened"]["from"][:10],
            agencies()[one.agency].name,
            about,
            what,
            key,
        )


def _sent(one: Telling) -> date:
    return one.sent.astimezone(LONDON).date()


def _until(day: date | None) -> str:
    return f"; nothing resting on it before {_says(day)}" if day else ""


def _says(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
