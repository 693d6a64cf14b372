from benchmarks.bare.models import Article
from django.db import transaction
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

PER_LIST = 20
ArticleForm = modelform_factory(Article, fields=["title", "byline", "summary", "body"])


def publish(request: HttpRequest) -> HttpResponse:
    form = ArticleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            article = form.save()
        return HttpResponseRedirect(reverse("article", args=[article.pk]))
    return render(request, "bare/form.html", {"form": form})


def article(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Article, pk=pk)
    return render(request, "bare/article.html", {"article": found})


def front(request: HttpRequest) -> HttpResponse:
    newest = Article.objects.order_by("-published_at")[:PER_LIST]
    return render(request, "bare/list.html", {"articles": newest})
