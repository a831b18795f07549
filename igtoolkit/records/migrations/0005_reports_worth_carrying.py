import json
from collections import Counter

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from igtoolkit.records import triggers

BEFORE = {"update": "baseline", "final": "update"}
PLACE = ("year", "stage", "kind", "region")


def count_again(apps, editor):
    """What is new of each submission, and the counts, which now know what stood at the stage before."""
    rows = apps.get_model("records", "Submission")._base_manager.using(editor.connection.alias)
    latest = {}
    for each in rows.order_by("number").iterator():
        latest[each.assessment_id, each.stage] = each.pk
    counts, turnout = Counter(), Counter()
    for each in rows.iterator():
        document = json.loads(each.document)
        compared = document["compared_with"] or {}
        known = BEFORE.get(each.stage) and compared.get("stage") == BEFORE.get(each.stage)
        results = [(one["number"], one["status"], one["previous_status"] or "") for one in document["recommendations"]]
        met = sum(status == "met" for _, status, _ in results)
        before = sum(was == "met" for *_, was in results) if known and any(was for *_, was in results) else None
        rows.filter(pk=each.pk).update(met=met, met_before=before)
        if latest[each.assessment_id, each.stage] == each.pk:
            place = tuple(getattr(each, name) for name in PLACE)
            counts.update((*place, number, status, was if known else "") for number, status, was in results)
            turnout[(*place, each.late, met, -1 if before is None else before)] += 1
    _write(apps.get_model("records", "RollUp"), editor, counts, ("recommendation", "status", "was"))
    _write(apps.get_model("records", "Turnout"), editor, turnout, ("late", "met", "met_before"))


def _write(table, editor, counts, names):
    rows = table.objects.using(editor.connection.alias)
    rows.all().delete()
    rows.bulk_create(table(**dict(zip((*PLACE, *names), key, strict=True)), n=n) for key, n in sorted(counts.items()))



class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_the_whole_year'),
    ]

    operations = [
        migrations.RunPython(lambda apps, editor: triggers.remove(editor.connection), migrations.RunPython.noop),
        migrations.CreateModel(
            name='Dismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=500)),
                ('dismissed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(help_text='When it was taken back; empty while it stands.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PeerFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.CharField(max_length=7)),
                ('stage', models.CharField(max_length=10)),
                ('kind', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('document', models.TextField(help_text='The figures in canonical form: standard/peers.py says which.')),
            ],
        ),
        migrations.CreateModel(
            name='RequestedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('national_pdf', 'National report, PDF'), ('national_xlsx', 'National report, Excel'), ('national_csv', 'National report, CSV'), ('national_json', 'National report, JSON'), ('board_pdfs', 'Every board report, PDFs in one ZIP file')], max_length=20)),
                ('year', models.CharField(max_length=7)),
                ('stage', models.CharField(max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('done', models.PositiveIntegerField(default=0, help_text='How many parts are made.')),
                ('total', models.PositiveIntegerField(default=0, help_text='How many parts there are; 0 until that is known.')),
                ('finished_at', models.DateTimeField(null=True)),
                ('failed', models.CharField(blank=True, help_text='What went wrong, in words for who asked.', max_length=300)),
                ('name', models.CharField(blank=True, help_text='The name under which it is saved.', max_length=200)),
                ('content', models.BinaryField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('year', models.CharField(max_length=7)),
                ('stage', models.CharField(max_length=10)),
                ('query', models.CharField(blank=True, help_text='What the address asks: kind=acute&sort=met.', max_length=1000)),
                ('version', models.PositiveIntegerField(default=1, help_text='Counts saves; a stale form is refused.')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Turnout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.CharField(max_length=7)),
                ('stage', models.CharField(max_length=10)),
                ('kind', models.CharField(max_length=40)),
                ('region', models.CharField(blank=True, max_length=100)),
                ('late', models.BooleanField()),
                ('met', models.PositiveSmallIntegerField()),
                ('met_before', models.SmallIntegerField(default=-1)),
                ('n', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='rollup',
            name='one_count_each',
        ),
        migrations.AddField(
            model_name='answer',
            name='owner',
            field=models.CharField(blank=True, help_text="Who sees to it, in the organisation's words.", max_length=100),
        ),
        migrations.AddField(
            model_name='rollup',
            name='was',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='submission',
            name='met',
            field=models.PositiveSmallIntegerField(default=0, help_text='How many recommendations are met.'),
        ),
        migrations.AddField(
            model_name='submission',
            name='met_before',
            field=models.PositiveSmallIntegerField(help_text='How many were met at the stage directly before; empty where that was not submitted.', null=True),
        ),
        migrations.AddConstraint(
            model_name='rollup',
            constraint=models.UniqueConstraint(models.F('year'), models.F('stage'), models.F('kind'), models.F('region'), models.F('recommendation'), models.F('status'), models.F('was'), name='one_count_each'),
        ),
        migrations.AddField(
            model_name='dismissal',
            name='dismissed_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dismissal',
            name='second_look',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dismissals', to='records.secondlook'),
        ),
        migrations.AddField(
            model_name='dismissal',
            name='withdrawn_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='peerfigures',
            constraint=models.UniqueConstraint(models.F('year'), models.F('stage'), models.F('kind'), name='peer_figures_once'),
        ),
        migrations.AddField(
            model_name='requestedfile',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requested_files', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='turnout',
            constraint=models.UniqueConstraint(models.F('year'), models.F('stage'), models.F('kind'), models.F('region'), models.F('late'), models.F('met'), models.F('met_before'), name='one_turnout_each'),
        ),
        migrations.AddConstraint(
            model_name='dismissal',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('second_look',), name='one_dismissal_stands_a_look'),
        ),
        migrations.AddConstraint(
            model_name='dismissal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_dismissal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_view_has_a_name'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.F('opened'), name='organisations_by_opening'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.F('closed'), name='organisations_by_closing'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(models.F('year'), models.F('kind'), models.F('code'), models.F('organisation'), name='registrations_in_order'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(models.F('year'), models.F('kind'), models.F('region'), models.F('organisation'), name='registrations_by_region'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(models.F('year'), models.F('stage'), django.db.models.expressions.CombinedExpression(models.F('met'), '-', models.F('met_before')), name='submissions_by_change'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(models.F('organisation'), models.F('year'), models.F('stage'), models.F('kind'), models.F('number'), models.F('assessment'), models.F('late'), models.F('met'), models.F('met_before'), models.F('region'), models.F('name'), name='submissions_of_one'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(models.F('year'), models.F('stage'), models.F('assessment'), models.F('number'), condition=models.Q(('number__gt', 1)), name='corrections_of_a_stage'),
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='SHA-256 of what is tried, and by or on whom.', max_length=64, unique=True)),
                ('at', models.TextField(blank=True, help_text='When, in seconds since 1970, one after another.')),
                ('until', models.DateTimeField(help_text="From then on none of them counts. By the machine's clock.", null=True)),
            ],
            options={
                'verbose_name_plural': 'tries',
                'indexes': [models.Index(models.F('until'), name='tries_by_their_end')],
            },
        ),
        migrations.RunPython(count_again, migrations.RunPython.noop),
        migrations.RunPython(lambda apps, editor: triggers.install(editor.connection), migrations.RunPython.noop),
    ]
