"""What people do about it, and by when.

In come findings (recognise) and entries that express a concern (chronicle); out goes the desk: what stands open about
which child, by which clock, and to whom it belongs. A person's decision is a fact that lists the entries it saw;
everything else here (contacts, what is open, what is due) is derived from entries, findings and decisions, and can be
derived again from nothing.
"""
