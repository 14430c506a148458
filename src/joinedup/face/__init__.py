"""How things look. In: what a room has read, as plain values, and the look it was read for. Out: a page, a paper or a
problem, in the field's words, readable on a phone, by keyboard, by a screen reader, in print and without JavaScript.
Face knows no child and asks nothing: whose name stands in the header comes through a frame that `web` provides."""

from joinedup.face.answers import problem, render
from joinedup.face.frames import Frame

__all__ = ["Frame", "problem", "render"]
