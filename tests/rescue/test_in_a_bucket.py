"""Export and manifest of a site whose tree is in a bucket."""

import pytest
from django.core.management import call_command

from commonwire.delivery import shelf
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import withdrawing
from commonwire.rescue import exporting
from commonwire.rescue.management.commands import manifest as command
from commonwire.rescue.manifest import keeping
from commonwire.rescue.manifest.verifying import InFolder, verify
from tests.factories import a_post, a_rule, a_steward
from tests.media.files import a_made
from tests.rescue.manifest.trees import key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(bucket, monkeypatch):
    """With a picture, printed; the hundreds of other pages prove nothing here."""
    key()
    for module in (exporting, command):
        monkeypatch.setattr(module, "print_what_is_missing", lambda: None)
    found = a_post("Who was seen", attachments=(a_made("picture"),))
    print_stale()
    shelf.put_noted()
    return found


def laid_out(bucket, folder):
    """What a mirror would have: each object as a file."""
    for name in bucket.keys(""):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bucket.read(name)[0])
    return folder


def parts(bucket):
    names = (name for name in bucket.keys("manifest/") if name.endswith(".json"))
    return {name: bucket.read(name)[0] for name in names}


def test_its_manifest_proves_what_is_in_the_bucket(post, bucket, tmp_path):
    call_command("manifest")
    assert verify(InFolder(laid_out(bucket, tmp_path / "mirror"))).is_good
    listed = b"".join(parts(bucket).values())
    assert b"who-was-seen" in listed
    assert b"original.jpg" in listed


def test_only_what_changed_is_read_again(post, bucket, monkeypatch):
    call_command("manifest")
    asked = []
    a_post("Another")
    print_stale()
    look = bucket.look
    monkeypatch.setattr(bucket, "look", lambda name: asked.append(name) or look(name))
    keeping.renew()
    assert any("another" in name for name in asked)
    assert not any("who-was-seen" in name for name in asked)
    assert b"another" in b"".join(parts(bucket).values())


def test_what_is_taken_away_is_named_no_more(post, bucket, tmp_path):
    call_command("manifest")
    withdrawing.withdraw_for_safety(
        by=a_steward(),
        post=post,
        rule=a_rule("threats"),
        reason="It says who was there.",
    )
    print_stale()
    assert keeping.look()
    assert b"who-was-seen" not in b"".join(parts(bucket).values())
    assert verify(InFolder(laid_out(bucket, tmp_path / "mirror"))).is_good


def test_it_is_exported_and_brought_up_to_date(post, bucket, tmp_path):
    folder = tmp_path / "export"
    call_command("export", str(folder))
    page = folder / post.path[1:] / "index.html"
    picture = next(folder.glob("media/*/original.jpg"))
    before = picture.stat().st_ino
    assert "../../../../media/" in page.read_text()
    call_command("export", str(folder))
    assert picture.stat().st_ino == before
    assert verify(InFolder(folder)).is_good
