"""What publishing costs in Django itself: one table, a form's POST that inserts a row, a
page for the article and a list of the newest twenty, rendered at each request.

The same SQLite with the same durability, the same Granian with the same settings;
otherwise as `django-admin startproject` and Django's tutorial have it.
"""
