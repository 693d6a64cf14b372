"""The desk without scripts: plain pages, plain forms."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from commonwire.moderation.actions import (
    appealing,
    clearing,
    flagging,
    floods,
    heaps,
    placing,
    talking,
    undoing,
    withdrawing,
)
from commonwire.moderation.models import Appeal, Decision, Flag, Presence
from commonwire.moderation.sentences import teller
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.factories import (
    a_comment,
    a_post,
    a_rule,
    a_section,
    a_site,
    an_addendum,
    an_editor,
)
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "It sells pills."


class Desk:
    """An editor's browser, on one page of the desk."""

    def __init__(self, client, editor):
        self.client, self.editor = client, editor

    def open(self, path=""):
        self.answer = self.client.get(f"/desk/{path}")
        assert self.answer.status_code == 200
        self.page = Page(self.answer.content)
        return self

    @property
    def items(self):
        """What lies here, in order."""
        return [
            item["attributes"]["id"] for item in self.page.all("article", class_="item")
        ]

    def act(self, do, *targets, back="/desk/", **fields):
        form = {"do": do, "target": targets, "back": back, **fields}
        self.answer = self.client.post("/desk/act/", form)
        if self.answer.status_code == 422:
            self.page = Page(self.answer.content)
        return self


@pytest.fixture
def ada():
    return an_editor("ada")


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return Desk(client, ada)


def name(row, kind="post"):
    return f"{kind}:{row.pk}"


def links_with(desk, part):
    found = (a["attributes"].get("href", "") for a in desk.page.all("a"))
    return [address for address in found if part in address]


@pytest.fixture
def gone(ada):
    """A post that was withdrawn while a form about it was open."""
    post = a_post()
    rule = a_rule("private-data")
    withdrawing.withdraw_for_safety(by=ada, post=post, rule=rule, reason="An address.")
    return post


@pytest.mark.parametrize("back", ["/desk/", "/desk/?state=flags", "/desk/posts/{}/"])
def test_an_act_on_what_was_withdrawn_meanwhile_is_told_and_keeps_the_reason(
    desk, gone, back
):
    desk.act(
        "hide", name(gone), back=back.format(gone.pk), rule=a_rule().slug, reason=WHY
    )
    assert desk.answer.status_code == 422
    assert "withdrawn" in desk.page.text
    assert WHY in desk.page.text


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("say/", {"text": WHY}),
        ("correct/", {"note": WHY, "body": "Other words."}),
        ("withdraw/", {"reason": WHY, "rule": "spam"}),
    ],
)
def test_other_forms_about_what_was_withdrawn_meanwhile_lose_nothing(
    desk, gone, path, sent
):
    answer = desk.client.post(f"/desk/posts/{gone.pk}/{path}", sent)
    told = Page(answer.content).text
    assert answer.status_code == 422
    assert "This post was withdrawn meanwhile" in told
    assert WHY in told


def test_a_reason_is_kept_when_another_was_faster(desk, ada):
    post = hidden(an_editor("bo")).post
    desk.act("hide", name(post), rule=a_rule().slug, reason="It sells boats.")
    assert desk.answer.status_code == 422
    assert "It sells boats." in desk.page.text


def test_a_section_that_is_gone_is_told(desk):
    desk.act("place", name(a_post()), section=["99999"])
    assert "One of the sections is not there any more." in desk.page.text


def the_same(post):
    post.refresh_from_db()
    return post


def hidden(by, post=None, **fields):
    post = post or a_post()
    return placing.hide(by=by, post=post, rule=a_rule(), reason=WHY, **fields)


# What lies here


def test_the_most_urgent_is_first(desk):
    new, waiting, flagged, sorted_ = a_post(), a_post(doubtful=True), a_post(), a_post()
    placing.classify(by=desk.editor, post=sorted_, wire_class="local")
    flagging.flag(post=flagged, rule=a_rule())
    appeal = appealing.appeal(
        post=hidden(desk.editor).post, by="author", text="Look again."
    )
    assert desk.open().items == [
        f"appeal-{appeal.pk}",
        f"post-{flagged.pk}",
        f"post-{waiting.pk}",
        f"post-{new.pk}",
    ]


