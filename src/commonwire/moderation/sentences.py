"""What was decided, in plain sentences: marked up for pages, bare for feeds."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from commonwire.calls.models import Organisation
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.states import Act, Appellant
from commonwire.publishing import queries
from commonwire.publishing.models import Site
from commonwire.publishing.states import Author, WireClass

_SENTENCES = {
    Act.CLASSIFY: gettext_noop("{who} sorted {post} into {became}"),
    Act.FEATURE: gettext_noop("{who} featured {post}"),
    Act.UNFEATURE: gettext_noop("{who} took {post} from the features"),
    Act.HIDE: gettext_noop("{who} hid {post} under {rule}"),
    Act.UNHIDE: gettext_noop("{who} brought {post} back"),
    Act.CONFIRM_HIDE: gettext_noop("{who} confirmed the hiding of {post}"),
    Act.WITHDRAW_FOR_SAFETY: gettext_noop("{who} withdrew {post} for safety: {rule}"),
    Act.HOLD: gettext_noop("{who} held back {post} under {rule}"),
    Act.RELEASE: gettext_noop("{who} released {post}"),
    Act.LOCK_COMMENTS: gettext_noop("{who} closed the comments on {post}"),
    Act.UNLOCK_COMMENTS: gettext_noop("{who} opened the comments on {post}"),
    Act.HIDE_COMMENT: gettext_noop("{who} hid a comment on {post} under {rule}"),
    Act.UNHIDE_COMMENT: gettext_noop("{who} brought back a comment on {post}"),
    Act.WITHDRAW_COMMENT: gettext_noop(
        "{who} withdrew for safety a part of {post}: {rule}"
    ),
    Act.REDACT_CORRECTION: gettext_noop(
        "{who} withdrew for safety an old text of {post}: {rule}"
    ),
    Act.CORRECT: gettext_noop("{who} corrected {post}"),
    Act.ANSWER_APPEAL: gettext_noop(
        "{who} did not uphold the appeal of {appellant} against {of}, about {post}"
    ),
    Act.HOLD_APPEAL: gettext_noop(
        "{who} held back the words of an appeal against {of}, about {post}"
    ),
    Act.SHOW_APPEAL: gettext_noop(
        "{who} showed the words of an appeal against {of}, about {post}"
    ),
    Act.REDACT_APPEAL: gettext_noop(
        "{who} took out the words of an appeal against {of} under {rule}"
    ),
    Act.REDACT_FLAG: gettext_noop(
        "{who} took out what readers wrote to the editors about {post}: {rule}"
    ),
    Act.REMOVE_TEXT: gettext_noop("{who} took out the reason of {of} under {rule}"),
    Act.CHANGE_RULE: gettext_noop("{who} changed the rule {about}"),
    Act.CHANGE_SCREENING: gettext_noop("{who} changed {screening}"),
    Act.CHANGE_POLICY: gettext_noop("{who} changed the policy"),
    Act.CHANGE_SETTINGS: gettext_noop("{who} changed the site’s settings"),
    Act.FLOOD_ON: gettext_noop("{who} opened the raw wire: a flood"),
    Act.FLOOD_OFF: gettext_noop("{who} closed the raw wire: the flood is over"),
    Act.CHANGE_ORGANISATION: gettext_noop("{who} changed {organisation}"),
    Act.VERIFY_ORGANISATION: gettext_noop("{who} verified that {organisation} is real"),
    Act.DOUBT_ORGANISATION: gettext_noop("{who} took back that {organisation} is real"),
    Act.LOOK_AT_CALL: gettext_noop("{who} looked at what was brought to {post}"),
    Act.INVITE_EDITOR: gettext_noop("{who} invited somebody to be {role}"),
    Act.ADMIT_EDITOR: gettext_noop("{who} let in {editor} as {role}"),
    Act.REMOVE_EDITOR: gettext_noop("{who} removed the editor {editor}"),
    Act.CHANGE_ROLE: gettext_noop("{who} made {editor} {role}"),
}
_ROLES = {
    "editor": gettext_noop("an editor"),
    "steward": gettext_noop("a steward"),
}
_CAME = gettext_noop("{who} came in as {role}, by the operator’s link")
_AGAIN = gettext_noop("{who} let {editor} in again")
_KEPT = gettext_noop("{who} looked at {post} and left it in {became}")
_PLACED = gettext_noop("{who} put {post} under other topics or regions")
_LAPSED = gettext_noop("{post} came back: no second editor confirmed its hiding")
_UPHELD = gettext_noop("{who} upheld the appeal of {appellant} against {of}")
_MADE = gettext_noop("{who} made the rule {about}")
_OF_SCREENING = {
    "made": gettext_noop("{who} made {screening}"),
    "switched-on": gettext_noop("{who} switched {screening} on"),
    "switched-off": gettext_noop("{who} switched {screening} off"),
}
_OF_ORGANISATIONS = {
    "made": gettext_noop("{who} added {organisation}"),
    "placed": gettext_noop("{who} put {organisation} under {other}"),
    "left": gettext_noop("{who} wrote that {organisation} left {other}"),
    "merged": gettext_noop("{who} wrote that {organisation} went into {other}"),
    "dissolved": gettext_noop("{who} wrote that {organisation} was dissolved"),
    "steward-invited": gettext_noop("{who} invited a steward of {organisation}"),
    "steward-ended": gettext_noop("{who} took back a steward’s key of {organisation}"),
    "imported": gettext_noop("{who} imported {bodies} under {organisation}"),
}
_OF_CALLS = {
    "endorsement-confirmed": gettext_noop(
        "{who} confirmed that {organisation} endorses {post}"
    ),
    "endorsement-refused": gettext_noop("{who} refused an endorsement of {post}"),
    "event-listed": gettext_noop("{who} listed a local event under {post}"),
    "event-refused": gettext_noop("{who} did not list a local event under {post}"),
    "pledge-words-removed": gettext_noop(
        "{who} took out what somebody wrote with a pledge on {post}"
    ),
}
_SETTINGS = gettext_noop("{who} changed the site’s settings: {settings}")
_OF_FEATURES = {
    "changed": gettext_noop("{who} changed the feature about {post}"),
    "moved": gettext_noop("{who} moved the feature about {post} among the others"),
    "put back": gettext_noop("{who} put the feature about {post} back"),
}
# Those that lead to no post.
_FEATURES_ALONE = {
    "made": gettext_noop("{who} put up a feature"),
    "changed": gettext_noop("{who} changed a feature"),
    "moved": gettext_noop("{who} moved a feature among the others"),
    "put back": gettext_noop("{who} put a feature back"),
    "None": gettext_noop("{who} took a feature down"),
}
_RETIRED = gettext_noop("{who} retired the rule {about}")
_COMMENT_HELD = gettext_noop("{who} held back a comment on {post} under {rule}")
_COMMENT_RELEASED = gettext_noop("{who} released a comment on {post}")
_PART_CORRECTED = gettext_noop("{who} corrected a part of {post}")
_COMMENT_WITHDRAWN = gettext_noop(
    "{who} withdrew for safety a comment on {post}: {rule}"
)

# What editors do to heaps, and screening to floods: told once for all of them.
_OF_MANY = {
    Act.HIDE: gettext_noop("{who} hid {posts} under {rule}"),
    Act.UNHIDE: gettext_noop("{who} brought {posts} back"),
    Act.HOLD: gettext_noop("{who} held back {posts} under {rule}"),
    Act.RELEASE: gettext_noop("{who} released {posts}"),
    Act.WITHDRAW_FOR_SAFETY: gettext_noop("{who} withdrew {posts} for safety: {rule}"),
    Act.LOCK_COMMENTS: gettext_noop("{who} closed the comments on {posts}"),
}
_MANY_LAPSED = gettext_noop(
    "{posts} came back: no second editor confirmed their hiding"
)
TOLD_TOGETHER = frozenset(_OF_MANY)


@dataclass(frozen=True)
class Teller:
    """Tells decisions in the site's words."""

    site: Site
    rules: dict[str, Rule]

    def html(self, decision: Decision, many: int = 1) -> SafeString:
        """With links, and every name and title apart from the text around it."""
        parts = {
            "who": format_html(
                '<bdi data-by="{}">{}</bdi>', decision.number, _who(decision)
            ),
            "post": _linked_post(decision),
            "rule": _linked_rule(decision.rule, decision.number),
            "about": _linked_rule(self._rule_about(decision)),
            "of": _linked_number(decision.facts.get("of")),
            "organisation": _linked_body(decision.facts.get("organisation")),
            "other": _linked_body(decision.facts.get("other")),
            **self._words(decision, many),
        }
        return format_html(_sentence(decision, many), **parts)

    def plain(self, decision: Decision, many: int = 1) -> str:
        about = self._rule_about(decision)
        of = decision.facts.get("of")
        return _sentence(decision, many).format(
            who=_who(decision),
            post=_post_in_words(decision),
            rule=_title(decision.rule),
            about=_title(about),
            of=_("decision %d") % of if of is not None else "",
            organisation=_body(decision.facts.get("organisation")),
            other=_body(decision.facts.get("other")),
            **self._words(decision, many),
        )

    def class_name(self, name: object) -> str:
        if name in WireClass.values:
            return queries.class_name(self.site, WireClass(str(name)))
        return str(name or "")

    def _words(self, decision: Decision, many: int) -> dict[str, str]:
        by, of_heap = decision.facts.get("by"), decision.is_of_heap
        return {
            "became": self.class_name(decision.facts.get("became")),
            "appellant": str(Appellant(by).label) if by in Appellant.values else "",
            "editor": str(decision.facts.get("editor", "")),
            "role": _role(decision),
            "settings": _settings(decision.facts),
            "bodies": number_of_bodies(int(decision.facts.get("bodies", 0))),
            "screening": _("screening rule %s") % decision.facts.get("screening", ""),
            "posts": number_of_posts(decision.facts["posts"] if of_heap else many),
        }

    def _rule_about(self, decision: Decision) -> Rule | None:
        return self.rules.get(str(decision.facts.get("rule", "")))


