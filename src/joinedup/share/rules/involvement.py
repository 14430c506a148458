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
REPORTED = "reported"  # made a notice of it, signed in: they follow what becomes of it, and it is no work of theirs
FOLLOWED = 45  # working days for which they do: the longest that an assessment may take (Working Together 2023)
GLASS = "glass"  # opened it in an emergency: no work of theirs, and over within hours
NO_WORK = (REPORTED, GLASS)
INVITED_AS = ("plan", "meeting", "review")  # what somebody may be let in as by hand; the rest follows from the case