def test_the_appeal_that_waits_longest_is_first(desk):
    opened = [
        appealing.appeal(post=hidden(desk.editor).post, by="author", text="Why?")
        for _ in range(2)
    ]
    long_ago = timezone.now() - timedelta(hours=73)
    Appeal.objects.filter(pk=opened[1].pk).update(opened_at=long_ago)
    assert desk.open("appeals/").items == [
        f"appeal-{opened[1].pk}",
        f"appeal-{opened[0].pk}",
    ]
    assert "1 overdue" in desk.page.text


def test_a_waiting_post_says_why(desk):
    a_post(doubtful=True)
    text = desk.open("waiting/").page.text
    assert "Waits: a field that people do not see was filled in" in text


def test_a_heap_of_flags_is_one_item(desk):
    post = a_post()
    for rule in ("false", "not-news", "false"):
        flagging.flag(post=post, rule=a_rule(rule), note=f"It is {rule}.")
    assert desk.open("flags/").items == [f"post-{post.pk}"]
    assert "2 readers: Shown to be false" in desk.page.text
    assert "“It is false.”" in desk.page.text


def test_flags_on_a_comment_show_the_comment(desk):
    post = a_post()
    comment = a_comment(post, body="I know where he lives.")
    flagging.flag(post=post, comment=comment, rule=a_rule("threats"))
    assert desk.open("flags/").items == [f"comment-{comment.pk}"]
    assert "I know where he lives." in desk.page.text


def test_comments_addenda_and_corrections_have_their_queues(desk):
    post = a_post(addenda=(an_addendum("A part"),))
    comment = a_comment(post)
    made = corrections.correct(post=post, revision=Revision({"title": "Better"}))
    assert desk.open("comments/").items == [f"comment-{comment.pk}"]
    part = post.addenda.get(by="author")
    assert desk.open("?state=addenda").items == [f"comment-{part.pk}"]
    assert desk.open("?state=corrections").items == [f"correction-{made.pk}"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=release", ["A strike"]),
        ("?language=es", ["Una huelga"]),
        ("?section=topic/labor", ["A strike"]),
        ("?q=STRIKE", ["A strike"]),
        ("?q=strike%20night", ["A strike"]),
        ("?q=strike%20nothing", []),
        ("?until=2020-01-01", []),
        ("?since=2020-01-01&kind=release", ["A strike"]),
        ("?since=nonsense&section=nonsense&kind=nonsense&state=nonsense&after=nonsense&q=huelga", ["Una huelga"]),
    ],
)  # fmt: skip
def test_filters(desk, query, found):
    a_site(languages=["en", "es"])
    labor = a_section()
    a_post("A strike", kind="release", topics=(labor,), body="On the night lines.")
    a_post("Una huelga", language="es")
    assert desk.open(query).page.said("h3") == found


def test_a_page_leads_to_the_next(desk):
    posts = [a_post() for _ in range(23)]
    first = desk.open("?state=new").items
    more = desk.page.said("p", class_="more")
    (link,) = links_with(desk, "after=")
    second = desk.open(link.removeprefix("/desk/")).items
    assert (len(more), first + second) == (1, [f"post-{p.pk}" for p in posts[::-1]])


def test_a_further_page_leads_back_to_the_first(desk):
    for _ in range(21):
        a_post("Story")
    (link,) = links_with(desk.open("?state=new&q=story"), "after=")
    further = desk.open(link.removeprefix("/desk/"))
    assert "/desk/?q=story&state=new" in links_with(further, "/desk/?")


