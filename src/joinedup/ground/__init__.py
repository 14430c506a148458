"""Plain values and pure kernels that every room stands on; it knows no child, no database and no clock of its own.

In come texts, days and pairs: a date as somebody said it, an identifier as it was typed, a trigger, a weighted pair.
Out come values with a meaning that is the same everywhere: periods with their precision, working days and due times,
checked identifiers, spoken references, groups with their doubts, and the dated editions of codes and clocks in `data/`.
"""
