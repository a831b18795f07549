import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from igtoolkit.records import triggers


def name_registrations(apps, editor):
    """Until now a registration went by its organisation's present code and name."""
    organisations = apps.get_model("records", "Organisation").objects.using(editor.connection.alias)
    one = organisations.filter(pk=models.OuterRef("organisation"))
    facts = {name: models.Subquery(one.values(name)[:1]) for name in ("code", "name")}
    apps.get_model("records", "Registration").objects.using(editor.connection.alias).update(**facts)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_second_looks'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text="What it is for, in the person's words.", max_length=100)),
                ('begins', models.CharField(help_text='How the token begins, to tell one from another.', max_length=12)),
                ('digest', models.CharField(help_text='SHA-256 of the token.', max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('used_on', models.DateField(help_text='The last day it was used.', null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_index=True, max_length=30)),
                ('since', models.DateField(help_text='Empty: as far as is known, from its beginning.', null=True)),
                ('until', models.DateField(help_text='The day from which it was no longer its code.')),
            ],
            options={
                'ordering': ['until'],
            },
        ),
        migrations.CreateModel(
            name='ImprovementPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('document', models.TextField(help_text='Its actions, in canonical form.')),
                ('sent_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requirement', models.CharField(max_length=10)),
                ('action', models.TextField(max_length=2000)),
                ('owner', models.CharField(max_length=100)),
                ('due', models.DateField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['requirement'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.BooleanField()),
                ('reason', models.TextField(max_length=2000)),
                ('decided_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(help_text="The successor's first day of it; empty where no source says.", null=True)),
                ('source', models.CharField(help_text='The file this came from.', max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name='answer',
            name='confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='answer',
            name='confirmed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='one_person_at',
            field=models.DateTimeField(help_text='When it was declared that one person answers alone.', null=True),
        ),
        migrations.AddField(
            model_name='assessment',
            name='one_person_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='reopened_at',
            field=models.DateTimeField(help_text='When Final was reopened to be corrected; empty otherwise.', null=True),
        ),
        migrations.AddField(
            model_name='assessment',
            name='reopened_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='code',
            field=models.CharField(help_text='ODS code in capitals: RWR.', max_length=30, unique=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='closed',
            field=models.DateField(help_text='Its last day; empty while it is open.', null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='code_since',
            field=models.DateField(help_text='The day it got its code; empty: as far as is known, always.', null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='opened',
            field=models.DateField(help_text='Its first day, where that is known.', null=True),
        ),
        migrations.AddField(
            model_name='registration',
            name='code',
            field=models.CharField(default='?', help_text='Its code in that year, the last one where it changed.', max_length=30),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='registration',
            name='name',
            field=models.CharField(default='?', help_text='Its name in that year, the last one where it changed.', max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(name_registrations, migrations.RunPython.noop),
        migrations.AddField(
            model_name='submission',
            name='imported',
            field=models.BooleanField(default=False, help_text='Made from a file: levels as given, criteria unknown.'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='started_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='chain',
            field=models.CharField(help_text="The organisation's first code, or RWR~2; or “service”.", max_length=40),
        ),
        migrations.AlterField(
            model_name='submission',
            name='submitted_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(models.F('organisation'), models.F('number'), name='events_of_an_organisation'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(models.F('year'), models.F('code'), name='registrations_by_code'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('completed_at__isnull', False), models.Q(('confirmed_by', models.F('completed_by')), _negated=True)), _connector='OR'), name='confirmed_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('opened__isnull', True), ('closed__isnull', True), ('closed__gte', models.F('opened')), _connector='OR'), name='closed_after_it_opened'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='registered_under_code_and_name'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='formercode',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_codes', to='records.organisation'),
        ),
        migrations.AddField(
            model_name='improvementplan',
            name='sent_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='improvementplan',
            name='submission',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='records.submission'),
        ),
        migrations.AddField(
            model_name='planaction',
            name='assessment',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='plan_actions', to='records.assessment'),
        ),
        migrations.AddField(
            model_name='planaction',
            name='changed_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='decided_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='plan',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='records.improvementplan'),
        ),
        migrations.AddField(
            model_name='succession',
            name='predecessor',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='records.organisation'),
        ),
        migrations.AddField(
            model_name='succession',
            name='successor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessions', to='records.organisation'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_token_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='formercode',
            constraint=models.UniqueConstraint(models.F('organisation'), models.F('code'), models.F('until'), name='one_former_code_each'),
        ),
        migrations.AddConstraint(
            model_name='improvementplan',
            constraint=models.UniqueConstraint(models.F('submission'), models.F('number'), name='one_plan_a_number'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.UniqueConstraint(models.F('assessment'), models.F('requirement'), name='one_action_a_requirement'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', ''), _negated=True), models.Q(('owner', ''), _negated=True)), name='an_action_has_an_owner'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_decision_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(models.F('predecessor'), models.F('successor'), name='one_succession_each'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='nobody_succeeds_itself'),
        ),
        migrations.RunPython(lambda apps, editor: triggers.install(editor.connection), migrations.RunPython.noop),
    ]
