"""People's rights over what is kept of them: to read it, to say that it is wrong, to have it destroyed in time.

In come a child's lines and what people ask for: themselves, their parents, police and courts. Out go facts: a
correction and the child's own account beside an entry, a bundle of which each line is in or out with its reason, what
became of a request or a complaint by its clock, and the word of two people that a record's time is over. Destroying is
carried out by flow, on that word; a legal hold stops it.
"""
