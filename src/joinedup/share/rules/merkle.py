"""Merkle trees as Certificate Transparency draws them (RFC 6962, section 2.1): one digest over many leaves.

Leaves and nodes are told apart by a first byte, so that no node passes for a leaf. From a leaf, its place and the
hashes beside its way up, anybody can reach the root without seeing another leaf. Hashes are 32 bytes, SHA-256.
"""

import hashlib
from collections.abc import Iterable, Sequence

LEAF, NODE = b"\x00", b"\x01"
EMPTY = hashlib.sha256().digest()  # the root over no leaves


def leaf(data: bytes) -> bytes:
    """The hash that stands for one leaf's data."""
    return hashlib.sha256(LEAF + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two neighbours."""
    return hashlib.sha256(NODE + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and keeps only its complete subtrees: log2(n) hashes for n leaves."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._whole: list[bytes] = []  # roots of complete subtrees, the largest first
        for one in leaves:
            self.add(one)

    def add(self, one: bytes) -> None:
        """Append the hash of a leaf."""
        self.size += 1
        rest = self.size
        while rest % 2 == 0:  # a subtree is complete as often as the size has a factor of two
            one, rest = node(self._whole.pop(), one), rest // 2
        self._whole.append(one)

    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self._whole:
            return EMPTY
        *larger, top = self._whole
        for one in reversed(larger):
            top = node(one, top)
        return top


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes beside the way from leaf `index` (from 0) up to the root, lowest first. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    half = _left(len(leaves))
    if index < half:
        return [*path(leaves[:half], index), Tree(leaves[half:]).root()]
    return [*path(leaves[half:], index - half), Tree(leaves[:half]).root()]


def climbed(one: bytes, index: int, size: int, beside: Sequence[bytes]) -> bytes | None:
    """The root that leaf hash `one` at `index` of `size` leads to by `path`; None if the path is not as long."""
    if not 0 <= index < size or (size == 1) != (not beside):
        return None
    if size == 1:
        return one
    half, (*lower, last) = _left(size), beside
    if index < half:
        below = climbed(one, index, half, lower)
        return below and node(below, last)
    below = climbed(one, index - half, size - half, lower)
    return below and node(last, below)


def _left(size: int) -> int:
    """How many leaves the left side of a tree has: the largest power of two below its size."""
    return 1 << (size - 1).bit_length() - 1
