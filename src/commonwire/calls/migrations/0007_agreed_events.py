from typing import Any

from django.db import migrations, models
from django.db.models import F


def agree(apps: Any, _schema_editor: Any) -> None:
    """Until now whoever added an event spoke for it."""
    apps.get_model("calls", "CallEvent").objects.update(agreed_at=F("added_at"))


class Migration(migrations.Migration):
    lives_with_previous = "it fills a column that the version before does not know"
    dependencies = [("calls", "0006_releases_of_calls")]

    operations = [
        migrations.AddField(
            model_name="callevent",
            name="agreed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(agree, migrations.RunPython.noop),
    ]
