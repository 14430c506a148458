"""Plain rules of the chronology: lines, entries from notices, happenings, who knew, swim-lanes. No Django, no clock."""
