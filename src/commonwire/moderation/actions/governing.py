"""What stewards change of the site itself: settings, sections and pages. Each is a
decision, and the words that pages had before are kept."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.kit import seen as seen_marks
from commonwire.kit.typed_text import clean_text
from commonwire.moderation import discretion
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.models import Decision, PageVersion
from commonwire.moderation.sentences import setting_name
from commonwire.moderation.states import Act
from commonwire.publishing.actions import sorting
from commonwire.publishing.models import Section, Site
from commonwire.publishing.queries import the_site

_FROM_LISTS = {"time_zone", "languages"}
# Their words have forms of their own.
_OF_PAGES = {"about", "policy", "privacy"}


def mark_of_settings(site: Site) -> str:
    """What the form of the settings shows."""
    fields = Site._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    names = [field.name for field in fields if field.name not in _OF_PAGES]
    return seen_marks.mark_of(*(getattr(site, name) for name in names))


def mark_of_section(section: Section) -> str:
    return seen_marks.mark_of(section.name, section.position)


def mark_of_page(site: Site, name: str) -> str:
    return seen_marks.mark_of(getattr(site, name))


@transaction.atomic
def save_settings(
    *, by: Editor, site: Site, changed: list[str], seen: str = ""
) -> Decision | None:
    """Keep the site's settings; None when nothing is different. ``seen``: the mark of
    what the form showed when it was opened; raises Overtaken when it is another now."""
    if not changed:
        return None
    before = Site.objects.select_for_update().get(pk=site.pk)
    seen_marks.check(seen, mark_of_settings(before))
    for name in _OF_PAGES:
        setattr(site, name, getattr(before, name))
    sorting.save_site(site=site)
    facts: dict[str, Any] = {"fields": sorted(changed)}
    if became := _values(site, changed):
        facts["settings_were"] = _values(before, changed)
        facts["settings_became"] = became
    changes = [_change(before, site, name) for name in facts["fields"]]
    told = "\n".join(change for change in changes if change)
    return decide(act=Act.CHANGE_SETTINGS, by=by, reason=told, facts=facts)


def _values(site: Site, names: list[str]) -> dict[str, Any]:
    """What is switched on, how far, and what is chosen from a list: an entry holds no
    words that somebody wrote."""
    values = {name: getattr(site, name) for name in names}
    return {
        name: value
        for name, value in values.items()
        if value is None or isinstance(value, int) or name in _FROM_LISTS
    }


def _change(before: Site | Section, after: Site | Section, name: str) -> str:
    """What somebody wrote there, and writes now. It stands where reasons do: for readers,
    and to be taken out if it ever has to be. Empty for what is no words, and for what
    nobody may be told in a decision."""
    was, now = _in_words(before, name), _in_words(after, name)
    if was is None or now is None or was == now:
        return ""
    words = _("%(setting)s: %(was)s, now %(now)s") % {
        "setting": setting_name(name),
        "was": was,
        "now": now,
    }
    return "" if discretion.private_in(words) else words


def _in_words(site: Site | Section, name: str) -> str | None:
    value = getattr(site, name)
    if name in _FROM_LISTS:
        return None
    if isinstance(value, dict):
        quoted = [
            _("%(name)s “%(words)s”") % {"name": key, "words": words}
            for key, words in sorted(value.items())
        ]
        return ", ".join(quoted) or _("none")
    if isinstance(value, str):
        return _("“%(words)s”") % {"words": value} if value else _("empty")
    return None


@transaction.atomic
def save_section(*, by: Editor, section: Section, seen: str = "") -> Decision:
    """Make a topic or region, or give one another name or place. ``seen``: as above."""
    before = Section.objects.select_for_update().filter(pk=section.pk).first()
    if before:
        seen_marks.check(seen, mark_of_section(before))
    told = _change(before, section, "name") if before else ""
    sorting.save_section(section=section)
    facts = {"what": "changed" if before else "made", "section": section.path}
    return decide(act=Act.CHANGE_SETTINGS, by=by, reason=told, facts=facts)


@transaction.atomic
def remove_section(*, by: Editor, section: Section) -> Decision:
    """Take away a section that no post stands in."""
    if section.places.exists():
        words = _("Posts stand in this section: its address has to stay.")
        raise Refused("section", words)
    facts = {"what": "removed", "section": section.path}
    sorting.remove_section(section=section)
    return decide(act=Act.CHANGE_SETTINGS, by=by, facts=facts)


@transaction.atomic
def save_page(
    *, by: Editor, name: str, text: str, reason: str = "", seen: str = ""
) -> Decision | None:
    """Change the words of `/about/`, `/policy/` or `/privacy/`; None when nothing is
    different. ``seen``: as above."""
    site = Site.objects.select_for_update().get(pk=the_site().pk)
    seen_marks.check(seen, mark_of_page(site, name))
    text = clean_text(text).text
    before = getattr(site, name)
    if text == before:
        return None
    decision = decide(
        act=Act.CHANGE_POLICY,
        by=by,
        reason=reason,
        facts={"page": name, "became": _digest(text), "was": _digest(before)},
    )
    PageVersion.objects.create(name=name, text=before, decision=decision)
    setattr(site, name, text)
    sorting.save_site(site=site)
    return decision


def _digest(text: str) -> Any:
    """What stands in the log of a text that anybody can read beside it."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