def teller() -> Teller:
    rules = {rule.slug: rule for rule in Rule.objects.all()}
    return Teller(queries.the_site(), rules)


def _sentence(decision: Decision, many: int) -> str:
    act = Act(decision.act)
    if (many > 1 or decision.is_of_heap) and act in _OF_MANY:
        lapsed = act == Act.UNHIDE and decision.is_automatic
        return _(_MANY_LAPSED if lapsed else _OF_MANY[act])
    found = _variant(decision, act) or _SENTENCES.get(act)
    # An act that has no sentence of its own yet: its name says enough.
    label = str(act.label).replace("{", "{{").replace("}", "}}")
    unknown = f"{{who}} {label} {{post}}" if decision.post else f"{{who}} {label}"
    return _(found) if found else unknown


def number_of_posts(number: int) -> str:
    words = ngettext("%s post", "%s posts", number)
    return words % number_format(number, force_grouping=True)


def number_of_bodies(number: int) -> str:
    words = ngettext("%s organisation", "%s organisations", number)
    return words % number_format(number, force_grouping=True)


def _variant(decision: Decision, act: Act) -> str | None:
    facts = decision.facts
    if act == Act.CLASSIFY and facts.get("was") == facts.get("became"):
        moved = facts.get("sections_were") != facts.get("sections_became")
        return _PLACED if moved else _KEPT
    if act == Act.UNHIDE and decision.is_automatic:
        return _LAPSED
    name, words = _WITH_FACT.get(act, ("", ""))
    if facts.get(name):
        return words
    if (variants := _variants(decision, act)) is not None:
        return variants.get(str(facts.get("what")))
    if act == Act.ADMIT_EDITOR:
        own = facts.get("editor") == decision.signed_as
        return _AGAIN if facts.get("again") else _CAME if own else None
    return _of_part(decision, act) if decision.addendum_id else None


