"""What editors decide teaches the classifier; what they take back is unlearnt."""

from django.db import transaction
from django.db.models import F

from commonwire.changes import locks
from commonwire.moderation import classifier
from commonwire.moderation.models import Lesson, SignCount
from commonwire.publishing.models import Post

_CHUNK = 200


@transaction.atomic
def learn(*, post: Post, is_spam: bool) -> None:
    """Count a post's signs as those of spam, or of what is fine; what was learnt of it
    before is taken back."""
    before = Lesson.objects.filter(post=post).first()
    if before is not None:
        if before.is_spam == is_spam:
            return
        _count(before.signs, is_spam=before.is_spam, by=-1)
        before.delete()
    texts = [post.title, post.summary, post.body, post.related_url]
    for part in post.own_addenda:
        texts += [part.title, part.body, part.related_url]
    signs = list(classifier.signs([text for text in texts if text]))
    Lesson.objects.create(post=post, is_spam=is_spam, signs=signs)
    _count(signs, is_spam=is_spam, by=1)


@transaction.atomic
def unlearn(*, post: Post) -> None:
    lesson = Lesson.objects.filter(post=post).first()
    if lesson is not None:
        _count(lesson.signs, is_spam=lesson.is_spam, by=-1)
        lesson.delete()


def _count(signs: list[int], *, is_spam: bool, by: int) -> None:
    name = "spam" if is_spam else "fine"
    signs = [classifier.ALL, *signs]
    # One at a time: two who count the same signs in another order would wait for
    # each other.
    locks.take_turns("lessons")
    for place in range(0, len(signs), _CHUNK):
        chunk = signs[place : place + _CHUNK]
        SignCount.objects.bulk_create(
            [SignCount(sign=sign) for sign in chunk], ignore_conflicts=True
        )
        known = SignCount.objects.filter(sign__in=chunk)
        if by < 0:  # a count below nothing would be refused
            known = known.filter(**{f"{name}__gt": 0})
        known.update(**{name: F(name) + by})
