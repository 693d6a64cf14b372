from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar", "0003_calendars_of_organisations")]

    operations = [
        migrations.AddField(
            model_name="icssubscription",
            name="refused_at",
            field=models.DateTimeField(null=True),
        ),
    ]
