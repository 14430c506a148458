"""What a sender may be told of a message that was stopped: among the very words that any report is answered with."""

OUTCOMES = {
    "no-further-action": "No further action on this report",
    "advice": "Information and advice given",
    "to-worker": "Passed to the child's worker",
    "assessment": "A child and family assessment has begun",
    "strategy-discussion": "Agencies are discussing it together",
}
"""{code of respond's choices: how it reads}; a test holds them equal."""
