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
        ('people', '0004_contributor'),
        ('records', '0008_attachments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DataSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(choices=[('workforce', 'Workforce'), ('history', 'History')], max_length=12)),
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
            name='Incoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('workforce', 'Workforce'), ('history', 'History')], max_length=12)),
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
            name='SavedScenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(allow_unicode=True, max_length=60)),
                ('title', models.CharField(max_length=300)),
                ('number', models.PositiveIntegerField(default=0)),
                ('removed', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to='people.organisation')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='planner.savedscenario')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ScenarioVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='planner.savedscenario')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Projected',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.BigIntegerField()),
                ('runs', models.PositiveIntegerField()),
                ('basis', models.CharField(max_length=64)),
                ('packed', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('finished_at', models.DateTimeField()),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.run')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projections', to='planner.scenarioversion')),
            ],
            options={
                'ordering': ['-finished_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Tried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField()),
                ('finished_at', models.DateTimeField()),
                ('projected', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tried', to='planner.projected')),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.run')),
            ],
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['workforce', 'history'])), name='data_set_kind_known'),
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
            model_name='savedmapping',
            constraint=models.UniqueConstraint(fields=('organisation', 'name', 'number'), name='saved_mapping_once'),
        ),
        migrations.AddConstraint(
            model_name='savedscenario',
            constraint=models.UniqueConstraint(fields=('owner', 'code'), name='saved_scenario_once'),
        ),
        migrations.AddConstraint(
            model_name='scenarioversion',
            constraint=models.UniqueConstraint(fields=('scenario', 'number'), name='scenario_version_once'),
        ),
        migrations.AddConstraint(
            model_name='projected',
            constraint=models.UniqueConstraint(fields=('version', 'seed', 'runs', 'basis'), name='projected_once'),
        ),
        migrations.AddConstraint(
            model_name='projected',
            constraint=models.CheckConstraint(condition=models.Q(('runs__gte', 2)), name='projected_has_runs'),
        ),
        migrations.CreateModel(
            name="Valuation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(max_length=64)),
                ("year", models.PositiveIntegerField()),
                ("draws", models.PositiveIntegerField()),
                ("packed", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("finished_at", models.DateTimeField()),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.run"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="valuations",
                        to="planner.scenarioversion",
                    ),
                ),
            ],
            options={"ordering": ["-finished_at", "-pk"]},
        ),
    ]