def test_what_is_written_is_text(desk):
    a_post("<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    assert desk.open().page.runs == []


# Acts


@pytest.mark.parametrize("wire_class", ["local", "global", "other"])
def test_a_post_is_sorted(desk, wire_class):
    post = a_post()
    desk.act(wire_class, name(post))
    assert the_same(post).wire_class == wire_class


def test_one_goes_on_where_one_was(desk):
    first, second = a_post(), a_post()
    item = f"post-{first.pk}"
    desk.act("local", name(second), back="/desk/?state=new&done=4", next=item)
    number = Decision.objects.get().number
    assert (desk.answer.status_code, desk.answer["Location"]) == (
        303,
        f"/desk/?state=new&done={number}#{item}",
    )
    desk.open(f"?state=new&done={number}")
    assert f"ada sorted “{second.title}” into Local" in desk.page.text


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example", "", "/x"])
def test_nobody_is_led_elsewhere(desk, back):
    desk.act("local", name(a_post()), back=back)
    assert desk.answer["Location"].startswith("/desk/?done=")


def test_a_sorted_post_goes_back_to_the_new_ones(desk):
    post = a_post(wire_class="local")
    desk.act("unsorted", name(post))
    assert the_same(post).wire_class == "unsorted"


def test_a_post_is_put_into_sections(desk):
    labor, housing = a_section(), a_section(slug="housing", name="Housing")
    post = a_post(topics=(labor,), wire_class="local")
    desk.act("place", name(post), section=[housing.pk, ""])
    assert (the_same(post).sections, post.wire_class) == ([housing], "local")


def test_a_post_is_hidden_with_a_rule_and_a_reason(desk, client):
    post = a_post("Pills")
    desk.act("hide", name(post), rule=a_rule().slug, reason=WHY)
    assert the_same(post).wire_class == "hidden"
    assert b"Pills" not in client.get("/").content


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reason": WHY}, "rule"),
        ({"rule": "advertising"}, "reason"),
        ({"rule": "no-such-rule", "reason": WHY}, "rule"),
        ({"rule": "advertising", "reason": "Call 612-555-0134"}, "reason"),
    ],
)
def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(desk, fields, wrong):
    a_rule()
    post = a_post()
    desk.act("hide", name(post), **fields)
    assert list(desk.page.errors) == [f"post-{post.pk}-{wrong}"]
    assert fields.get("reason", "") in desk.page.fields["reason"]
    chosen = [o["attributes"]["value"] for o in desk.page.all("option", selected=None)]
    assert fields.get("rule", "") in [*chosen, "no-such-rule"]
    assert the_same(post).listed


def test_what_is_gone_from_the_list_meanwhile_is_still_answered(desk):
    post = a_post()
    hidden(desk.editor, post)
    desk.act("hide", name(post), rule="advertising", reason=WHY)
    assert desk.answer.status_code == 422
    assert "This post is hidden already." in desk.page.text


@pytest.mark.parametrize("target", ["post:999", "post:x", "house:1", "", "post:1e5"])
def test_what_is_not_there_is_said(desk, target):
    desk.act("local", target)
    assert "There is nothing here by the name of" in desk.page.text


@pytest.mark.parametrize("do", ["", "vanish", "withdraw_everything"])
def test_what_no_button_says_is_refused(desk, do):
    desk.act(do, name(a_post()))
    assert "Choose what to do." in desk.page.text


def test_a_post_is_held_and_released(desk):
    post = a_post()
    desk.act("hold", name(post), rule=a_rule().slug, reason="Is that true?")
    assert not the_same(post).listed
    desk.act("release", name(post))
    assert the_same(post).listed


def test_comments_are_closed_and_opened(desk):
    post = a_post()
    desk.act("lock-comments", name(post))
    assert the_same(post).comments_locked
    desk.act("unlock-comments", name(post))
    assert not the_same(post).comments_locked


def test_a_comment_is_hidden_and_brought_back(desk):
    comment = a_comment(a_post())
    target = name(comment, "comment")
    desk.act("hide-comment", target, rule=a_rule().slug, reason=WHY)
    comment.refresh_from_db()
    assert comment.hidden
    desk.act("unhide-comment", target)
    comment.refresh_from_db()
    assert not comment.hidden


def test_who_ticks_a_comment_does_not_sort_its_post(desk):
    post = a_post()
    desk.act("local", name(a_comment(post), "comment"))
    assert the_same(post).wire_class == "unsorted"


