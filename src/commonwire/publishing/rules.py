"""Pure questions about posts."""

from commonwire.publishing.models import Post, Site


def takes_comments(post: Post, site: Site) -> bool:
    return site.comments_open and not post.comments_locked and post.listed
