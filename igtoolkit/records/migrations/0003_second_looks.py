import django.db.models.deletion
from django.db import migrations, models

from igtoolkit.records import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_triggers'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('requirements', models.TextField(help_text='The requirements it is about: 13-110 13-303.')),
                ('submission', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='second_looks', to='records.submission')),
            ],
            options={
                'ordering': ['rule'],
                'constraints': [models.UniqueConstraint(models.F('submission'), models.F('rule'), name='one_look_a_rule')],
            },
        ),
        migrations.RunPython(lambda apps, editor: triggers.install(editor.connection), migrations.RunPython.noop),
    ]
