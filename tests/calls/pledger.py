"""Somebody who pledges, without scripts and cookies."""

import re
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

from commonwire.calls.models import Pledge
from commonwire.mail.sending import send_due
from commonwire.publishing import patience


class Pledger:
    def __init__(self, call, client=None):
        self.call = call
        self.client = client or Client()
        self.form = f"/pledge/{call.post_id}/"

    def pledge(self, *asks, opened="", **fields):
        """Fill the form in, having read it for a minute."""
        numbers = [ask.pk for ask in asks or self.call.asks.all()[:1]]
        data = {"opened": opened or self.opened(), "asks": numbers, **fields}
        self.reply = self.client.post(self.form, data)
        if self.reply.status_code == 303:
            self.own = self.reply["Location"]
            self.row = Pledge.objects.order_by("pk").last()
        return self

    def opened(self, **ago):
        then = timezone.now() - timedelta(**ago or {"minutes": 1})
        return patience.form_token(then)

    @property
    def words(self):
        return self.reply.content.decode()

    def confirm(self):
        send_due(timezone.now())
        link = re.search(r"/confirm/\w+/", mail.outbox[-1].body)[0]
        self.reply = self.client.post(link)
        return self

    def press(self, do, **fields):
        self.reply = self.client.post(self.own, {"do": do, **fields})
        return self
