from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="key_check",
            field=models.BinaryField(null=True),
        ),
    ]
