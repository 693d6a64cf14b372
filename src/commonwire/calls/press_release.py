"""The release of a call: a draft that says what the call says, for its author to change."""

from typing import Any

from django.utils import timezone

from commonwire.calls.facts import CallFacts, facts_of
from commonwire.calls.models import Call
from commonwire.calls.queries import with_call
from commonwire.publishing import patience, typed
from commonwire.publishing.actions import drafts


def draft_release(call: Call) -> str:
    """The token of a draft of a press release."""
    tidied, _removed = typed.clean(_typed(call))
    opened = patience.form_token(timezone.now())
    signs = {"begun": True, "opened": opened}
    _draft, token = drafts.start_draft(typed=tidied, signs=signs)
    return token


def _typed(call: Call) -> dict[str, Any]:
    post = call.post
    facts = facts_of(with_call(post))
    contacts = [{**each, "press_only": ""} for each in call.contacts]
    contacts += [{**each, "press_only": "on"} for each in post.press_contacts]
    release: dict[str, Any] = {
        "kind": "release",
        "status": "immediate",
        "subheadline": facts.when,
        "contacts": contacts,
    }
    return {
        "kind": "release",
        "title": post.title,
        "byline": post.byline or facts.issuer,
        "summary": post.summary,
        "body": _body(facts, post.body),
        "language": post.language,
        "related_url": facts.address,
        "topics": [each.slug for each in post.sections if each.kind == "topic"],
        "regions": [each.slug for each in post.sections if each.kind == "region"],
        "release": release,
    }


def _body(facts: CallFacts, text: str) -> str:
    parts = [facts.called_off, text]
    for name, lines in (
        ("asks", [ask.line for ask in facts.asks]),
        ("demands", [each.line for each in facts.demands]),
    ):
        if lines:
            rows = "\n".join(
                f"{number}. {line}" for number, line in enumerate(lines, 1)
            )
            parts.append(f"### {facts.word(name)}\n\n{rows}")
    if facts.endorsed:
        parts.append(f"{facts.word('endorsed')}: {facts.endorsed_in_full}.")
    return "\n\n".join(part for part in parts if part)
