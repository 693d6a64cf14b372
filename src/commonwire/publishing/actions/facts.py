from commonwire.publishing.models import Post


def facts_of(post: Post) -> dict[str, object]:
    """What a reader of changes must know of a post: every page that shows it."""
    sections = [place.section for place in post.places.select_related("section")]
    return {
        "path": post.path,
        "day": post.day.isoformat(),
        "class": post.wire_class,
        "listed": post.listed,
        "sections": [section.path for section in sections],
    }
