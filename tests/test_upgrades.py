"""Migrations that the version before cannot live with are refused."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState
from tools import upgrades

FIELDS = [
    ("id", models.AutoField(primary_key=True)),
    ("name", models.CharField(max_length=20)),
    ("note", models.TextField(null=True)),
]
LATER = models.UniqueConstraint(fields=["name"], name="one_name")
SQL = migrations.RunSQL("SELECT 1")


def add(field):
    return migrations.AddField("thing", "more", field)


def alter(name, field):
    return migrations.AlterField("thing", name, field)


def said(operation):
    state = ProjectState()
    state.add_model(ModelState("app", "Thing", FIELDS))
    return upgrades.of(operation, "app", state)


@pytest.mark.parametrize(
    "operation",
    [
        add(models.TextField(null=True)),
        add(models.BooleanField(db_default=False)),
        add(models.ManyToManyField("app.Thing")),
        alter("name", models.CharField(max_length=40, choices=[("a", "A")])),
        alter("name", models.CharField(max_length=20, null=True, verbose_name="It")),
        migrations.CreateModel("Other", FIELDS),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
        migrations.SeparateDatabaseAndState([], [migrations.DeleteModel("Thing")]),
    ],
)
def test_what_the_version_before_can_live_with(operation):
    assert said(operation) == ""


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (add(models.TextField(default="")), "writes rows without it"),
        (add(models.TextField(unique=True, db_default="")), "cannot write two rows"),
        (alter("name", models.CharField(max_length=10)), "longer texts"),
        (alter("name", models.TextField()), "another kind"),
        (alter("name", models.CharField(max_length=20, unique=True)), "twice"),
        (alter("note", models.TextField()), "writes null"),
        (alter("note", models.TextField(null=True, db_column="n")), "as it was"),
        (migrations.RemoveField("thing", "note"), "reads and writes this column"),
        (migrations.RenameField("thing", "note", "word"), "by its old name"),
        (migrations.AddConstraint("thing", LATER), "what this refuses"),
        (SQL, "nobody can see"),
        (migrations.SeparateDatabaseAndState([SQL], []), "nobody can see"),
    ],
)
def test_what_it_cannot(operation, why):
    assert why in said(operation)


class Loader:
    """Of one migration that takes a column away."""

    def __init__(self):
        made = migrations.Migration("0002_less", "app")
        made.operations = [migrations.RemoveField("thing", "note")]
        self.disk_migrations = {("app", "0002_less"): made}

    def project_state(self, _node, **_when):
        state = ProjectState()
        state.add_model(ModelState("app", "Thing", FIELDS))
        return state


def test_a_migration_that_says_why_it_may_is_let_through():
    loader, node = Loader(), ("app", "0002_less")
    (sentence,) = upgrades.found(loader, {node}, {})
    assert sentence.startswith("app.0002_less: Remove field note from thing: the old")
    assert list(upgrades.found(loader, {node}, {node: "Nothing reads it."})) == []
