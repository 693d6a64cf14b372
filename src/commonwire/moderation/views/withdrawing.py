"""Withdrawing for safety: asked twice, for it deletes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.moderation import queries
from commonwire.moderation.actions import deciding, withdrawing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.looking import look_at
from commonwire.moderation.actions.orders import Order, Target, carry_out
from commonwire.moderation.forms.orders import Typed, rule_of, typed_of
from commonwire.moderation.states import Act
from commonwire.moderation.views.history import withdrawn_meanwhile
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.views.see_other import SeeOther


@needs(Permission.WITHDRAW)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int, part: int = 0) -> HttpResponse:
    """First the rule and the reason; then, under what it will do, the button."""
    post = get_object_or_404(Post, pk=number)
    comment = get_object_or_404(Addendum, pk=part, post=post) if part else None
    if post.withdrawn_at and request.method == "POST":
        return withdrawn_meanwhile(request, number, typed_of(request.POST))
    if post.withdrawn_at or (comment and comment.withdrawn_at):
        raise Http404
    typed, sure = Typed(), False
    if request.method == "POST":
        act = Act.WITHDRAW_COMMENT if comment else Act.WITHDRAW_FOR_SAFETY
        try:
            if request.POST.get("do") == act:
                return _withdraw(request, act, Target(post=post, comment=comment))
            sure = _is_sound(request, act, Target(post=post, comment=comment))
            typed = typed_of(request.POST)
        except Refused as refused:
            typed = typed_of(request.POST, refused)
    look_at(post=post, by=editor_of(request))
    page = {
        "post": post,
        "comment": comment,
        "typed": typed,
        "sure": sure,
        "rename": request.method != "POST" or "rename" in request.POST,
        "rules": queries.rules(),
        "rule": next((r for r in queries.rules() if r.slug == typed.rule), None),
    }
    status = 422 if typed.faults else 200
    return render(request, "desk/withdraw.html", page, status=status)


def _is_sound(request: HttpRequest, act: Act, target: Target) -> bool:
    """Refused now, rather than at the second question."""
    rule, reason = rule_of(request.POST.get("rule", "")), request.POST.get("reason", "")
    deciding.check(act=act, post=target.post, rule=rule, reason=reason.strip())
    taken = target.comment or target.post
    assert taken is not None  # noqa: S101 - the view has found it
    deciding.check_repeats(reason, withdrawing.words_of(taken))
    return True


def _withdraw(request: HttpRequest, act: Act, target: Target) -> HttpResponse:
    order = Order(
        act=act,
        rule=rule_of(request.POST.get("rule", "")),
        reason=request.POST.get("reason", ""),
        rename="rename" in request.POST,
    )
    made = carry_out(by=editor_of(request), order=order, target=target)
    return SeeOther(f"/desk/posts/{made.post_id}/?done={made.number}")
