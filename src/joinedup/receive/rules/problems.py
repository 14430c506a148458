"""What is not right with a message, said so that its sender can put it right.

A problem names the field, never the value: receipts travel by e-mail and paper, so no name, number or
address may stand in one (law 5). Every problem there is stands in `CATALOGUE`.
"""

from dataclasses import asdict, dataclass

MOST_BYTES = 5 * 1024 * 1024

CATALOGUE: dict[str, tuple[str, str]] = {  # code: (what is wrong, what to do)
    # nothing was kept
    "too-large": (
        "The message is larger than 5 MB, and nothing of it was kept.",
        "Send it in smaller parts. If a child is in danger now, ring 999, then the duty line.",
    ),
    # kept, but not read: a person will look
    "not-text": ("The message is in no encoding that can be read.", "Send it as UTF-8."),
    "not-json": (
        "The message is not well-formed JSON.",
        "Send it again as JSON under the same id. What came was kept, and a person will look.",
    ),
    "not-an-object": (
        "The message is JSON, but not one notice.",
        "Send one object of the form joinedup/notice/1, or a list of them.",
    ),
    "repeated-field": (
        "One field stands twice in one part of the message, so it is not sure which was meant.",
        "Send it again under a new id with each field once.",
    ),
    "too-deep": ("The message is nested too deeply to be read.", "Send it as the published schema shows."),
    "unknown-form": ("The form is not joinedup/notice/1.", "Send the form joinedup/notice/1."),
    "missing": ("The field is missing, and without it the part cannot be read.", "Add it."),
    "wrong-shape": (
        "The field does not have the shape that the form gives it.",
        "See the published schema, /api/v1/notice.schema.json.",
    ),
    "too-long": (
        "The text is longer than the form can take; the whole message was kept.",
        "Send it in parts: at most 20,000 characters in a text, 300 in a short field, 60 in a code.",
    ),
    "nothing-said": (
        "The notice says nothing that happened or worries.",
        "Add at least one event. What worries you, without an event of its own, has the kind `concern`.",
    ),
    "nobody-named": (
        "The notice names nobody.",
        "Add the child as a person. A nickname, an age or what they look like is enough.",
    ),
    "number-twice": (
        "Two persons have one number `n`, or a number is out of range.",
        "Number the persons 1, 2, 3 and so on, and send the notice again under a new id.",
    ),
    "about-nobody": (
        "An event is about a number that no person has.",
        "Use the numbers `n` of the persons, and send the notice again under a new id.",
    ),
    "too-many": (
        "One notice says more than can be brought on at once; the whole message was kept.",
        "Give each child's notice an id of its own: at most 100 persons, and 1,000 events counted once for each child.",
    ),
    "no-table": (
        "The message is no JSON, and no table with the columns of the notice.",
        "See the columns in the notice's manual; `kind` must be one of them.",
    ),
    "broken-row": (
        "A row of this notice could not be read as cells of the table.",
        "Look for a quotation mark too many, or a cell too many, and send the rows again.",
    ),
    "unlike-rows": (
        "Rows of this notice that carry one number say different things in one column.",
        "Give each person and each event a number of its own, and send the rows again.",
    ),
    # read, with something that the sender may want to put right
    "contested": (
        "Another message with other content was received under this id. Both are kept, and a person will choose.",
        "Use a new id for each notice, and `corrects` to replace an earlier one.",
    ),
    "encoding": (
        "The message is not UTF-8; it was read as Windows-1252.",
        "Send UTF-8, so that names are kept whole.",
    ),
    "control-character": (
        "The field held NUL characters; each was replaced by a mark.",
        "Check that nothing is missing, and send a correction if it is.",
    ),
    "unknown-column": (
        "The table has a column that the notice does not have; it was not read.",
        "Put what it says into `words`.",
    ),
    "unknown-field": (
        "There is a field here that the form does not have; it was not read.",
        "Put what it says into `words`, or give it the form's own name.",
    ),
    "not-a-choice": ("The word is not one of the form's; it was read as not known.", "Use one of: {choices}."),
    "left-out": (
        "The field does not have the shape that the form gives it; it was read as not known.",
        "See the published schema, /api/v1/notice.schema.json.",
    ),
    "id-missing": (
        "The notice has no id of its own that can be kept; one was made from its content.",
        "Give each notice an id, so that you can correct it, and send it again safely.",
    ),
    "other-agency": (
        "The notice names another agency than the one that sent it.",
        "It was kept as from the agency that signed in. Send each agency's notices with its own credential.",
    ),
    "corrects-itself": ("The notice says that it corrects itself.", "Give the correction an id of its own."),
    "not-a-time": ("The time of sending is not a date and time.", "Write it as 2026-03-05T09:30:00Z."),
    "sent-ahead": (
        "The time of sending lies in the future.",
        "Check the clock of the sending system. Our own time of receipt is what counts.",
    ),
    "number-missing": (
        "Some persons or events have no number of their own; they were numbered in the order written.",
        "Number them 1, 2, 3 and so on.",
    ),
    "no-child": (
        "The notice names adults, but no child.",
        "If you know which child this is about, send a correction; a nickname is enough.",
    ),
    "name-missing": (
        "Somebody stands in the notice without a name.",
        "Say in `describes` what is known. If you learn the name, send a correction.",
    ),
    "nickname-only": ("Only a nickname is known.", "If you learn the name, send a correction."),
    "born-missing": (
        "A child's date of birth is missing.",
        "If you learn it, or only the year, send a correction. It helps to find the right child.",
    ),
    "born-not-read": (
        "The date of birth could not be read as a date; it was kept as written.",
        "Write it as 2009-05-17, 2009-05 or 2009.",
    ),
    "born-ahead": (
        "The date of birth lies in the future.",
        "For an unborn child this is right. Otherwise look at it again, and send a correction.",
    ),
    "check-digit": (
        "The number does not pass its own check, or stands for no number. It was kept, and is not relied on.",
        "Look at the number again, and send a correction if it was mistyped.",
    ),
    "postcode": (
        "The postcode is not one of the United Kingdom.",
        "Look at it again; if there is none, leave it out.",
    ),
    "unknown-code": (
        "The code is not in the code set; it was read as `other`, and kept as sent.",
        "See the list of codes in the notice's manual.",
    ),
    "unknown-agency": (
        "The agency told is not one of this partnership's agency codes; it was kept as written.",
        "Use the agency's code, as the partnership's list gives it.",
    ),
    "with-nobody": (
        "The event was with a number that no person has; it was left out.",
        "Use the numbers `n` of the persons.",
    ),
    "same-as-nobody": (
        "Somebody is said to be the same as a number that no other person has; this was not followed.",
        "Use the numbers `n` of the persons.",
    ),
    "not-a-count": (
        "The number of times or days is out of range; it was read as not known.",
        "Look at the number again, and send a correction.",
    ),
    "date-not-read": (
        "The date could not be read; it was kept as written.",
        "Write it as 2026-03-05, 2026-03 or 2026, and keep the words in `words`.",
    ),
    "coarse-date": (
        "The date was read as a span of time, or not quite as written.",
        "If you learn the day, or the month, send a correction.",
    ),
    "future-date": (
        "The event lies in the future.",
        "Look at the date again, and send a correction if it was mistyped.",
    ),
}


@dataclass(frozen=True, order=True)
class Problem:
    """`field`: where, such as `events[0].told[1].agency` (empty: the whole message); `says` and `do` are sentences."""

    field: str
    code: str
    says: str
    do: str

    def as_dict(self) -> dict[str, str]:
        """The problem as plain JSON."""
        return asdict(self)


def problem(code: str, field: str = "", *, choices: str = "") -> Problem:
    """The problem of this code at this field. Raises KeyError for a code that is not in the catalogue."""
    says, do = CATALOGUE[code]
    return Problem(field, code, says, do.format(choices=choices))


class Refused(Exception):  # noqa: N818 - the one thing that keeps nothing is said to people as "refused"
    """Nothing was kept, and the door says so with this status: 403, 413, 429 or 503."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.says)
        self.status, self.problem = status, problem
