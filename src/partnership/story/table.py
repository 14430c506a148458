"""The page `docs/rooms/demonstration.md`: what the story must show, on which day, to whom, resting on what."""

from collections.abc import Iterator
from datetime import date

from partnership.agencies import agencies, read_data
from partnership.notices import LONDON
from partnership.story.shapes import Row
from partnership.story.story import FIRST_MONTH, Telling, people, rows, tellings

HEAD = """# The demonstration: Ellensford

Written by `partnership table` from `src/partnership/data/ellensford/`; a test holds this page to it.

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
    return _row(row.month, _says(row.on), row.child.capitalize(), found, who, said, row.alone)


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
