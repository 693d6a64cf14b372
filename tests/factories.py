"""Posts and what belongs to them, made by the actions that the site itself uses."""

import dataclasses
import itertools
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone

from commonwire.accounts.actions import add_editor
from commonwire.calls.actions import organisations, stewards
from commonwire.kit.buckets import Network
from commonwire.media import actions as media
from commonwire.media import store
from commonwire.moderation.actions import rulebook
from commonwire.moderation.models import Rule
from commonwire.publishing import keys, queries
from commonwire.publishing.actions import comments, featuring, files, sorting
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.actions.publish import publish
from commonwire.publishing.content import AddendumContent, Content, Facts, Placed
from commonwire.publishing.models import Post, Section
from commonwire.publishing.release import Release, ReleaseContent
from tests.accounts.passkeys import SoftPasskey
from tests.media.pictures import encoded, gradient

NOON = datetime(2026, 1, 16, 12, tzinfo=UTC)
HERE = Network("a test", shared=True)
_numbers = itertools.count(1)
RELEASE_FIELDS = {each.name for each in dataclasses.fields(Release)}


def a_post(title="", *, at=None, wire_class="", key="", doubtful=False, **fields):
    """A published post, listed unless it is ``doubtful`` or placed among the hidden."""
    number = next(_numbers)
    fields.setdefault("kind", "report")
    fields.setdefault("body", f"Text {number}.")
    post = publish(
        content=Content(title=title or f"Post {number}", **fields),
        facts=unhurried(doubtful=doubtful),
        phrase_hash=keys.hash_of(key or "key " + "x" * number),
        placed=Placed(published_at=at, wire_class=wire_class),
    )
    return Post.everything.get(pk=post.pk)


def a_release(title="A release", *, until=None, press_contacts=(), **fields):
    """A press release; ``until``: under embargo. What its shape does not know is the
    post's."""
    own = {name: fields.pop(name) for name in list(fields) if name in RELEASE_FIELDS}
    if until:
        own |= {
            "status": "embargoed",
            "embargo": until.isoformat(),
            "embargo_zone": "America/New_York",
        }
    release = Release.of({**own, "for_press": bool(press_contacts)})
    content = ReleaseContent(release, tuple(press_contacts), until)
    number = next(_numbers)
    fields.setdefault("body", f"Text {number}.")
    doubtful, key = fields.pop("doubtful", False), fields.pop("key", "")
    post = publish(
        content=Content(kind="release", title=title, release=content, **fields),
        facts=unhurried(doubtful=doubtful),
        phrase_hash=keys.hash_of(key or "key " + "x" * number),
    )
    return Post.everything.get(pk=post.pk)


def an_addendum(title="A part", **fields):
    return AddendumContent(title=title, **fields)


def a_section(kind="topic", slug="labor", name="Labor"):
    return sorting.save_section(section=Section(kind=kind, slug=slug, name=name))


def a_picture(size=(40, 30), **words):
    """An attachment of nobody's yet."""
    path, file = store.new_upload()
    with file:
        file.write(jpeg(size))
    return files.make_now(media.receive(upload=path, **words))


def jpeg(size=(40, 30)):
    return encoded(gradient(size), "JPEG")


def an_editor(name="ada", *, steward=False):
    """Somebody who has joined under this pseudonym and has set up a passkey."""
    editor = add_editor(name=name, steward=steward)
    editor.pseudonym, editor.joined_at = name, timezone.now()
    editor.save()
    passkey = {"name": "A key", "credential": SoftPasskey().registered()}
    Authenticator.objects.create(user=editor, type="webauthn", data=passkey)
    return editor


def a_steward(name="grace"):
    return an_editor(name, steward=True)


def a_feature(
    *posts, headline="A feature", blurb="Why it matters.", feature=None, **content
):
    pictured = next((picture for post in posts for picture in post.pictures), None)
    content = FeatureContent(
        headline=headline, blurb=blurb, posts=posts, picture=pictured, **content
    )
    return featuring.put_feature(by=None, content=content, feature=feature)


def a_site(**fields):
    """Change what editors say of the site."""
    site = queries.the_site()
    for name, value in fields.items():
        setattr(site, name, value)
    return sorting.save_site(site=site)


def a_rule(slug="advertising"):
    """One of the rules that every site begins with."""
    rulebook.begin()
    return Rule.objects.get(slug=slug)


def a_comment(post, *, doubtful=False, **words):
    """What a reader added to a post."""
    words.setdefault("body", "I was there too.")
    return comments.comment(
        post=post, content=AddendumContent(**words), facts=unhurried(doubtful=doubtful)
    )


def unhurried(*, doubtful=False):
    """How something came that screening lets through, unless it is ``doubtful``."""
    return Facts(
        network=HERE,
        now=timezone.now(),
        honeypot_filled=doubtful,
        through_form=False,
    )


def an_organisation(name="", **told):
    return organisations.make_organisation(
        told=organisations.Told(name or f"Local {next(_numbers)}", **told)
    )


def a_key_to(organisation, label="Press officer"):
    """The phrase of a steward of it."""
    path = stewards.invite_first(by=None, organisation=organisation, label=label)
    return stewards.join(token=path.split("/")[-2]).phrase
