"""In a process of its own: what screening thinks of labelled texts, and how long one
draft takes with many posts behind it. Prints JSON.

    COMMONWIRE_DATA=… python -m benchmarks.judged POSTS TEXTS DRAFTS
"""

import gc
import itertools
import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

import altcha  # noqa: E402
from benchmarks.labelled import Labelled, labelled  # noqa: E402
from benchmarks.texts import text  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from commonwire.kit.buckets import Network  # noqa: E402
from commonwire.moderation import classifier, likeness, screening  # noqa: E402
from commonwire.moderation.actions import teaching  # noqa: E402
from commonwire.moderation.models import Fingerprint, ScreeningRule  # noqa: E402
from commonwire.publishing import work  # noqa: E402
from commonwire.publishing.content import Content, Facts  # noqa: E402
from commonwire.publishing.models import Post, SpentNonce  # noqa: E402
from commonwire.publishing.screening import screen  # noqa: E402

CHUNK = 2_000
# Kinds of texts that it has never seen when it is asked about them.
HELD_BACK = {"concert", "essays", "dating"}
LENGTHS = (400, 1_500, 3_000, 3_000, 6_000, 15_000)


def main() -> None:
    posts, texts, drafts = (int(word) for word in sys.argv[1:])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    found = judge(labelled(texts))
    _remember(posts)
    _rules()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA synchronous=FULL")
    print(json.dumps({**found, **measure(drafts)}))


def judge(texts: list[Labelled]) -> dict[str, Any]:
    """Learn from the first half, look at the other."""
    half = len(texts) // 2
    posts = iter(Post.objects.order_by("-pk")[:half])
    with transaction.atomic():
        for known in texts[:half]:
            if known.family in HELD_BACK:
                continue
            post = next(posts)
            post.title, post.summary, post.body = known.title, "", known.body
            post.related_url = ""
            teaching.learn(post=post, is_spam=known.is_spam)
    seen = [(each, classifier.score(_content(each))) for each in texts[half:]]
    held, wrong = Counter(), Counter()
    for each, score in seen:
        held[each.family] += score.is_spam
        wrong[each.is_spam, score.is_spam] += 1
    return {
        "families": [
            (family, is_spam, number, held[family])
            for (family, is_spam), number in sorted(
                Counter((each.family, each.is_spam) for each, _score in seen).items(),
                key=lambda each: (each[0][1], -each[1]),
            )
        ],
        "learnt": sum(each.family not in HELD_BACK for each in texts[:half]),
        "held back": sorted(HELD_BACK),
        "caught": wrong[True, True],
        "missed": wrong[True, False],
        "accused": wrong[False, True],
        "words": next(score.words for each, score in seen if score.is_spam),
    }


def _content(of: Labelled) -> Content:
    return Content(kind="report", title=of.title, body=of.body)


def _remember(posts: int) -> None:
    """Fingerprints of as many texts, all of the last month, no two alike."""
    since = timezone.now() - timedelta(days=29)
    numbers = iter(enumerate(Post.objects.order_by("pk").values_list("pk", flat=True)))
    while chunk := list(itertools.islice(numbers, CHUNK)):
        rows = []
        for place, pk in chunk:
            own = text(10_000_000 + place, 800)
            content = Content("report", own.title, body=own.body)
            signature = likeness.signature(content) or b""
            bands = {f"band_{n}": b for n, b in enumerate(likeness.bands(signature))}
            at = since + timedelta(days=28) * (place / posts)
            rows.append(Fingerprint(post_id=pk, signature=signature, at=at, **bands))
        Fingerprint.objects.bulk_create(rows)


def _rules() -> None:
    """What a site's editors write in a year."""
    for number in range(10):
        lines = (f"phrase{number} {place}" for place in range(40))
        ScreeningRule.objects.create(
            active=True, kind="words", pattern="\n".join(lines)
        )
        sites = (f"site{number}-{place}.example" for place in range(40))
        ScreeningRule.objects.create(
            active=True, kind="domains", pattern="\n".join(sites)
        )
        pattern = rf"(buy|sell){number}\s+(\w+\s+){{0,5}}now"
        ScreeningRule.objects.create(active=True, kind="expression", pattern=pattern)


def measure(drafts: int) -> dict[str, list[float]]:
    """One draft after the other: its proof of work checked and used up, every
    screener, as a publishing does them: in its transaction. Its commit, which is the
    post's, waits for the disk; it is told by itself."""
    work.TRIES = range(1, 3)  # quickly solved; checked like any other
    screening.posts_per_network.capacity = 10 * drafts
    network = Network("a benchmark", shared=False)
    taken, worked, committed = [], [], []
    gc.collect()
    gc.freeze()  # as the web process does when it begins
    for number in range(drafts):
        own = text(20_000_000 + number, LENGTHS[number % len(LENGTHS)])
        content = Content("report", own.title, summary=own.summary, body=own.body)
        payload = _worked()
        facts = Facts(network=network, now=timezone.now(), through_form=False)
        with transaction.atomic():
            start, cpu = time.perf_counter(), time.thread_time()
            fare = work.check(payload)
            doubts = [*work.use(fare), *screen(content, facts)]
            end = time.perf_counter()
            worked.append((time.thread_time() - cpu) * 1e3)
        committed.append((time.perf_counter() - end) * 1e3)
        taken.append((end - start) * 1e3)
        if doubts:
            raise SystemExit(f"an honest draft was doubted: {doubts}")
    if SpentNonce.objects.count() < drafts:
        raise SystemExit("proofs of work were not used up")
    return {"milliseconds": taken, "cpu": worked, "commit": committed}


def _worked() -> str:
    challenge = altcha.Challenge.from_dict(work.challenge())
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


if __name__ == "__main__":
    main()
