"""Events as `publishing.parts` asks for them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.calendar import same, showing, typed
from commonwire.calendar.actions import scheduling
from commonwire.calendar.content import PLAIN, EventContent
from commonwire.calendar.forms import EventForms
from commonwire.calendar.models import Event, Occurrence
from commonwire.calendar.shapes import EventSent, EventShown
from commonwire.calendar.states import ACCESS
from commonwire.publishing.content import Content
from commonwire.publishing.models import Post
from commonwire.publishing.parts import Part
from commonwire.publishing.withheld import Withheld


class EventPart(Part):
    kind = "event"
    label = _("Event")
    stylesheet = "calendar.css"
    fields_template = "calendar/_fields.html"
    head_template = "calendar/_when.html"
    page_template = "calendar/_event.html"
    sent = EventSent
    shape = EventShown
    description = "When and where an event is."
    names = {
        "event.when": _("when it is"),
        "event.place": _("place"),
        "event.address": _("address"),
        "event.position": _("position for maps"),
        "event.online_url": _("link to take part online"),
        **{f"event.{name}": words for name, words in ACCESS.items()},
        "event.accessibility": _("more about access"),
        "event.languages": _("languages spoken"),
        "event.price": _("price"),
        "event.contact": _("whom to ask"),
    }

    def read(self, form: Any) -> dict[str, Any]:
        return typed.read(form)

    def clean(
        self, raw: Mapping[str, Any], *, post: Post | None = None
    ) -> dict[str, Any]:
        stands = self.typed_of(post) if post else {}
        return typed.clean({**stands, **typed.from_program(raw)})

    def forms(
        self,
        typed: Mapping[str, Any] | None,
        *,
        post: Post | None = None,
        wanted: bool = True,
    ) -> EventForms:
        return EventForms(self, typed, post, wanted=wanted)

    def typed_of(self, post: Post) -> dict[str, Any]:
        return showing.typed_of(self.content_of(post))

    def content_of(self, post: Post) -> EventContent:
        return EventContent.of(_event(post))

    def shown(self, content: EventContent, post: Post | None = None) -> Any:
        return showing.Shown(content, _event(post) if post else None)

    def like(self, content: Content) -> Post | None:
        own = content.own
        return same.like(content.title, own) if isinstance(own, EventContent) else None

    def publish(self, *, post: Post, content: EventContent) -> None:
        scheduling.publish(post=post, content=content)

    def compare(
        self, *, post: Post, content: EventContent
    ) -> tuple[dict[str, str], dict[str, str]]:
        before = showing.readable(self.content_of(post))
        after = showing.readable(content)
        changed = [name for name, told in after.items() if told != before[name]]
        return {n: before[n] for n in changed}, {n: after[n] for n in changed}

    def changes_unseen(self, *, post: Post, content: EventContent) -> bool:
        stood = self.content_of(post)
        hidden = [name for name in PLAIN if name not in {"rule", "all_day"}]
        return any(getattr(stood, name) != getattr(content, name) for name in hidden)

    def withheld(self, *, post: Post, content: EventContent) -> dict[str, Withheld]:
        """A private address; when it becomes that, with all that it was before."""
        if not content.private_address:
            return {}
        stood = self.content_of(post)
        begins = not stood.private_address
        there = {content.private_address, stood.private_address, stood.address}
        words = gettext("for those who sign up from now on")
        secrets = tuple(sorted(there - {""}))
        return {
            "event.address": Withheld(words, secrets, whole=begins),
            "event.position": Withheld(whole=True),
        }

    def correct(self, *, post: Post, content: EventContent) -> None:
        scheduling.correct(post=post, content=content)

    def withdraw(self, *, post: Post) -> None:
        scheduling.withdraw(post=post)

    def facts_of(self, post: Post) -> dict[str, Any]:
        return {"months": scheduling.months_of(Event(pk=post.pk))}

    def api_shown(self, post: Post) -> dict[str, Any]:
        return showing.for_programs(_event(post))


def _event(post: Post) -> Event:
    dates = Prefetch("occurrences", Occurrence.objects.all())
    found = Event.objects.prefetch_related(dates).get(post=post)
    found.post = post
    return found
