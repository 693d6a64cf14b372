"""`/metrics`: numbers for who operates the site, and for nobody else."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from commonwire import env
from commonwire.changes import running
from commonwire.changes.models import Running
from commonwire.delivery.printing import print_stale
from tests.factories import a_post, an_editor

pytestmark = pytest.mark.django_db
TOKEN = "a token of the operator's own"


@pytest.fixture
def read(client, settings):
    """What Prometheus makes of the answer: numbers by name and labels."""
    settings.METRICS = env.LOOPBACK

    def ask():
        answer = client.get("/metrics").content.decode()
        return {
            (
                sample.name.removeprefix("commonwire_"),
                *sample.labels.values(),
            ): sample.value
            for family in text_string_to_metric_families(answer)
            for sample in family.samples
        }

    return ask


def test_posts_are_counted_by_what_became_of_them(read):
    a_post()
    a_post(doubtful=True)
    numbers = read()
    assert [numbers["posts", state] for state in ("listed", "waiting", "hidden")] == [
        *(1, 1, 0)
    ]


def test_publishes_are_counted_on(read):
    a_post()
    before = read()["publishes_total",]
    a_post("A second one")
    assert read()["publishes_total",] == before + 1


def test_what_waits_is_counted_with_its_age(read):
    a_post()
    assert read()["changes_waiting",] > 0
    print_stale()
    numbers = read()
    assert (numbers["changes_waiting",], numbers["changes_oldest_seconds",]) == (0, 0)


def test_workers_are_those_that_were_seen_lately(read):
    long_ago = timezone.now() - timedelta(minutes=2)
    Running.objects.create(name="gone", kind=running.WORKER, seen_at=long_ago)
    running.Heart(running.WORKER).beat()
    assert read()["processes", "worker"] == 1


def test_what_processes_did_is_added_up(read):
    for pages in (2, 3):
        running.did(pages_printed=pages)
        running.Heart(running.WORKER).beat()
    assert read()["pages_printed_total",] == 5


def test_no_metric_says_who(read, client):
    an_editor("ada")
    names = {name for sample in read() for name in sample}
    assert not {name for name in names if re.search("ada|editor|[0-9]{5}", name)}


@pytest.mark.parametrize(
    ("wanted", "asked", "status"),
    [
        ("", {}, 404),
        (env.LOOPBACK, {}, 200),
        (env.LOOPBACK, {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}, 404),
        (env.LOOPBACK, {"REMOTE_ADDR": "198.51.100.7"}, 404),
        (TOKEN, {}, 404),
        (TOKEN, {"HTTP_AUTHORIZATION": "Bearer another"}, 404),
        (TOKEN, {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
    ],
)
def test_only_the_operator_reads_them(wanted, asked, status, client, settings):
    settings.METRICS = wanted
    assert client.get("/metrics", **asked).status_code == status