def test_flags_that_were_looked_at_leave_the_desk(desk):
    post = a_post()
    flagging.flag(post=post, rule=a_rule(), note="Bad.")
    flagging.flag(post=post, comment=a_comment(post), rule=a_rule())
    desk.act("seen", name(post))
    assert [heap.addendum is None for heap in Flag.objects.filter(seen_at=None)] == [
        False
    ]
    assert not Decision.objects.exists()


def test_what_is_hidden_is_flagged_no_more(desk):
    post = a_post()
    flagging.flag(post=post, rule=a_rule())
    desk.act("hide", name(post), rule=a_rule().slug, reason=WHY)
    assert not Flag.objects.filter(seen_at=None).exists()


def test_another_editor_answers_an_appeal(desk):
    post = hidden(an_editor("bo")).post
    appeal = appealing.appeal(post=post, by="author", text="Why?")
    desk.act("uphold", name(appeal, "appeal"), reason="It is no advert.")
    assert (the_same(post).listed, Appeal.objects.get().upheld) == (True, True)


def test_nobody_answers_an_appeal_against_themselves(desk):
    appeal = appealing.appeal(post=hidden(desk.editor).post, by="author", text="Why?")
    assert desk.open("appeals/").page.all("button", value="uphold") == []
    desk.act("deny", name(appeal, "appeal"), reason="No.")
    assert "Another editor than the one who decided must answer." in desk.page.text


def test_a_second_editor_confirms_a_hiding(desk):
    a_site(hides_lapse=True)
    post = hidden(an_editor("bo")).post
    desk.act("confirm-hide", name(post))
    assert Decision.objects.first().facts == {"confirms": 0}
    desk.act("confirm-hide", name(post))
    assert "This hiding is confirmed already." in desk.page.text


def test_the_last_act_is_taken_back_and_then_the_one_before(desk):
    posts = [a_post(), a_post()]
    for post in posts:
        desk.act("local", name(post))
    for _ in posts:
        page = desk.open().page
        fields = [f["attributes"] for f in page.all("input", name="target")]
        last = [f["value"] for f in fields if f["value"].startswith("decision:")]
        desk.act("undo", last[-1])
    assert [the_same(post).wire_class for post in posts] == ["unsorted"] * 2


def test_what_waited_waits_again_when_its_sorting_is_taken_back(desk):
    post = a_post(doubtful=True)
    desk.act("local", name(post))
    assert the_same(post).listed
    desk.act("undo", f"decision:{Decision.objects.first().number}")
    assert (the_same(post).listed, post.waiting_since is None) == (False, False)


def test_what_waited_waits_again_when_its_hiding_is_taken_back(desk):
    post = a_post(doubtful=True)
    made = hidden(desk.editor, post)
    desk.act("undo", f"decision:{made.number}")
    assert (the_same(post).wire_class, post.listed) == ("unsorted", False)


def test_a_release_is_taken_back(desk):
    post = a_post(doubtful=True)
    made = placing.release(by=desk.editor, post=post)
    desk.act("undo", f"decision:{made.number}")
    assert the_same(post).waiting_since is not None


def test_older_acts_are_taken_back_after_newer_ones(desk):
    post = a_post()
    for wire_class in ("local", "global"):
        desk.act(wire_class, name(post))
    for number in (1, 0):
        desk.act("undo", f"decision:{number}")
    assert the_same(post).wire_class == "unsorted"


# Many at once


def test_many_are_hidden_for_one_reason(desk):
    posts = [a_post() for _ in range(3)]
    targets = [name(post) for post in posts]
    desk.act("hide", *targets, rule=a_rule().slug, reason=WHY, bulk="1")
    made = [(d.act, d.rule.slug, d.reason) for d in Decision.objects.all()]
    assert made == [("hide", "advertising", WHY)] * 3


