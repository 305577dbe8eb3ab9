from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="language",
            field=models.CharField(blank=True, db_default="", max_length=16),
        ),
    ]
