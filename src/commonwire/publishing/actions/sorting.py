"""What editors do to a post's place. The desk will write a public decision with each of
these; until it exists they are called from Django's admin."""

from django.db import transaction

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit import markup
from commonwire.kit.typed_text import clean_line
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Feature, FeatureLink, Post, Section, Site
from commonwire.publishing.states import WireClass


@transaction.atomic
def sort(*, by: Editor, post: Post, wire_class: str) -> Post:
    """Put a post in a class; `hidden` takes it from every listing."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    before = post.wire_class
    post.wire_class = WireClass(wire_class)
    # Whoever sorts it has taken it out of the flood.
    post.raw = post.raw and post.wire_class == WireClass.HIDDEN
    post.relist()
    post.save()
    facts = facts_of(post)
    record(kind="post.sorted", post_id=post.pk, was=before, editor=by.pk, **facts)
    return post


@transaction.atomic
def release(*, by: Editor, post: Post) -> Post:
    """List a post that screening kept waiting."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    post.waiting_since = None
    post.waiting_because = []
    post.raw = False
    post.relist()
    post.save()
    record(kind="post.released", post_id=post.pk, editor=by.pk, **facts_of(post))
    return post


@transaction.atomic
def save_feature(*, by: Editor, feature: Feature) -> Feature:
    feature.editor = feature.editor or by
    feature.headline = clean_line(feature.headline).text
    feature.blurb_html = markup.render(feature.blurb)
    feature.save()
    record(kind="feature.saved")
    return feature


@transaction.atomic
def feature(
    *, by: Editor | None, headline: str, blurb: str, posts: list[Post]
) -> Feature:
    """Put an item on the front page, with the first picture of its posts."""
    pictured = next((picture for post in posts for picture in post.pictures), None)
    made = Feature.objects.create(
        headline=clean_line(headline).text,
        blurb=blurb,
        blurb_html=markup.render(blurb),
        picture=pictured,
        editor=by,
    )
    FeatureLink.objects.bulk_create(
        FeatureLink(feature=made, post=post, position=number)
        for number, post in enumerate(posts)
    )
    record(kind="feature.saved")
    return made


@transaction.atomic
def save_site(*, site: Site) -> Site:
    """Anything on every page may be different: all are stale."""
    site.name, site.tagline = clean_line(site.name).text, clean_line(site.tagline).text
    site.save()
    record(kind="site.changed")
    return site


@transaction.atomic
def save_section(*, section: Section) -> Section:
    section.name = clean_line(section.name).text
    section.save()
    record(kind="site.changed")
    return section