def test_what_could_not_be_done_with_the_others_is_told(desk):
    posts = [a_post("First"), a_post("Second")]
    hidden(desk.editor, posts[0])
    targets = [name(post) for post in posts]
    desk.act("hide", *targets, rule="advertising", reason=WHY, bulk="1")
    assert not the_same(posts[1]).listed
    said = desk.open().page.said("p", class_="notice")
    assert said == ["Not done with “First”: This post is hidden already."]


def test_many_with_a_fault_stay_ticked(desk):
    targets = [name(a_post()) for _ in range(2)]
    desk.act("hide", *targets, rule=a_rule().slug, reason="", bulk="1")
    assert list(desk.page.errors) == ["bulk-reason"]
    ticked = desk.page.all("input", name="target", form="bulk", checked=None)
    assert {box["attributes"]["value"] for box in ticked} == set(targets)


def test_many_are_taken_back_at_once(desk):
    posts = [a_post(), a_post()]
    desk.act("local", *[name(post) for post in posts], bulk="1")
    desk.act("undo", "decision:0", "decision:1")
    assert [the_same(post).wire_class for post in posts] == ["unsorted"] * 2


def test_no_more_than_a_bound_at_once(desk):
    desk.act("local", *(f"post:{number}" for number in range(1, 202)), bulk="1")
    assert "201 things; 200 can be done in one go." in desk.page.text


def a_flood(*posts):
    """Posts that came in one, on the raw wire."""
    heap = floods.begin(by=None)
    for post in posts:
        type(post).objects.filter(pk=post.pk).update(raw=True, listed=False)
        with transaction.atomic():
            heaps.add_raw(post)
    return heap


def test_a_flood_is_one_heap_that_one_act_clears(desk):
    posts = [a_post() for _ in range(20)]
    heap = a_flood(*posts)
    assert "A heap of 20 posts that nobody has looked at" in desk.open().page.text
    form = {"do": "hide", "rule": a_rule().slug, "reason": WHY}
    desk.client.post(f"/desk/heaps/{heap.pk}/", form)
    assert {the_same(post).wire_class for post in posts} == {"hidden"}
    assert "A heap of" not in desk.open().page.text
    desk.act("undo", f"decision:{Decision.objects.first().number}")
    assert {the_same(post).wire_class for post in posts} == {"unsorted"}


def test_a_heap_shows_what_lies_in_it(desk):
    a_flood(*[a_post(f"Pills {number}") for number in range(20)])
    shown = [f"Pills {number}" for number in (19, 18, 17, 16, 15, 14)]
    assert f"{' '.join(shown)} and 14 more" in desk.open().page.text


def test_a_heap_is_not_cleared_without_a_reason(desk):
    heap = a_flood(*[a_post() for _ in range(20)])
    form = {"do": "hide", "rule": a_rule().slug, "reason": ""}
    page = Page(desk.client.post(f"/desk/heaps/{heap.pk}/", form).content)
    assert list(page.errors) == [f"flood-{heap.pk}-reason"]


def test_the_raw_wire_is_opened_and_closed_by_hand(desk):
    for do, acts in (("flood-on", ["flood-on"]), ("flood-off", ["flood-off"])):
        desk.client.post("/desk/flood/", {"do": do})
        assert [Decision.objects.first().act] == acts
    page = Page(desk.client.post("/desk/flood/", {"do": "flood-off"}).content)
    assert "The raw wire is closed already." in page.text


def test_what_is_raw_is_sorted_from_its_queue(desk):
    post = a_post()
    a_flood(post)
    assert desk.open("?state=raw").items == [f"post-{post.pk}"]
    desk.act("local", name(post))
    assert the_same(post).listed


# Two editors


def test_two_who_decide_at_once_are_both_in_the_log(desk, client):
    bo, post = an_editor("bo"), a_post("Whose is it?")
    stale = type(post).objects.get(pk=post.pk)
    desk.act("local", name(post))
    placing.classify(by=bo, post=stale, wire_class="global")
    log = [(d.number, d.signed_as, d.facts["became"]) for d in Decision.objects.all()]
    assert log == [(1, "bo", "global"), (0, "ada", "local")]
    assert b"Whose is it?" in client.get("/wire/global/").content
    assert b"Whose is it?" not in client.get("/wire/local/").content