def _of_part(decision: Decision, act: Act) -> str | None:
    part = decision.addendum if act == Act.WITHDRAW_COMMENT else None
    if part is not None and part.by == Author.READER:
        return _COMMENT_WITHDRAWN
    return _OF_PARTS.get(act)


def _variants(decision: Decision, act: Act) -> dict[str, str] | None:
    if act in _FEATURING and decision.post is None:
        return _FEATURES_ALONE
    return _WHATS.get(act)


_WITH_FACT = {
    Act.ANSWER_APPEAL: ("upheld", _UPHELD),
    Act.CHANGE_SETTINGS: ("fields", _SETTINGS),
}
_FEATURING = {Act.FEATURE, Act.UNFEATURE}
_WHATS = {
    Act.FEATURE: _OF_FEATURES,
    Act.CHANGE_RULE: {"made": _MADE, "retired": _RETIRED},
    Act.CHANGE_SCREENING: _OF_SCREENING,
    Act.CHANGE_ORGANISATION: _OF_ORGANISATIONS,
    Act.LOOK_AT_CALL: _OF_CALLS,
}
_OF_PARTS = {
    Act.HOLD: _COMMENT_HELD,
    Act.RELEASE: _COMMENT_RELEASED,
    Act.CORRECT: _PART_CORRECTED,
}


