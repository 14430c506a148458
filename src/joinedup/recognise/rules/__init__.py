"""The pattern language: its words, its meaning for one child, its sentences. Plain Python: no database, no clock."""
