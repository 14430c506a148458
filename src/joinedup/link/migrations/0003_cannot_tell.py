from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("link", "0002_asked")]

    operations = [
        migrations.AlterField("judgement", "same", models.BooleanField(null=True)),
    ]
