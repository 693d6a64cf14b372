"""The Merkle tree of RFC 9162, section 2.1: hashes, proofs, and their verification."""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256().digest()
# The hash of the perfect subtree of 2**level entries whose number among those is given.
HashAt = Callable[[int, int], bytes]


class Disproved(Exception):
    """A proof does not prove what it is said to."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over hashes of equal subtrees, the last of which may stand alone."""
    if not hashes:
        return EMPTY_ROOT
    row = list(hashes)
    while len(row) > 1:
        odd = [row[-1]] if len(row) % 2 else []
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return row[0]


def subtree_root(hash_at: HashAt, first: int, after: int) -> bytes:
    """The root over the entries from ``first`` to before ``after``; as in all splits of
    the tree, ``first`` is a multiple of the largest power of two that fits."""
    count = after - first
    if count == 0:
        return EMPTY_ROOT
    if count & (count - 1) == 0:
        return hash_at(count.bit_length() - 1, first // count)
    middle = first + _split(count)
    return node_hash(
        subtree_root(hash_at, first, middle), subtree_root(hash_at, middle, after)
    )


def inclusion_proof(hash_at: HashAt, number: int, size: int) -> list[bytes]:
    """What leads from an entry's hash to the root of the tree of that size."""
    if not 0 <= number < size:
        raise ValueError(f"a tree of {size} has no entry {number}")
    first, after, proof = 0, size, []
    while after - first > 1:
        middle = first + _split(after - first)
        if number < middle:
            proof.append(subtree_root(hash_at, middle, after))
            after = middle
        else:
            proof.append(subtree_root(hash_at, first, middle))
            first = middle
    return proof[::-1]


def consistency_proof(hash_at: HashAt, earlier: int, size: int) -> list[bytes]:
    """What shows that the first ``earlier`` entries are those of the earlier tree."""
    if not 0 <= earlier <= size:
        raise ValueError(f"a tree of {size} was never one of {earlier}")
    if earlier in {0, size}:
        return []
    first, after, proof = 0, size, []
    while after != earlier:
        middle = first + _split(after - first)
        if earlier <= middle:
            proof.append(subtree_root(hash_at, middle, after))
            after = middle
        else:
            proof.append(subtree_root(hash_at, first, middle))
            first = middle
    if first:  # else it is the earlier root, which is known
        proof.append(subtree_root(hash_at, first, after))
    return proof[::-1]


def verify_inclusion(
    *, leaf: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """RFC 9162, 2.1.3.2; raises Disproved."""
    if not 0 <= number < size or len(leaf) != HASH_SIZE:
        raise Disproved(f"a tree of {size} has no entry {number}")
    left, last, found = number, size - 1, leaf
    for step in proof:
        if last == 0:
            raise Disproved("the proof is too long")
        if left % 2 or left == last:
            found = node_hash(step, found)
            while left % 2 == 0 and left:
                left, last = left >> 1, last >> 1
        else:
            found = node_hash(found, step)
        left, last = left >> 1, last >> 1
    if last or found != root:
        raise Disproved(f"entry {number} is not under this root")


def verify_consistency(
    *,
    earlier: int,
    size: int,
    earlier_root: bytes,
    root: bytes,
    proof: Sequence[bytes],
) -> None:
    """RFC 9162, 2.1.4.2; raises Disproved. Every tree follows the one of no entries, so
    that there is no proof of it."""
    if not 0 < earlier <= size:
        raise Disproved(f"nothing proves that {size} entries follow {earlier}")
    if earlier == size:
        if proof or earlier_root != root:
            raise Disproved("the roots differ")
        return
    steps = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not steps:
        raise Disproved("the proof is empty")
    _follow(steps, earlier, size, earlier_root, root)


def _follow(
    steps: list[bytes], earlier: int, size: int, earlier_root: bytes, root: bytes
) -> None:
    left, last = earlier - 1, size - 1
    while left % 2:
        left, last = left >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise Disproved("the proof is too long")
        if left % 2 or left == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while left % 2 == 0 and left:
                left, last = left >> 1, last >> 1
        else:
            after = node_hash(after, step)
        left, last = left >> 1, last >> 1
    if last or before != earlier_root or after != root:
        raise Disproved(f"the first {earlier} entries are others than they were")


def _split(count: int) -> int:
    """The largest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1