def test_who_looks_at_what_is_shown_to_the_others(desk, client):
    post = a_post()
    bo = an_editor("bo")
    Presence.objects.create(editor=bo, post=post)
    assert "bo is looking at this" in desk.open().page.text
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    assert "is looking at this" not in desk.open().page.text


def test_opening_a_post_is_looking_at_it(desk):
    first, second = a_post(), a_post()
    desk.open(f"posts/{first.pk}/").open(f"posts/{second.pk}/")
    assert [row.post for row in Presence.objects.all()] == [second]


def test_a_script_is_told_what_others_do(desk, client):
    post, other = a_post(), a_post()
    bo = an_editor("bo")
    Presence.objects.create(editor=bo, post=other)
    placing.classify(by=bo, post=post, wire_class="local")
    form = {"post": post.pk, "shown": [post.pk, other.pk], "since": ""}
    told = client.post("/desk/looking/", form).json()
    assert told == {
        "looking": {str(other.pk): "bo is looking at this"},
        "decided": {str(post.pk): f"bo sorted “{post.title}” into Local"},
    }
    assert Presence.objects.get(editor=desk.editor).post == post


# A post's page


def test_a_posts_whole_history_is_on_one_page(desk):
    post = a_post("Tursday", contact="Signal: riverfox")
    a_comment(post, body="I was there.")
    bo, why = an_editor("bo"), "Is that true?"
    placing.hold(by=bo, post=post, rule=a_rule("false"), reason=why)
    flagging.flag(post=post, rule=a_rule(), note="An advert.")
    appealing.appeal(post=post, by="author", text="It is no advert.")
    corrections.correct(post=post, revision=Revision({"title": "Thursday"}))
    text = desk.open(f"posts/{post.pk}/").page.text
    for words in (
        "bo held back a post that waits under “ Shown to be false ”",
        "an editor holds it back: Is that true?",
        "riverfox",
        "I was there.",
        "An advert.",
        "It is no advert.",
        "by the author",
    ):
        assert words in text, words


def test_editors_write_to_the_author(desk, client):
    post = a_post()
    path = f"/desk/posts/{post.pk}/say/"
    assert client.post(path, {"text": "Which depot?"}).status_code == 303
    assert "Which depot?" in desk.open(f"posts/{post.pk}/").page.text
    page = Page(client.post(path, {"text": " "}).content)
    assert page.errors == {"line": "Write a message first."}


def test_the_desk_tells_which_authors_wrote_and_were_not_answered(desk, client):
    post = a_post("Night buses")
    talking.say(post=post, text="The depot on the river.")
    assert "Authors wrote to you" in desk.open().page.text
    assert links_with(desk, f"/desk/posts/{post.pk}/#line")

    client.post(f"/desk/posts/{post.pk}/say/", {"text": "Thank you."})
    assert "Authors wrote to you" not in desk.open().page.text


def test_an_error_on_a_posts_page_stays_on_it(desk):
    post = a_post()
    desk.act("hide", name(post), back=f"/desk/posts/{post.pk}/", rule="", reason=WHY)
    assert list(desk.page.errors) == [f"post-{post.pk}-rule"]
    assert desk.page.all("section", id="history")


def test_taking_back_asks_for_the_reason_that_was_taken_out(desk, ada):
    post, rule = a_post(), a_rule("private-data")
    hidden = placing.hide(by=an_editor("bee"), post=post, rule=rule, reason=WHY)
    withdrawing.remove_text(by=ada, of=hidden, rule=rule, reason="It names her.")
    back = undoing.undo(by=ada, decision=hidden)
    form = {"back": f"/desk/posts/{post.pk}/"}
    desk.act("undo", f"decision:{back.number}", **form)
    assert list(desk.page.errors) == [f"decision-{back.number}-reason"]
    desk.act("undo", f"decision:{back.number}", reason="It sells things.", **form)
    assert Decision.objects.first().reason == "It sells things."


