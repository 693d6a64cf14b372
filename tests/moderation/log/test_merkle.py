"""RFC 9162's tree against published vectors and against its own definition."""

import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.moderation.log import merkle
from commonwire.moderation.log.merkle import Disproved

# github.com/transparency-dev/merkle, testonly/constants.go (Apache License 2.0): the
# leaves of the Certificate Transparency reference tree, and its roots from none to all.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 70


def vectors(kind):
    lines = (Path(__file__).parent / "vectors" / "proofs.txt").read_text().splitlines()
    told = [line.split(" ", 2) for line in lines if not line.startswith("#")]
    return [(name, json.loads(text)) for each, name, text in told if each == kind]


def decoded(text):
    return base64.b64decode(text or "")


def definition(entries):
    """RFC 9162, 2.1.1, word for word."""
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + definition(entries[:k]) + definition(entries[k:])).digest()


def tree(entries):
    """Hashes of perfect subtrees, by their level and number."""
    leaves = [merkle.leaf_hash(entry) for entry in entries]

    def hash_at(level, number):
        part = leaves[number << level : number + 1 << level]
        assert len(part) == 1 << level
        return merkle.root_of(part)

    return hash_at


def some(size):
    return [b"entry %d" % number for number in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_reference_tree(size):
    leaves = [merkle.leaf_hash(leaf) for leaf in LEAVES[:size]]
    assert merkle.root_of(leaves).hex() == ROOTS[size]


# github.com/transparency-dev/merkle, rfc6962/rfc6962_test.go
def test_published_hashes_of_a_leaf_and_a_node():
    assert merkle.leaf_hash(b"L123456").hex() == (
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    assert merkle.node_hash(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize(("name", "told"), vectors("inclusion"))
def test_published_proofs_of_inclusion(name, told):
    def verify():
        merkle.verify_inclusion(
            leaf=decoded(told["leafHash"]),
            number=told["leafIdx"],
            size=told["treeSize"],
            proof=[decoded(step) for step in told["proof"] or ()],
            root=decoded(told["root"]),
        )

    if told["wantErr"]:
        with pytest.raises(Disproved):
            verify()
    else:
        verify()


@pytest.mark.parametrize(("name", "told"), vectors("consistency"))
def test_published_proofs_of_consistency(name, told):
    def verify():
        merkle.verify_consistency(
            earlier=told["size1"],
            size=told["size2"],
            earlier_root=decoded(told["root1"]),
            root=decoded(told["root2"]),
            proof=[decoded(step) for step in told["proof"] or ()],
        )

    if told["wantErr"]:
        with pytest.raises(Disproved):
            verify()
    else:
        verify()


def test_there_are_vectors():
    assert (len(vectors("inclusion")), len(vectors("consistency"))) == (98, 98)


@pytest.mark.parametrize("size", range(MOST + 1))
def test_the_root_is_the_definition_s(size):
    entries = some(size)
    assert merkle.subtree_root(tree(entries), 0, size) == definition(entries)
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    assert merkle.root_of(leaves) == definition(entries)


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_entry_is_proved_and_proves_no_other(size):
    entries, root = some(size), definition(some(size))
    for number, entry in enumerate(entries):
        proof = merkle.inclusion_proof(tree(entries), number, size)
        told = {"size": size, "proof": proof, "root": root}
        merkle.verify_inclusion(leaf=merkle.leaf_hash(entry), number=number, **told)
        with pytest.raises(Disproved):
            merkle.verify_inclusion(leaf=merkle.leaf_hash(b"x"), number=number, **told)


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_earlier_tree_is_proved_and_no_other_is(size):
    entries, root = some(size), definition(some(size))
    for earlier in range(1, size + 1):
        told = {
            "earlier": earlier,
            "size": size,
            "root": root,
            "proof": merkle.consistency_proof(tree(entries), earlier, size),
        }
        merkle.verify_consistency(earlier_root=definition(entries[:earlier]), **told)
        with pytest.raises(Disproved):
            merkle.verify_consistency(earlier_root=definition([b"x"]), **told)


@given(size=st.integers(2, MOST), data=st.data())
def test_a_changed_step_proves_nothing(size, data):
    number = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(tree(some(size)), number, size)
    at = data.draw(st.integers(0, len(proof) - 1))
    proof[at] = merkle.leaf_hash(proof[at])
    with pytest.raises(Disproved):
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(some(size)[number]),
            number=number,
            size=size,
            proof=proof,
            root=definition(some(size)),
        )


@pytest.mark.parametrize(("number", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_what_is_not_in_the_tree_has_no_proof(number, size):
    with pytest.raises(ValueError, match="no entry"):
        merkle.inclusion_proof(tree(some(size)), number, size)
