from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0007_agreed_events")]

    operations = [
        migrations.AddField(
            model_name="callrelease",
            name="turns",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
