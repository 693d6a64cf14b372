from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0008_turns_of_releases")]

    operations = [
        migrations.AddField(
            model_name="callevent",
            name="left_at",
            field=models.DateTimeField(null=True),
        ),
    ]
