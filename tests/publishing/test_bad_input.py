"""Whatever is sent: a clear sentence beside its field, nothing lost, and never a 500."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonwire.publishing.models import Draft, Post
from tests.contributor import a_file, the_post
from tests.factories import a_section, jpeg

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = {"kind": "report", "title": "A vote", "body": "Text.", "byline": "Ana"}
FORM = "application/x-www-form-urlencoded"
LINK = "This is not a web address. Write it like https://example.org/page."


def too_long(length, limit):
    over = length - limit
    plural = "" if over == 1 else "s"
    return (
        f"This has {length} characters; {limit} fit. "
        f"Shorten it by {over} character{plural}."
    )


WRONG = {
    "title": [
        ("", "Give it a title."),
        (" \t ", "Give it a title."),
        ("\u200b\u3164", "Give it a title."),
        ("x" * 201, too_long(201, 200)),
        ("ü" * 300, too_long(300, 200)),
    ],
    "byline": [("x" * 121, too_long(121, 120))],
    "summary": [("x" * 1_001, too_long(1_001, 1_000))],
    "body": [
        ("", "Write a text, or add a picture."),
        ("x" * 60_001, too_long(60_001, 60_000)),
    ],
    "contact": [("x" * 501, too_long(501, 500))],
    "related_url": [
        ("javascript:alert(1)", LINK),
        ("JaVaScRiPt:alert(1)", LINK),
        ("java\tscript:alert(1)", LINK),
        ("data:text/html,<script>alert(1)</script>", LINK),
        ("vbscript:x", LINK),
        ("file:///etc/passwd", LINK),
        ("//", LINK),
        ("not an address", LINK),
        ("https://" + "x" * 2_000 + ".org", None),
    ],
    "kind": [
        ("", "Choose what this is: a report, say, or a press release."),
        ("petition", None),
        ("<b>", None),
    ],
    "language": [("klingon", None), ("<b>", None)],
    "topics": [("none-such", "There is no topic “none-such” here.")],
    "regions": [("none-such", "There is no region “none-such” here.")],
}


@pytest.fixture(autouse=True)
def sections():
    return a_section(), a_section("region", "us", "U.S.")


CASES = [(name, value, said) for name in WRONG for value, said in WRONG[name]]


@pytest.mark.parametrize(("name", "value", "said"), CASES)
def test_a_wrong_value_is_told_beside_its_field(contributor, name, value, said):
    contributor.preview(**{**GOOD, name: value}).send(do="publish", **{name: value})
    assert contributor.status == 422
    assert contributor.page.errors.keys() == {f"id_{name}"}
    assert said in {None, contributor.page.errors[f"id_{name}"]}


@pytest.mark.parametrize(("name", "value", "said"), CASES)
def test_a_wrong_value_costs_nothing_else(contributor, name, value, said):
    contributor.preview(**{**GOOD, name: value}, files=[a_file(jpeg())])
    others = {field: GOOD[field] for field in GOOD if field != name}
    assert {field: contributor.typed[field] for field in others} == others
    contributor.publish(**{**GOOD, name: GOOD.get(name, "")})
    assert len(the_post().pictures) == 1


@pytest.mark.parametrize("name", ["title", "byline", "body", "related_url", "contact"])
def test_a_long_value_comes_back_whole(contributor, name):
    contributor.preview(**{**GOOD, name: "x" * 70_000})
    assert contributor.typed[name] == "x" * 70_000


def test_nothing_at_all_is_told_and_makes_no_draft(contributor):
    contributor.open().send(do="preview")
    assert contributor.status == 422
    assert contributor.page.errors["id_title"] == "Give it a title."
    assert Draft.objects.count() == 0


def test_ten_thousand_topics_are_too_many(contributor):
    topics = [f"topic-{number}" for number in range(10_000)]
    contributor.preview(**GOOD, topics=topics)
    assert contributor.page.errors == {
        "id_topics": "You chose 10000; choose at most 10."
    }
    contributor.publish(topics=["labor"])
    assert the_post().title == "A vote"


def test_the_same_topic_many_times_is_one(contributor, sections):
    contributor.publish(**GOOD, topics=["labor"] * 5)
    assert the_post().sections == [sections[0]]


CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)]))


def test_control_characters_are_taken_out_and_told(contributor):
    contributor.preview(**{**GOOD, "title": f"A{CONTROLS} vote", "body": "Wor\0ds."})
    assert contributor.typed["body"] == "Words."
    (told,) = contributor.notices
    assert told.startswith("Invisible control characters were taken out of the text: ")


@pytest.mark.parametrize("override", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
@pytest.mark.parametrize("name", ["title", "byline", "summary", "body", "contact"])
def test_no_text_turns_the_page_around_it(contributor, name, override):
    contributor.publish(**{**GOOD, name: f"gpj{override}exe"})
    page = contributor.get(the_post().path).page
    opened = sum(page.text.count(mark) for mark in "\u202a\u202b\u202d\u202e")
    isolated = sum(page.text.count(mark) for mark in "\u2066\u2067\u2068")
    assert (opened, isolated) == (0, page.text.count("\u2069"))


# Forms that did not arrive as forms do.


def sent(client, content, kind=FORM, path="/publish/", **headers):
    return client.generic("POST", path, content, kind, **headers)


def multipart(fields, boundary="b", charset=""):
    """A body by hand, so that it can be wrong; names and values are bytes."""
    parts = b"".join(
        b"--%s\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n"
        % (boundary.encode(), b'"' + name + b'"', value)
        for name, value in fields.items()
    )
    kind = f"multipart/form-data; boundary={boundary}{charset}"
    return parts + f"--{boundary}--\r\n".encode(), kind


def test_latin_1_bytes_are_marked_where_they_stood(contributor):
    answer = sent(contributor.client, b"kind=report&title=Grev%E9&body=Text.")
    contributor.get(answer["Location"])
    assert contributor.typed["title"] == "Grev\ufffd"


def test_bytes_that_are_no_letters_are_told_of(contributor):
    answer = sent(contributor.client, b"kind=report&title=Grev%E9&body=Text.")
    page = contributor.client.get(answer["Location"]).content.decode()
    assert "they came in another encoding than UTF-8" in page


def test_latin_1_bytes_in_a_multipart_form_lose_nothing(contributor):
    answer = sent(
        contributor.client, *multipart({b"title": b"Grev\xe9", b"body": b"T"})
    )
    contributor.get(answer["Location"])
    assert (contributor.typed["title"], contributor.typed["body"]) == (
        "Grev\ufffd",
        "T",
    )


def test_names_of_fields_that_are_no_text_do_no_harm(contributor):
    body, kind = multipart({b"\xff\xfe": b"x", b"title": b"A", b"body": b"T"})
    assert sent(contributor.client, body, kind).status_code == 303
    assert sent(contributor.client, b"%FF%FE=x&title=A&body=T").status_code == 303


CHARSETS = ["utf-8", "utf-7", "utf-16", "iso-8859-1", "idna", "punycode", "hex"]
CHARSETS += ["rot13", "none-such", "", "zlib", "unicode_escape"]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("path", ["/publish/", "/key/"])
def test_no_declared_encoding_breaks_a_form(client, charset, path):
    fields = {b"title": b"+2AA-\xff", b"body": b"Text.", b"key": b"+2AA- word"}
    body, kind = multipart(fields, charset=f"; charset={charset}")
    assert sent(client, body, kind, path).status_code in {303, 400, 422}


@pytest.mark.parametrize("charset", CHARSETS)
def test_no_declared_encoding_breaks_a_short_form(client, charset):
    kind = f"{FORM}; charset={charset}"
    assert sent(client, b"title=A%FF&body=T", kind).status_code in {303, 400}


NO_BASE64 = (
    b'--b\r\nContent-Disposition: form-data; name="title"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n"
)
BROKEN = {
    "no boundary": (b"--b\r\n\r\n", "multipart/form-data"),
    "another boundary": (
        multipart({b"title": b"A"})[0],
        "multipart/form-data; boundary=c",
    ),
    "empty boundary": (b"--\r\n\r\n", "multipart/form-data; boundary="),
    "endless boundary": (b"--b", "multipart/form-data; boundary=" + "x" * 5_000),
    "not the end": (
        multipart({b"title": b"A"})[0][:-8],
        "multipart/form-data; boundary=b",
    ),
    "no header": (b"--b\r\nA\r\n--b--", "multipart/form-data; boundary=b"),
    "base64 that is none": (NO_BASE64, "multipart/form-data; boundary=b"),
    "plain text": (b"title=A", "text/plain"),
    "JSON": (b'{"title": "A"}', "application/json"),
    "no type": (b"title=A&body=T", ""),
    "strange type": (b"title=A", "\xff;;;=;charset"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_form_that_is_none_is_told(client, what):
    answer = sent(client, *BROKEN[what])
    assert answer.status_code in {303, 400, 422}
    assert Post.objects.count() == 0


def test_a_form_that_did_not_arrive_whole_is_told_in_words(contributor):
    answer = sent(contributor.client, *BROKEN["no boundary"])
    assert answer.status_code == 400
    assert b"The form did not arrive whole." in answer.content


BIG = 100 * 1024 * 1024


@pytest.mark.slow
def test_a_text_of_100_mb_is_refused_in_words(client):
    answer = sent(client, *multipart({b"title": b"A", b"body": b"x" * BIG}))
    assert answer.status_code == 413
    assert b"texts may have 60,000 characters" in answer.content


@pytest.mark.slow
def test_a_plain_form_of_100_mb_is_refused_in_words(client):
    answer = sent(client, b"title=A&body=" + b"x" * BIG)
    assert answer.status_code == 413
    assert b"texts may have 60,000 characters" in answer.content


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/publish/", "/api/v1/posts"])
def test_a_program_s_100_mb_are_refused(client, path):
    body = b'{"title": "' + b"x" * BIG + b'"}'
    assert sent(client, body, "application/json", path).status_code == 413


@pytest.mark.slow
def test_a_picture_of_100_mb_costs_only_itself(contributor):
    contributor.preview(**GOOD, files=[a_file(b"\xff\xd8\xff" + b"x" * BIG, "big.jpg")])
    (told,) = contributor.notices
    assert told.startswith("“big.jpg”: This file is larger than 40 MB")
    assert contributor.typed["title"] == "A vote"


def test_very_many_fields_are_refused_in_words(client):
    answer = sent(client, "&".join(f"f{n}=" for n in range(20_001)).encode())
    assert answer.status_code == 413
    assert b"more fields or files than this site reads" in answer.content


def test_many_fields_are_read(contributor):
    fields = urlencode([*GOOD.items(), *[(f"f{n}", "") for n in range(15_000)]])
    assert sent(contributor.client, fields.encode()).status_code == 303


@pytest.mark.parametrize("length", ["-1", "x", ""])
def test_a_wrong_length_breaks_nothing(client, length):
    answer = sent(client, b"title=A&body=T", CONTENT_LENGTH=length)
    assert answer.status_code < 500


QUERIES = [
    "?",
    "?%00",
    "?%FF=%FE",
    "?a=" + "x" * 5_000,
    "?&&&==;",
    "?do=publish&title=<b>",
]
PATHS = [
    "/",
    "/publish/",
    "/key/",
    "/publish/no-such-draft/",
    "/wire/",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", PATHS)
def test_a_strange_query_changes_nothing(client, path, query):
    assert client.get(path + query).status_code == client.get(path).status_code
    assert client.get(path).status_code < 500


NOBODYS = ["x", "%00", "%FF", "..", "é" * 200, "x" * 3_000, "a b", "<script>"]


@pytest.mark.parametrize("token", NOBODYS)
def test_what_is_sent_to_nobody_s_draft_is_kept_in_a_new_one(contributor, token):
    contributor.post(f"/publish/{token}/", {**GOOD, "do": "publish"})
    assert {name: contributor.typed[name] for name in GOOD} == GOOD
    assert Post.objects.count() == 0


@pytest.mark.parametrize("token", NOBODYS)
def test_nobody_s_room_is_closed(client, token):
    for path in ("", "1/correct/", "1/correct/1/", "1/withdraw/", "1/add/", "1/add/x/"):
        answer = client.post(f"/key/{token}/{path}", GOOD)
        assert answer.status_code in {403, 404, 405}, path


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
@pytest.mark.parametrize("path", ["/publish/", "/key/", "/publish/x/", "/wire/"])
def test_other_methods_are_refused(client, path, method):
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/publish/", "/key/", "/wire/", "/healthz"])
def test_head_is_get_without_a_body(client, path):
    answer = client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")


# Any dictionary.

NAMES = [*GOOD, "summary", "related_url", "contact", "language", "topics", "key", "do"]
NAMES += ["opened", "homepage", "addendum-0-title", "addendum-999-body", "addendum-x"]
texts = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    [
        "publish",
        "preview",
        "addendum",
        "remove-1",
        "report",
        "https://example.org",
        "\ud800",
    ]
)
forms = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=20), st.lists(texts, max_size=3)
)
HARMLESS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@HARMLESS
@given(form=forms)
def test_no_form_breaks_the_site(client, form):
    body = urlencode(form, doseq=True, errors="surrogatepass").encode()
    answer = sent(client, body)
    assert answer.status_code in {303, 422}
    if answer.status_code == 303:
        draft = answer["Location"].partition("#")[0]
        assert client.get(draft).status_code == 200
        assert sent(client, body + b"&do=publish", path=draft).status_code in {303, 422}


@HARMLESS
@given(body=st.binary(max_size=300))
def test_no_bytes_break_the_site(client, body):
    for kind in (FORM, "multipart/form-data; boundary=b", "application/json"):
        assert sent(client, body, kind).status_code in {303, 400, 422}


@HARMLESS
@given(form=forms)
def test_no_draft_breaks_a_later_form(client, form):
    content = {"title": "A", "body": "T"}
    draft = client.post("/publish/", content)["Location"]
    body = urlencode(form, doseq=True, errors="surrogatepass").encode()
    assert sent(client, body, path=draft).status_code in {303, 422}
    stored = Draft.objects.order_by("-pk").first()
    assert json.dumps(stored.typed, ensure_ascii=False).encode()