def test_a_correction_shows_its_difference_first(desk, client):
    post = a_post("The vote is on Tursday")
    path = f"/desk/posts/{post.pk}/correct/"
    typed = {
        **Page(client.get(path).content).fields,
        "title": "The vote is on Thursday",
    }
    typed["note"] = "The day was misspelt."
    page = Page(client.post(path, {**typed, "do": "preview"}).content)
    assert (page.said("ins"), page.said("del")) == (["Thursday"], ["Tursday"])
    assert the_same(post).title == "The vote is on Tursday"
    assert client.post(path, {**typed, "do": "correct"}).status_code == 303
    assert the_same(post).title == "The vote is on Thursday"
    assert Decision.objects.get().reason == "The day was misspelt."


def test_an_editor_s_old_form_does_not_undo_what_the_author_corrected(desk, client):
    post = a_post("First", body="Text.")
    address = f"/desk/posts/{post.pk}/correct/"
    fields = Page(client.get(address).content).fields
    corrections.correct(post=post, revision=Revision({"title": "Second"}))
    mine = {**fields, "body": "Other.", "note": "Why.", "do": "correct"}
    answer = client.post(address, mine)
    post.refresh_from_db()
    assert (answer.status_code, post.title, post.body) == (422, "Second", "Text.")
    assert "Somebody else saved a change meanwhile" in Page(answer.content).text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "New", "note": ""}, "id_note"),
        ({"title": "", "note": WHY}, "id_title"),
        ({"note": WHY}, "id_body"),
        ({"title": "New", "note": "Call 612-555-0134"}, "id_note"),
    ],
)
def test_a_correction_that_is_wrong_says_where(desk, client, fields, wrong):
    post = a_post("Old")
    path = f"/desk/posts/{post.pk}/correct/"
    typed = {**Page(client.get(path).content).fields, **fields, "do": "correct"}
    answer = client.post(path, typed)
    assert (answer.status_code, list(Page(answer.content).errors)) == (422, [wrong])
    assert the_same(post).title == "Old"


def test_withdrawing_for_safety_is_asked_twice(desk, client):
    post = a_post("Where Joe lives")
    path = f"/desk/posts/{post.pk}/withdraw/"
    form = {"rule": a_rule("private-data").slug, "reason": "It said where one lives."}
    asked = Page(client.post(path, {**form, "do": "ask"}).content)
    assert the_same(post).withdrawn_at is None
    assert "/where-joe-lives/" in client.get(path).content.decode()
    (button,) = asked.all("button", value="withdraw-for-safety")
    client.post(path, {**asked.fields, "do": button["attributes"]["value"]})
    assert (the_same(post).title, post.withdrawn_by) == ("", "editor")
    assert b"Where Joe lives" not in client.get(post.path).content
    assert "joe" in post.path  # the tick was taken out


def test_a_withdrawal_without_a_reason_is_not_even_asked(desk, client):
    post = a_post()
    path = f"/desk/posts/{post.pk}/withdraw/"
    form = {"rule": a_rule().slug, "reason": "", "do": "ask"}
    page = Page(client.post(path, form).content)
    assert list(page.errors) == ["withdraw-reason"]
    assert page.all("button", value="withdraw-for-safety") == []


def test_a_comment_is_withdrawn_alone(desk, client):
    post = a_post()
    comment = a_comment(post, body="He lives at the river.")
    path = f"/desk/posts/{post.pk}/withdraw/{comment.pk}/"
    form = {"rule": a_rule().slug, "reason": "Private.", "do": "withdraw-comment"}
    assert client.post(path, form).status_code == 303
    comment.refresh_from_db()
    assert (comment.body, the_same(post).withdrawn_at) == ("", None)
    told = teller().plain(Decision.objects.get())
    assert told.startswith("ada withdrew for safety a comment on")


