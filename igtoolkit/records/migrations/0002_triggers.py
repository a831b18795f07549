from django.db import migrations

from igtoolkit.records import triggers


class Migration(migrations.Migration):
    dependencies = [("records", "0001_records")]
    operations = [migrations.RunPython(lambda apps, editor: triggers.install(editor.connection), migrations.RunPython.noop)]
