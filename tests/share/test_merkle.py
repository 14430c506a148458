"""Merkle trees: the published values, any leaf proven by its path, and nothing else proven."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.share.rules.merkle import EMPTY, Tree, climbed, leaf, node, path

# The inputs and roots that Certificate Transparency's own implementations are tested with (RFC 6962 trees of 1 to 8).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf(bytes.fromhex(one)) for one in INPUTS]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert Tree(LEAVES[:size]).root().hex() == ROOTS[size - 1]


def test_the_root_over_nothing_is_the_digest_of_nothing() -> None:
    assert Tree().root() == EMPTY == hashlib.sha256(b"").digest()


def leaves(size: int) -> list[bytes]:
    return [leaf(str(n).encode()) for n in range(size)]


@pytest.mark.parametrize("size", [*range(1, 35), 100])
def test_every_leaf_is_proven_by_its_path(size: int) -> None:
    grown = leaves(size)
    assert all(climbed(grown[n], n, size, path(grown, n)) == Tree(grown).root() for n in range(size))


@given(size=st.integers(1, 40), data=st.data())
def test_nothing_else_is_proven_by_it(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-1, size))
    grown = leaves(size)
    beside, root = path(grown, index), Tree(grown).root()
    assert climbed(leaf(b"another"), index, size, beside) != root
    assert climbed(grown[index], index, size, [*beside, root]) != root
    assert climbed(grown[index], index, size, beside[:-1]) != root or size == 1
    if other != index:
        assert climbed(grown[index], other, size, beside) != root


def test_a_node_is_no_leaf() -> None:
    assert node(LEAVES[0], LEAVES[1]) != leaf(LEAVES[0] + LEAVES[1])


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_that_is_not_there_has_no_path(index: int) -> None:
    with pytest.raises(IndexError, match="no leaf"):
        path(leaves(3), index)