def _settings(facts: dict[str, Any]) -> str:
    were, became = facts.get("settings_were", {}), facts.get("settings_became", {})
    told = []
    for name in facts.get("fields", []):
        label = setting_name(name)
        if name in became and name in were:
            words = _("%(setting)s (%(was)s, now %(became)s)")
            values = {"was": in_words(were[name]), "became": in_words(became[name])}
            label = words % {"setting": label, **values}
        told.append(label)
    return ", ".join(told)


def setting_name(name: str) -> str:
    try:
        return str(Site._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
    except FieldDoesNotExist:  # it was taken out of the program since
        return name


def in_words(value: object) -> str:
    """A setting's value: a switch, a number, what was chosen, or none."""
    if value in (None, []):
        return _("none")
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _role(decision: Decision) -> str:
    role = str(decision.facts.get("became") or decision.facts.get("role"))
    return _(_ROLES[role]) if role in _ROLES else ""


def _who(decision: Decision) -> str:
    return _("Screening") if decision.is_automatic else decision.signed_as


def _title(rule: Rule | None) -> str:
    return f"“{rule.title}”" if rule else _("no rule")


def _linked_rule(rule: Rule | None, of: int | None = None) -> str:
    """``of``: the decision that was made under it."""
    if rule is None:
        return _("no rule")
    if of is not None:
        words = '“<a href="{}" data-rule="{}"><bdi>{}</bdi></a>”'
        return format_html(words, rule.path, of, rule.title)
    return format_html('<a href="{}"><bdi>“{}”</bdi></a>', rule.path, rule.title)


def _organisation(number: object) -> Organisation | None:
    """What it is called now: the log itself holds its number only."""
    if not isinstance(number, int):
        return None
    return Organisation.objects.filter(pk=number).only("slug", "name").first()


def _body(number: object) -> str:
    found = _organisation(number)
    return f"“{found.name}”" if found else ""


def _linked_body(number: object) -> str:
    found = _organisation(number)
    if found is None:
        return ""
    return format_html('<a href="{}"><bdi>{}</bdi></a>', found.path, found.name)


def _linked_number(number: int | None) -> str:
    if number is None:
        return ""
    return format_html('<a href="/log/{}/">{}</a>', number, _("decision %d") % number)


def _post_in_words(decision: Decision) -> str:
    """What nobody has looked at yet shows its title on no page but its own."""
    post = decision.post
    if post is None:
        return _("a post")
    if decision.act == Act.WITHDRAW_FOR_SAFETY:
        return _("a post")  # that it was withdrawn is what the sentence says
    if post.withdrawn_at:
        return _("a post that was withdrawn")
    return _("a post that waits") if post.waiting_since else f"“{post.title}”"


def _linked_post(decision: Decision) -> str:
    post, words = decision.post, _post_in_words(decision)
    if post is None:
        return words
    if post.withdrawn_at or post.waiting_since:
        return format_html('<a href="{}">{}</a>', post.path, words)
    return format_html(
        '<a href="{}" lang="{}" hreflang="{}" dir="auto">{}</a>',
        post.path,
        post.language,
        post.language,
        words,
    )
