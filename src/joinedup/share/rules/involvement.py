"""As what a practitioner, or an agency, has to do with a child; each has its beginning and its end."""

WORKS_AS: dict[str, str] = {
    "allocated": "allocated worker",
    "manager": "team manager",
    "iro": "independent reviewing officer",
    "chair": "conference chair",
    "plan": "named in the plan",
    "meeting": "called to a meeting",
    "review": "named for a review",
    "holding": "holds the case for the agency",
    "lock": "locked the case",
}
GLASS = "glass"  # opened it in an emergency: no work of theirs, and over within hours
INVITED_AS = ("plan", "meeting", "review")  # what somebody may be let in as by hand; the rest follows from the case
