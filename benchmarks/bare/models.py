from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=200)
    byline = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=1_000, blank=True)
    body = models.TextField()
    published_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.title
