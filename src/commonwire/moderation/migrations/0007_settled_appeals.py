import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0006_what_is_brought_to_calls"),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settled_appeals",
                to="moderation.decision",
            ),
        ),
    ]
