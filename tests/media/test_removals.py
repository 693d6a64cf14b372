import pytest
from django.apps import apps

from commonwire.delivery import purging
from commonwire.delivery.serving import Front
from commonwire.delivery.tree import the_tree
from commonwire.env import WrongSetting
from commonwire.media import actions, removals
from tests.media.files import a_made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def published():
    made = a_made("document")
    actions.publish(attachments=[made])
    return made


def test_every_address_that_is_gone_is_told(published, monkeypatch):
    heard = []
    monkeypatch.setattr(removals, "_listeners", lambda: (heard.extend,))
    actions.discard(attachments=[published])
    assert sorted(heard) == [
        f"/media/{published.content_id}/{name}"
        for name in ("320.jpg", "320.webp", "document.pdf")
    ]


def test_nothing_is_told_while_another_post_has_the_same_files(published, monkeypatch):
    actions.publish(attachments=[a_made("document")])
    heard = []
    monkeypatch.setattr(removals, "_listeners", lambda: (heard.extend,))
    actions.discard(attachments=[published])
    assert heard == []


def test_a_listener_that_fails_keeps_nothing(published, monkeypatch):
    def fail(_addresses):
        raise OSError

    monkeypatch.setattr(removals, "_listeners", lambda: (fail,))
    actions.discard(attachments=[published])
    assert not published.__class__.objects.exists()


heard_by_the_hook = []


def hook(addresses):
    heard_by_the_hook.extend(addresses)


def test_the_site_s_own_memory_forgets_and_the_operator_s_hook_is_called(settings):
    settings.PURGE_HOOK = f"{__name__}.hook"
    before = the_tree().pulse.now()
    purging.purge(["/media/a/b.jpg"])
    assert the_tree().pulse.now() != before
    assert "http://testserver/media/a/b.jpg" in heard_by_the_hook


def failing_hook(_addresses):
    raise OSError


def test_a_purge_that_fails_is_tried_again_until_it_is_done(settings):
    settings.PURGE_HOOK = f"{__name__}.failing_hook"
    purging.purge(["/media/late.jpg"])
    purging.try_again()
    settings.PURGE_HOOK = f"{__name__}.hook"
    purging.try_again()
    purging.try_again()
    assert heard_by_the_hook.count("http://testserver/media/late.jpg") == 1


@pytest.mark.parametrize("name", ["nosuch.hook", "hook", "..", "os.sep"])
def test_a_wrong_name_of_the_hook_is_refused_at_the_start(name, settings):
    settings.PURGE_HOOK = name
    with pytest.raises(WrongSetting, match=r"COMMONWIRE_PURGE_HOOK is .*our_cdn.purge"):
        apps.get_app_config("delivery").ready()


def test_a_medium_in_the_front_s_memory_is_gone_at_once(published):
    front = Front(the_tree(), lambda _environ, start: start("404 No", []) or [b"no"])
    path = f"/media/{published.content_id}/320.jpg"

    def ask():
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
        return b"".join(front(environ, lambda *_words: None))

    assert (ask(), ask()) == (b"320.jpg", b"320.jpg")
    actions.discard(attachments=[published])
    assert ask() == b"no"