def test_an_old_text_is_taken_out(desk):
    post = a_post("He lives at 5 River Road")
    made = corrections.correct(post=post, revision=Revision({"title": "He lives here"}))
    target = name(made, "correction")
    form = {"rule": a_rule("private-data").slug, "back": f"/desk/posts/{post.pk}/"}
    desk.act("redact-correction", target, **form)
    assert list(desk.page.errors) == [f"correction-{made.pk}-reason"]
    desk.act("redact-correction", target, reason="An address.", **form)
    made.refresh_from_db()
    assert (made.redacted, made.before) == (True, {})


def test_a_reason_that_tells_too_much_is_taken_out_of_the_log(desk):
    made = hidden(desk.editor)
    back = f"/desk/posts/{made.post_id}/"
    rule = a_rule("private-data").slug
    desk.act("remove-text", f"decision:{made.number}", rule=rule, back=back)
    assert list(desk.page.errors) == [f"decision-{made.number}-reason"]
    why = {"rule": rule, "reason": "It named somebody."}
    desk.act("remove-text", f"decision:{made.number}", back=back, **why)
    made.refresh_from_db()
    assert (made.reason, made.reason_removed_under.slug) == ("", rule)


def test_a_post_that_is_gone_is_404(desk, client):
    assert client.get("/desk/posts/999/").status_code == 404


def test_a_withdrawn_post_keeps_its_history(desk):
    made = hidden(desk.editor)
    corrections.withdraw(post=made.post)
    assert "ada hid" in desk.open(f"posts/{made.post_id}/").page.text


# What a history offers to take back


def offered(desk, post):
    """The numbers of decisions with such a button."""
    desk.open(f"posts/{post.pk}/")
    texts = [button["text"] for button in desk.page.all("button", value="undo")]
    return [int(text.split()[-1]) for text in texts if text.startswith("Take back")]


def test_what_was_decided_over_cannot_be_taken_back(desk):
    post = a_post()
    first = placing.classify(by=desk.editor, post=post, wire_class="local")
    assert offered(desk, post) == [first.number]
    second = placing.classify(by=desk.editor, post=post, wire_class="global")
    assert offered(desk, post) == [second.number]
    undoing.undo(by=desk.editor, decision=second)
    assert offered(desk, post) == [first.number, first.number + 2][::-1]


def test_a_heap_is_offered_while_something_of_it_is_left(desk, flood):
    made = clearing.clear_heap(
        by=desk.editor, heap=flood, hide=True, rule=a_rule(), reason=WHY
    )
    post = flood.heaped.first().post
    assert offered(desk, post) == [made.number]
    for row in flood.heaped.all():
        placing.unhide(by=desk.editor, post=row.post)
    assert made.number not in offered(desk, post)


# What is no page


@pytest.mark.parametrize(
    "path",
    ["act/", "looking/", "flood/", "heaps/1/", "posts/1/say/", "features/1/move/"],
)
def test_an_address_for_forms_leads_back_to_the_desk(desk, path):
    answer = desk.client.get(f"/desk/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing was done" in Page(answer.content).text
    assert 'href="/desk/"' in answer.content.decode()


def test_a_page_that_takes_no_form_says_so(desk):
    answer = desk.client.post("/desk/")
    assert answer.status_code == 405
    assert "takes no such form" in Page(answer.content).text


# What filters offer


def test_the_languages_are_those_of_the_site_and_of_its_posts(desk):
    a_site(languages=["en", "de"])
    a_post("Una huelga", language="es")
    desk.open("?language=fr")
    values = {o["attributes"]["value"] for o in desk.page.all("option")}
    assert values & {"en", "de", "es", "fr", "it", "pl"} == {"en", "de", "es", "fr"}


# What no button sends


@pytest.mark.parametrize("headers", [{}, {"Desk-Part": "1"}])
@pytest.mark.parametrize("targets", [[], ["post:x", "post:y"], [f"post:{'9' * 30}"]])
def test_an_act_about_nothing_is_told_in_words(desk, headers, targets):
    form = {"do": "hide", "target": targets}
    answer = desk.client.post("/desk/act/", form, headers=headers)
    assert answer.status_code == 422
    assert any(
        words in Page(answer.content).text
        for words in ("Tick something first.", "There is nothing here by the name")
    )
