"""One child, adult or place from many records.

In comes what a notice says of people and addresses. Each distinct statement by an agency is a *record* with a subject
of its own; records are compared where they share a blocking key, weighed by a model that Splink trained, and grouped
under constraints that no weight overrides: a person's word first, then identifiers, then twins, then the weight. Out
go heads (which subjects are one, set through share), and doubts, which a person settles with a reason and may undo.
The same records in any order of arrival give the same groups.
"""
