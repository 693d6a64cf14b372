"""What is indexed of a thing: every word of it that everybody may read."""

import hashlib
from collections.abc import Iterable, Iterator

from django.db.models import Q

from commonwire.calls.models import Organisation
from commonwire.kit.languages import base
from commonwire.media.states import State
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.parts import part_at
from commonwire.publishing.states import Author
from commonwire.search import numbers
from commonwire.search.fields import LAST_PLACE
from commonwire.search.models import Entry
from commonwire.search.words import GAP, plain_words, words

# Of addenda whose post is in the lists.
READABLE = Q(waiting_since=None, withdrawn_at=None, hidden=False)
# What comes after the text must fit in too.
MOST_WORDS = LAST_PLACE - 2_000
MOST_PLAIN = 1_500


def entry_of_post(post: Post, sections: Iterable[int]) -> Entry:
    """``post``: one that is listed, and as the database has it now."""
    release, part = post.as_release, part_at(post)
    own = part.content_of(post).texts if part else []
    texts = [post.title, post.summary, post.body]
    texts += [*(release.texts if release else ()), *own, *_words_of_files(post)]
    return _entry(
        Entry(id=numbers.of_post(post.pk, post.published_at), post=post),
        texts,
        language=post.language,
        marks=marks(post.kind, post.language, sections, post.byline),
    )


def entry_of_addendum(addendum: Addendum, post: Post, sections: Iterable[int]) -> Entry:
    kind = "comment" if addendum.by == Author.READER else "addendum"
    number = numbers.of_addendum(addendum.pk, addendum.published_at)
    return _entry(
        Entry(id=number, post=post, addendum=addendum),
        [addendum.title, addendum.body, *_words_of_files(addendum)],
        language=post.language,
        marks=marks(kind, post.language, sections, addendum.byline),
    )


def entry_of_organisation(organisation: Organisation) -> Entry:
    number = numbers.of_organisation(organisation.pk)
    return _entry(
        Entry(id=number, organisation=organisation),
        [organisation.name, organisation.area, organisation.boilerplate],
        language="",
        marks=marks("organisation", "", (), ""),
    )


def _words_of_files(of: Post | Addendum) -> Iterator[str]:
    """What stands with its files, and what is in them: the words of documents, what was
    written down of recordings."""
    for placement in of.placements.all():
        file = placement.attachment
        if file.state == State.MADE:
            yield from (file.caption, file.alt, file.text, _spoken(file.captions))


def _spoken(captions: str) -> str:
    """Of captions what is said, without their heading and their times."""
    return "\n".join(x for x in captions.splitlines()[1:] if "-->" not in x)


def marks(
    kind: str, language: str, sections: Iterable[int], byline: str
) -> Iterator[str]:
    """Tokens that no text can hold, for what a search may be narrowed by."""
    if kind:
        yield f"k:{kind}"
    if language:
        yield f"l:{base(language)}"
    for section in sorted(sections):
        yield f"s:{section}"
    for word in dict.fromkeys(plain_words(byline)):
        yield f"b:{word}"


def _entry(
    entry: Entry, texts: list[str], *, language: str, marks: Iterable[str]
) -> Entry:
    tokens: list[str] = []
    plain: dict[str, None] = {}
    for text in filter(None, texts):
        for word in words(text, language):
            tokens.append(word.token)
            if word.plain != word.token:
                plain[word.plain] = None
        tokens.append(GAP)
        if len(tokens) > MOST_WORDS:
            break
    # Who writes a word as it stands in the text finds it, whatever their language.
    more = [*list(plain)[:MOST_PLAIN], GAP, *marks]
    entry.tokens = " ".join([*tokens[:MOST_WORDS], GAP, *more])
    entry.digest = hashlib.sha256(entry.tokens.encode()).hexdigest()[:32]
    entry.language = base(language)
    return entry
