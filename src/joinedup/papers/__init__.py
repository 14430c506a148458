"""What leaves for a person by name: made of parts, previewed as they will see it, released by people.

In come a child's lines (chronicle), where people live and how to reach them (link), and what a practitioner writes; out
goes a paper for one recipient, with whatever is shielded withheld and the reason said. *Must not learn* is a fact here:
this person must not learn this class of fact until then. What is sensitive is released by two persons, and what its
owner keeps only with the owner's word. The list of papers is the log of what was shared, to be shown to a family.
"""
