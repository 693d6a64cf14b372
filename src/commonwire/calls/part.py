"""Calls as `publishing.parts` asks for them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from commonwire.calls import facts, queries, showing, typed
from commonwire.calls.actions import calling
from commonwire.calls.content import CallContent
from commonwire.calls.models import Call
from commonwire.calls.part_forms import CallForms
from commonwire.calls.readable import NAMES, readable
from commonwire.calls.shapes import CallSent, CallShown
from commonwire.calls.standing import called_off_post
from commonwire.publishing.models import Post
from commonwire.publishing.parts import Part
from commonwire.publishing.reading.release import Reading
from commonwire.publishing.withheld import Withheld, contacts_withheld


class CallPart(Part):
    kind = "call"
    label = _("Call to action")
    stylesheet = "call.css"
    fields_template = "calls/_fields.html"
    head_template = "calls/_head.html"
    page_template = "calls/_call.html"
    sent = CallSent
    shape = CallShown
    description = "When a call is, what it asks and what it demands."
    names = NAMES
    taken: ClassVar = {
        "day": (_("Day"), "id_call-first_day"),
        "from": (_("From"), "id_call-from_time"),
        "until": (_("Until"), "id_call-until_time"),
        "ask": (_("Asks"), "id_call-asks"),
        "demand": (_("Demands"), "id_call-demands"),
        "embargo": (_("End of the embargo"), "id_call-embargo_at"),
        "zone": (_("Zone of that time"), "id_call-embargo_zone"),
        "contacts": (_("Contacts"), "id_call-contacts"),
    }

    def read(self, form: Any) -> dict[str, Any]:
        return typed.read(form)

    def clean(
        self, raw: Mapping[str, Any], *, post: Post | None = None
    ) -> dict[str, Any]:
        stands = self.typed_of(post) if post else {}
        return typed.clean({**stands, **typed.from_program(raw)})

    def from_reading(self, reading: Reading) -> dict[str, Any]:
        return typed.from_reading(reading)

    def forms(
        self,
        typed: Mapping[str, Any] | None,
        *,
        post: Post | None = None,
        wanted: bool = True,
    ) -> CallForms:
        return CallForms(self, typed, post, wanted=wanted)

    def typed_of(self, post: Post) -> dict[str, Any]:
        return showing.typed_of(queries.with_call(post))

    def content_of(self, post: Post) -> CallContent:
        return showing.content_of(queries.with_call(post))

    def shown(self, content: CallContent, post: Post | None = None) -> Any:
        if post is not None:
            return facts.facts_of(queries.with_call(post))
        return facts.facts_of_draft(content, _no_post(content))

    def publish(self, *, post: Post, content: CallContent) -> None:
        post.press_contacts = [vars(each) for each in content.press_contacts]
        post.save(update_fields=["press_contacts"])
        calling.create(post=post, content=content)

    def compare(
        self, *, post: Post, content: CallContent
    ) -> tuple[dict[str, str], dict[str, str]]:
        before, after = readable(self.content_of(post)), readable(content)
        changed = [name for name, told in after.items() if told != before[name]]
        return {n: before[n] for n in changed}, {n: after[n] for n in changed}

    def changes_unseen(self, *, post: Post, content: CallContent) -> bool:
        """Contacts for the press, an embargo, who is asked to issue it, days since."""
        return self.content_of(post) != content

    def withheld(self, *, post: Post, content: CallContent) -> dict[str, Withheld]:  # noqa: ARG002
        words = gettext("Who was taken out is for the press alone from now on.")
        found = contacts_withheld(content.contacts, content.press_contacts, words)
        return {"call.contacts": found} if found else {}

    def correct(self, *, post: Post, content: CallContent) -> None:
        post.press_contacts = [vars(each) for each in content.press_contacts]
        call = calling.change(post=post, content=content, now=timezone.now())
        if content.called_off and not call.called_off_at:
            calling.call_off(call=call, because=content.called_off)

    def withdraw(self, *, post: Post) -> None:
        calling.wipe(post=post)

    def facts_of(self, post: Post) -> dict[str, Any]:
        call = Call.objects.filter(post=post).first()
        return {"translations": _paths(call)} if call else {}

    def gathers(self, *, post: Post) -> bool:
        call = Call.objects.select_related("post").filter(post=post).first()
        return call is not None and call.takes_part()

    def called_off(self, post: Post) -> str:
        return called_off_post(post)

    def api_shown(self, post: Post) -> dict[str, Any]:
        return showing.for_programs(queries.with_call(post))


def _paths(call: Call) -> list[str]:
    """The pages that say that it is their translation: they tell its title."""
    return [each.path for each in facts.translations_of(call)]


def _no_post(content: CallContent) -> Post:
    now = timezone.now()
    return Post(
        kind="call",
        language=get_language() or "en",
        day=content.when.first_day,
        slug="preview",
        published_at=now,
        updated_at=now,
        embargo_until=content.embargo_until,
    )
