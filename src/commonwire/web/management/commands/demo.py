import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from commonwire.delivery.printing import print_stale
from commonwire.kit.address import absolute
from commonwire.kit.buckets import Network
from commonwire.media import actions as media
from commonwire.media import store
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.publishing import keys, queries
from commonwire.publishing.actions import corrections, featuring, files, sorting
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.actions.publish import publish
from commonwire.publishing.content import (
    AddendumContent,
    Content,
    Facts,
    Placed,
    Revision,
)
from commonwire.publishing.models import Post, Section
from commonwire.publishing.states import Author, SectionKind
from commonwire.web.demo import (
    calls,
    comments,
    decisions,
    events,
    organisations,
    recording,
    stories,
)
from commonwire.web.demo.drawing import PICTURES
from commonwire.web.demo.story import Picture, Story

# One key opens all demo posts, so that the author's room can be tried.
SEED = "the demo's key"
Taken = dict[tuple[str, int], tuple[Attachment, ...]]


class Command(BaseCommand):
    help = "Fill an empty site with a small fictional town's newswire."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("prepare", stdout=self.stdout)
        if Post.objects.exists():
            raise CommandError(
                "this site has posts already; the demo fills empty sites only. Use "
                "another data directory: --data ./demo-data"
            )
        oldest_first = sorted(
            (*stories.STORIES, *events.EVENTS), key=lambda story: -story.hours
        )
        # Before anything is written: what goes wrong here leaves an empty site.
        with TemporaryDirectory() as directory:
            self.taken = _take_all_in(oldest_first, _draw(Path(directory)))
        self._set_up_site()
        decisions.begin()
        self.phrase_hash = keys.hash_of(keys.phrase_for(SEED))
        posts: dict[str, Post] = {}
        for story in tqdm(oldest_first, "Publishing", disable=None, file=sys.stderr):
            posts[story.title] = self._publish(story)
        decisions.decide(posts)
        comments.look_after()
        decisions.report()
        link = organisations.found()
        calls.call_out(
            phrase_hash=self.phrase_hash, sections=tuple(self.sections.values())[:1]
        )
        while print_stale().changes:
            pass
        self.stdout.write(
            f"{len(posts)} posts published. Their key, for /key/:\n"
            f"  {keys.phrase_for(SEED)}\n"
            f"A steward's one-time link, for {organisations.LOCAL}:\n"
            f"  {absolute(link)}"
        )

    def _set_up_site(self) -> None:
        site = queries.the_site()
        site.name, site.tagline = "The Bend Wire", "News from both banks of the Alder"
        site.time_zone, site.languages = "America/Chicago", ["en", "es", "ar"]
        site.class_names = {"unsorted": "Open wire", "local": "Alder Bend"}
        site.about, site.policy = stories.ABOUT, stories.POLICY
        sorting.save_site(site=site)
        self.sections: dict[str, Section] = {}
        for kind, names in (
            (SectionKind.TOPIC, stories.TOPICS),
            (SectionKind.REGION, stories.REGIONS),
        ):
            for position, (slug, name) in enumerate(names):
                section = Section(kind=kind, slug=slug, name=name, position=position)
                self.sections[slug] = sorting.save_section(section=section)

    def _publish(self, story: Story) -> Post:
        now = timezone.now()
        post = publish(
            content=self._content(story),
            facts=Facts(
                network=Network("demo", shared=True),
                now=now,
                honeypot_filled=story.waiting,
                through_form=False,
            ),
            phrase_hash=self.phrase_hash,
            placed=Placed(now - timedelta(hours=story.hours)),
        )
        if story.feature:
            featuring.put_feature(by=None, content=_feature(story, post))
        if story.first_body:
            revision = Revision(fields={"body": story.body}, note=story.note)
            corrections.correct(post=post, revision=revision, by=Author.AUTHOR)
        if story.withdrawn:
            corrections.withdraw(post=post)
        return post

    def _content(self, story: Story) -> Content:
        return Content(
            kind=story.kind,
            own=events.content_of(story.event) if story.event else None,
            title=story.title,
            byline=story.byline,
            summary=story.summary,
            body=story.first_body or story.body,
            language=story.language,
            related_url=story.related_url,
            topics=tuple(self.sections[slug] for slug in story.topics),
            regions=tuple(self.sections[slug] for slug in story.regions),
            attachments=self.taken[story.title, 0],
            addenda=tuple(
                AddendumContent(
                    title=part.title,
                    byline=part.byline,
                    body=part.body,
                    related_url=part.related_url,
                    attachments=self.taken[story.title, number],
                )
                for number, part in enumerate(story.addenda, 1)
            ),
        )


def _draw(directory: Path) -> dict[str, Path]:
    drawn: dict[str, Path] = {}
    for name, draw in tqdm(PICTURES.items(), "Drawing", disable=None, file=sys.stderr):
        drawn[name] = directory / f"{name}.jpg"
        draw(drawn[name])
    drawn |= {name: directory / name for name in ("flood.mp4", "bell.wav", "offer.pdf")}
    recording.walk_along(drawn["library"], drawn["flood.mp4"])
    recording.bell(drawn["bell.wav"])
    recording.letter(stories.OFFER, drawn["offer.pdf"])
    return drawn


def _take_all_in(told: list[Story], drawn: dict[str, Path]) -> Taken:
    """The files of each story, and of each of its parts by number."""
    taken: Taken = {}
    try:
        for story in tqdm(told, "Taking in", disable=None, file=sys.stderr):
            parts = (story.pictures, *(part.pictures for part in story.addenda))
            for number, pictures in enumerate(parts):
                taken[story.title, number] = tuple(
                    _receive(picture, drawn[picture.name]) for picture in pictures
                )
    except Refused as error:
        raise CommandError(
            f"a file of the demo was not made: {error} Nothing was published; run it "
            "again when this machine has less to do"
        ) from error
    return taken


def _receive(picture: Picture, file: Path) -> Attachment:
    """The way that uploads come."""
    path, upload = store.new_upload()
    with upload:
        upload.write(file.read_bytes())
    taken = media.receive(
        upload=path, alt=picture.alt, caption=picture.caption, credit=picture.credit
    )
    return files.make_now(taken)


def _feature(story: Story, post: Post) -> FeatureContent:
    return FeatureContent(
        headline=story.feature,
        blurb=story.summary,
        posts=(post,),
        picture=next(iter(post.pictures), None),
    )
