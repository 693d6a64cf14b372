"""A site with one of everything that an address can name."""

import copy

from django.test import Client
from django.utils import timezone

from commonwire.accounts import actions as accounts
from commonwire.accounts.models import Editor, Invitation
from commonwire.accounts.permissions import Role
from commonwire.moderation.models import Heap, ScreeningRule
from commonwire.publishing import keys
from commonwire.publishing.models import Post
from tests.authorisation.table import Who
from tests.contributor import Contributor, a_file
from tests.factories import (
    a_feature,
    a_post,
    a_rule,
    a_section,
    a_steward,
    an_editor,
    an_organisation,
    jpeg,
)

MADE_UP = "made-up"


def _again(client):
    """Somebody with the same headers and cookies."""
    found = Client()
    found.defaults, found.headers = dict(client.defaults), client.headers
    found.cookies = copy.deepcopy(client.cookies)
    return found


class World:
    def __init__(self):
        self.steward = a_steward("grace")
        self.editor = an_editor("ada")
        self.removed = an_editor("rita")
        self.colleague = an_editor("cora")
        self.secrets = {**self._published(), **self._drafted()}
        self.other_phrase = "one two three four five six"
        self.other_post = a_post("Another author's", key=self.other_phrase)
        self.known = {**self._upload(), **self._pictures(), **self._rows()}
        self.clients = {who: self._client(who) for who in Who}
        accounts.remove_editor(by=self.steward, editor=self.removed)

    def met(self):
        """The same, for a test that changes rows and sends cookies of its own."""
        mine = copy.copy(self)
        mine.post = Post.objects.get(pk=self.post.pk)
        mine.colleague = Editor.objects.get(pk=self.colleague.pk)
        mine.clients = {who: _again(client) for who, client in self.clients.items()}
        return mine

    def names(self, who):
        """What stands for the names in an address, as far as this visitor knows it."""
        mine = {Who.STEWARD: self.steward}.get(who, self.editor)
        secrets = self.secrets
        if who is not Who.AUTHOR:
            secrets = dict.fromkeys(secrets, MADE_UP)
        if who is Who.OTHER_AUTHOR:
            secrets["room"] = keys.room_pass(keys.find(self.other_phrase))
        return {**self.known, **secrets, "passkey": mine.authenticator_set.get().pk}

    def _published(self):
        """A post with an addendum; a key; an addendum that is being written."""
        author = Contributor(Client())
        part = {"addendum-0-title": "A part", "addendum-0-body": "More."}
        author.publish(title="A vote", body="A text.", files=[a_file(jpeg())], **part)
        published = author.where.split("/")[2]
        self.phrase, self.post = author.key, Post.objects.get()
        author.enter().room(self.post, "add").send(do="preview")
        addition = author.where.rstrip("/").rpartition("/")[2]
        room = keys.room_pass(keys.find(self.phrase))
        return {"published": published, "addition": addition, "room": room}

    def _drafted(self):
        self.drafting = Contributor(Client())
        self.drafting.preview(title="Another", body="Text.", files=[a_file(jpeg())])
        return {"draft": self.drafting.where.split("/")[2]}

    def _upload(self):
        """A file of the draft that has begun to come."""
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "9"}
        path = f"/publish/{self.secrets['draft']}/files/"
        answer = self.drafting.client.post(path, headers=headers)
        return {"upload": answer["Location"].rpartition("/")[2]}

    def _pictures(self):
        """Of the post and of the draft; what is shown of each."""
        images = [image["attributes"]["src"] for image in self.drafting.page.all("img")]
        _empty, _publish, token, _pictures, picture, shown = images[0].split("/")
        published = self.post.placements.get().attachment.public_id
        for path in (
            f"/publish/{token}/pictures/{picture}/cover/",
            f"/key/{self.secrets['room']}/{self.post.pk}/files/{published}/",
        ):
            self.drafting.get(path)  # looking for faces makes the sketch
        return {
            "picture": picture,
            "rendition": shown,
            "published_picture": published,
            "sketch": "plain.jpg",
        }

    def _rows(self):
        now = timezone.now()
        path = accounts.invite(by=self.steward, role=Role.EDITOR)
        return {
            "post": self.post.pk,
            "addendum": self.post.addenda.get().pk,
            "invitation": path.split("/")[-2],
            "open_invitation": Invitation.objects.get().pk,
            "colleague": self.colleague.pk,
            "feature": a_feature().pk,
            "rule": a_rule().pk,
            "screening": ScreeningRule.objects.create(pattern="casino").pk,
            "section": a_section().pk,
            "organisation": an_organisation().pk,
            "heap": Heap.objects.create(code="x", began_at=now, last_at=now).pk,
        }

    def _client(self, who):
        headers = {"Tus-Resumable": "1.0.0"}
        if who is Who.AUTHOR:
            headers["Authorization"] = f"Key {self.phrase}"
        if who is Who.OTHER_AUTHOR:
            headers["Authorization"] = f"Key {self.other_phrase}"
        editor = {
            Who.EDITOR: self.editor,
            Who.STEWARD: self.steward,
            Who.REMOVED: self.removed,
        }.get(who)
        if editor is None:
            return Client(headers=headers)
        token = accounts.add_token(name=str(who), editor=editor)
        client = Client(headers={**headers, "Authorization": f"Bearer {token}"})
        client.force_login(editor)
        return client
