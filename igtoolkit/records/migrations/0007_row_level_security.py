from django.db import migrations

from igtoolkit.records import rows


class Migration(migrations.Migration):
    dependencies = [("records", "0006_support_access")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: rows.install(editor.connection), lambda apps, editor: rows.remove(editor.connection)
        )
    ]
