"""Signed notes against the standard's and Go's own examples."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.moderation.log import checkpoints
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.notes import (
    BadNote,
    Signer,
    open_note,
    parse_note,
    parse_verifier,
)
from tests.moderation.log.copies import SIGNER

# C2SP signed-note, "Example".
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
TEXT = "This is an example message.\n"
NOTE = f"""{TEXT}
— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
""".encode()
# golang.org/x/mod, sumdb/note/note_test.go (BSD 3-Clause).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
CRYPTOGRAPHY = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCH_LINE = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
BOTH = f"{CRYPTOGRAPHY}\n{PETER_LINE}{ENOCH_LINE}".encode()
# C2SP tlog-checkpoint, its first example.
HEAD = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
""".encode()
# golang.org/x/mod, sumdb/note/note_test.go, TestOpen.
MALFORMED = [
    CRYPTOGRAPHY,
    CRYPTOGRAPHY + "\n",
    f"{CRYPTOGRAPHY}\n{PETER_LINE[:-1]}",
    f"\x01{CRYPTOGRAPHY}\n{PETER_LINE}",
    f"{CRYPTOGRAPHY}\n{PETER_LINE.replace('PeterNeumann', 'Bad Name')}",
    f"{CRYPTOGRAPHY}\n{PETER_LINE}Unexpected line.\n",
    f"{CRYPTOGRAPHY}\n{PETER_LINE * 101}",
]


def peter():
    return Signer("PeterNeumann", base64.b64decode(PETER_SECRET)[1:])


def test_the_standard_s_example_is_signed():
    assert open_note(NOTE, parse_verifier(KEY)) == TEXT


@pytest.mark.parametrize("key", [KEY, PETER, ENOCH])
def test_a_key_is_written_as_it_was_read(key):
    assert str(parse_verifier(key)) == key


def test_our_signature_is_go_s():
    assert str(peter().verifier) == PETER
    assert peter().sign(CRYPTOGRAPHY) == f"{CRYPTOGRAPHY}\n{PETER_LINE}"


@pytest.mark.parametrize("key", [PETER, ENOCH])
def test_a_note_of_two_is_opened_by_either(key):
    assert open_note(BOTH, parse_verifier(key)) == CRYPTOGRAPHY


def test_a_note_of_others_is_refused():
    with pytest.raises(BadNote, match="not signed by the key"):
        open_note(BOTH, parse_verifier(KEY))


@pytest.mark.parametrize("note", MALFORMED)
def test_what_go_calls_malformed_is_refused(note):
    with pytest.raises(BadNote):
        open_note(note.encode(), parse_verifier(PETER))


def test_no_text_is_refused():
    with pytest.raises(BadNote):
        open_note(b"\xff" + BOTH, parse_verifier(PETER))


@pytest.mark.parametrize("at", range(len(KEY)))
def test_a_key_with_a_letter_changed_is_refused(at):
    changed = KEY[:at] + chr(ord(KEY[at]) ^ 1) + KEY[at + 1 :]
    with pytest.raises(BadNote):
        parse_verifier(changed)


# golang.org/x/mod, TestNewVerifier: of a wrong length, and of an unknown kind.
@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "",
    ],
)
def test_go_s_wrong_keys_are_refused(key):
    with pytest.raises(BadNote):
        parse_verifier(key)


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_a_note_with_a_byte_changed_is_refused(at, by):
    changed = NOTE[:at] + bytes([NOTE[at] ^ by]) + NOTE[at + 1 :]
    with pytest.raises(BadNote):
        open_note(changed, parse_verifier(KEY))


def test_the_standard_s_checkpoint_is_read():
    head = checkpoints.read_unverified(HEAD)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert str(head) == HEAD.decode().partition("\n\n")[0] + "\n"
    assert len(parse_note(HEAD)[1]) == 1


def test_a_checkpoint_that_we_sign_is_read():
    head = Checkpoint(SIGNER.name, 12, bytes(range(32)))
    assert checkpoints.read(head.signed(SIGNER), SIGNER.verifier) == head


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n",
        "a\n01\n{root}\n",
        "a\n-1\n{root}\n",
        "a\n1\nAAAA\n",
        "a\n1\nAAA\n",
        "\n1\n{root}\n",
        "a\n1\n{root}\n\nx\n",
        "a\n\u0663\n{root}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    note = SIGNER.sign(text.format(root=root)).encode()
    with pytest.raises(BadNote):
        checkpoints.read(note, SIGNER.verifier)
