# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
import django.db.models.functions.datetime
import overens.records.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0005_head_of_operations'),
        ('records', '0008_attachments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('sent', 'Sent'), ('returned', 'Returned'), ('approved', 'Approved')], default='open', max_length=10)),
            ],
            options={
                'ordering': ['unit__title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AnswerStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=40)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='planner.answer')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Computed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('asked', models.JSONField(default=dict)),
                ('basis', models.CharField(max_length=64)),
                ('packed', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('facts', models.JSONField(default=dict)),
                ('finished_at', models.DateTimeField()),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.run')),
            ],
            options={
                'ordering': ['-finished_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DataSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(choices=[('workforce', 'Workforce'), ('history', 'History'), ('need', 'Need')], max_length=12)),
                ('title', models.CharField(max_length=200)),
                ('number', models.PositiveIntegerField(default=0)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='data_sets', to='people.organisation')),
            ],
            options={
                'ordering': ['title', 'code'],
            },
        ),
        migrations.CreateModel(
            name='DataSetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('mapping', models.JSONField(default=dict)),
                ('cells', models.JSONField(default=dict)),
                ('findings', models.JSONField(default=list)),
                ('received_at', models.DateTimeField(default=overens.records.clock.now)),
                ('state', models.CharField(choices=[('received', 'Received'), ('approved', 'Approved'), ('rejected', 'Rejected')], default='received', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='planner.dataset')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
            ],
            options={
                'ordering': ['data_set', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('removed', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('need', 'Need'), ('action', 'Action')], max_length=10)),
                ('code', models.CharField(max_length=60)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='planner.answer')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['answer', 'kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EntryRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('base', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('typed', models.JSONField(null=True)),
                ('merged', models.BooleanField(default=False)),
                ('set_aside', models.JSONField(default=dict)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('prefilled', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='planner.entry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['part', 'number'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('workforce', 'Workforce'), ('history', 'History'), ('need', 'Need')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('mapping', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=overens.records.clock.now)),
                ('data_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planner.dataset')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('removed', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField(null=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('number', models.PositiveIntegerField(default=0)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supply_plans', to='people.organisation')),
            ],
            options={
                'ordering': ['-year'],
            },
        ),
        migrations.AddField(
            model_name='answer',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='planner.plan'),
        ),
        migrations.CreateModel(
            name='Adopted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('registration_number', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveIntegerField()),
                ('facts', models.JSONField()),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.documentversion')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='planner.plan')),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('base', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('typed', models.JSONField(null=True)),
                ('merged', models.BooleanField(default=False)),
                ('set_aside', models.JSONField(default=dict)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('prefilled', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='planner.plan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['part', 'number'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProblemVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('tables', models.JSONField(default=dict)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanningDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('registration_number', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('balance', 'Balance'), ('plan', 'Plan'), ('publish', 'Publish'), ('withdraw', 'Withdraw')], max_length=10)),
                ('text', models.TextField()),
                ('computed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='planner.computed')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.documentversion')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='planner.problemversion')),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='plan',
            name='scenario',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='planner.problemversion'),
        ),
        migrations.AddField(
            model_name='computed',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='computed', to='planner.problemversion'),
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('number', models.PositiveIntegerField()),
                ('mapping', models.JSONField()),
                ('at', models.DateTimeField(default=overens.records.clock.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', '-number'],
            },
        ),
        migrations.CreateModel(
            name='SavedProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(allow_unicode=True, max_length=60)),
                ('title', models.CharField(max_length=300)),
                ('number', models.PositiveIntegerField(default=0)),
                ('removed', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('supply', 'Supply'), ('production', 'Production'), ('mix', 'Mix'), ('roster', 'Roster')], max_length=12)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='problemversion',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='planner.savedproblem'),
        ),
        migrations.CreateModel(
            name='RosterDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.PositiveIntegerField()),
                ('start', models.TextField()),
                ('steps', models.JSONField(default=list)),
                ('done', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roster_drafts', to='planner.savedproblem')),
            ],
            options={
                'ordering': ['-changed_at'],
                'constraints': [models.UniqueConstraint(fields=('problem', 'person'), name='roster_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='ProblemLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='planner.savedproblem')),
            ],
            options={
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('removed', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='people.organisation')),
            ],
            options={
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='savedproblem',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='planner.unit'),
        ),
        migrations.AddField(
            model_name='answer',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='planner.unit'),
        ),
        migrations.CreateModel(
            name='ActionFollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=130)),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('planned', 'planned'), ('begun', 'begun'), ('done', 'done'), ('stopped', 'stopped')], max_length=10)),
                ('done', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('adopted', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='planner.adopted')),
            ],
            options={
                'ordering': ['action', 'year', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('planned', 'begun', 'done', 'stopped'))), name='action_follow_up_state_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['workforce', 'history', 'need'])), name='data_set_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.UniqueConstraint(fields=('data_set', 'number'), name='data_set_version_once'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'approved', 'rejected'])), name='data_set_state_known'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'received')), models.Q(models.Q(('state', 'received'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='data_set_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), ('state', 'rejected'), _negated=True), name='data_set_rejected_says_why'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(('file__isnull', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='data_set_withdrawn_says_why'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('answer', 'kind', 'code'), name='entry_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['need', 'action'])), name='entry_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='entryrevision',
            constraint=models.UniqueConstraint(fields=('part', 'number'), name='entry_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='adopted',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='supply_plan_adopted_once'),
        ),
        migrations.AddConstraint(
            model_name='planrevision',
            constraint=models.UniqueConstraint(fields=('part', 'number'), name='plan_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='planningdecision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['balance', 'plan', 'publish', 'withdraw'])), name='planning_decision_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('owner', 'year'), name='supply_plan_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='supply_plan_closes_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='computed',
            constraint=models.UniqueConstraint(fields=('version', 'kind', 'asked', 'basis'), name='computed_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='savedmapping',
            constraint=models.UniqueConstraint(fields=('organisation', 'name', 'number'), name='saved_mapping_once'),
        ),
        migrations.AddConstraint(
            model_name='problemversion',
            constraint=models.UniqueConstraint(fields=('problem', 'number'), name='problem_version_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('owner', 'code'), name='unit_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('removed', False)), fields=('owner', 'title'), name='unit_title_once'),
        ),
        migrations.AddConstraint(
            model_name='savedproblem',
            constraint=models.UniqueConstraint(fields=('owner', 'kind', 'code'), name='saved_problem_once'),
        ),
        migrations.AddConstraint(
            model_name='savedproblem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['supply', 'production', 'mix', 'roster'])), name='saved_problem_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('plan', 'unit'), name='unit_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'sent', 'returned', 'approved'])), name='unit_answer_state_known'),
        ),
        migrations.CreateModel(
            name='LocalDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('registration_number', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('ground', models.CharField(choices=[('competence', 'Competence'), ('delegation', 'Delegation')], max_length=10)),
                ('tasks', models.JSONField()),
                ('competence', models.CharField(max_length=100)),
                ('factor', models.DecimalField(decimal_places=4, default=1, max_digits=8)),
                ('supervision', models.DecimalField(decimal_places=4, default=0, max_digits=8)),
                ('supervised_by', models.CharField(blank=True, max_length=100)),
                ('up_to', models.DecimalField(decimal_places=4, default=1, max_digits=8)),
                ('first', models.DateField()),
                ('last', models.DateField(null=True)),
                ('text', models.TextField(blank=True)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.documentversion')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='local_decisions', to='planner.savedproblem')),
                ('withdraws', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='planner.localdecision')),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ground__in', ['competence', 'delegation'])), name='local_decision_ground_known'), models.CheckConstraint(condition=models.Q(('last', None), ('last__gte', models.F('first')), _connector='OR'), name='local_decision_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('withdraws', None)), fields=('problem', 'registration_number'), name='local_decision_number_once')],
            },
        ),
    ]
