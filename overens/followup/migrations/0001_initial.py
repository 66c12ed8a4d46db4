# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import overens.rules.followup.process
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
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='people.organisation')),
            ],
            options={
                'ordering': ['organisation', 'number'],
            },
        ),
        migrations.CreateModel(
            name='MeasureYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('area', models.CharField(blank=True, max_length=50)),
                ('areas', models.JSONField(default=list)),
                ('use', models.CharField(blank=True, max_length=50)),
                ('nature', models.CharField(blank=True, max_length=20)),
                ('status', models.CharField(blank=True, max_length=20)),
                ('began_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('purpose', models.TextField(blank=True)),
                ('goal', models.TextField(blank=True)),
                ('units', models.TextField(blank=True)),
                ('units_number', models.PositiveIntegerField(null=True)),
                ('results', models.TextField(blank=True)),
                ('success_factors', models.TextField(blank=True)),
                ('challenges', models.TextField(blank=True)),
                ('worked_less_well', models.TextField(blank=True)),
                ('spread', models.CharField(blank=True, max_length=20)),
                ('worth_spreading', models.CharField(blank=True, max_length=20)),
                ('changed', models.TextField(blank=True)),
                ('legibility', models.CharField(blank=True, max_length=20)),
                ('raw', models.CharField(blank=True, max_length=300)),
                ('area_guess', models.CharField(blank=True, max_length=50)),
                ('page', models.PositiveSmallIntegerField(null=True)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to='followup.measure')),
            ],
            options={
                'ordering': ['submission', 'area', 'measure__number'],
            },
        ),
        migrations.CreateModel(
            name='MeasureParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(max_length=30)),
                ('how', models.TextField(blank=True)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='followup.measureyear')),
            ],
            options={
                'ordering': ['measure', 'party'],
            },
        ),
        migrations.CreateModel(
            name='MeasureMoney',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pot', models.CharField(max_length=50)),
                ('kronor', models.BigIntegerField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money', to='followup.measureyear')),
            ],
            options={
                'ordering': ['measure', 'pot'],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('content', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('removed', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['report', 'key'],
            },
        ),
        migrations.CreateModel(
            name='PartRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('base', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('merged', models.BooleanField(default=False)),
                ('set_aside', models.JSONField(default=dict)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('prefilled', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='followup.part')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['part', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('state', models.CharField(choices=[('writing', 'writing'), ('submitted', 'submitted'), ('returned', 'returned'), ('accepted', 'accepted')], default=overens.rules.followup.process.ReportState['WRITING'], max_length=10)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('respondent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='people.organisation')),
            ],
            options={
                'ordering': ['round', 'respondent__code'],
            },
        ),
        migrations.AddField(
            model_name='part',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='followup.report'),
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('agreement', models.CharField(db_index=True, max_length=50)),
                ('code', models.CharField(max_length=50)),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(choices=[('preparing', 'preparing'), ('open', 'open'), ('closed', 'closed')], default=overens.rules.followup.process.RoundState['PREPARING'], max_length=10)),
                ('about_from', models.DateField()),
                ('about_to', models.DateField()),
                ('opens_on', models.DateField(null=True)),
                ('closes_on', models.DateField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds_asked', to='people.organisation')),
            ],
            options={
                'ordering': ['-about_to', 'key'],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='followup.round'),
        ),
        migrations.CreateModel(
            name='RoundExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closes_on', models.DateField()),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('respondent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='followup.round')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RoundVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('mandate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='followup.round')),
            ],
            options={
                'ordering': ['round', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreement', models.CharField(db_index=True, max_length=50)),
                ('year', models.PositiveSmallIntegerField()),
                ('citation', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(null=True)),
                ('superseded', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='people.organisation')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='followup.report')),
                ('version', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='records.documentversion')),
            ],
            options={
                'ordering': ['-year', 'organisation__code', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='measureyear',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='followup.submission'),
        ),
        migrations.CreateModel(
            name='Maturity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('service', models.CharField(max_length=200)),
                ('need', models.PositiveSmallIntegerField(null=True)),
                ('capacity', models.PositiveSmallIntegerField(null=True)),
                ('schedule', models.PositiveSmallIntegerField(null=True)),
                ('followup', models.PositiveSmallIntegerField(null=True)),
                ('text', models.TextField(blank=True)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='maturities', to='followup.submission')),
            ],
            options={
                'ordering': ['submission', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('occupation', models.CharField(blank=True, max_length=200)),
                ('offered', models.CharField(blank=True, max_length=10)),
                ('compulsory', models.BooleanField(null=True)),
                ('months', models.PositiveSmallIntegerField(null=True)),
                ('starts', models.PositiveSmallIntegerField(null=True)),
                ('mentor', models.BooleanField(null=True)),
                ('protected_percent', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('protected_months', models.PositiveSmallIntegerField(null=True)),
                ('participants', models.PositiveIntegerField(null=True)),
                ('text', models.TextField(blank=True)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='introductions', to='followup.submission')),
            ],
            options={
                'ordering': ['submission', 'number'],
            },
        ),
        migrations.CreateModel(
            name='CountFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.CharField(max_length=50)),
                ('year', models.PositiveSmallIntegerField()),
                ('term', models.CharField(blank=True, max_length=2)),
                ('sex', models.CharField(blank=True, max_length=5)),
                ('speciality', models.CharField(blank=True, max_length=50)),
                ('answered', models.CharField(choices=[('number', 'Number'), ('cannot-report', 'Cannot Report'), ('not-offered', 'Not Offered'), ('lost', 'Lost')], max_length=15)),
                ('number', models.PositiveIntegerField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('certainty', models.CharField(choices=[('reported', 'Reported'), ('certain', 'Certain'), ('derived', 'Derived'), ('probable', 'Probable'), ('unassigned', 'Unassigned'), ('printed-total', 'Printed Total')], default='reported', max_length=15)),
                ('raw', models.CharField(blank=True, max_length=200)),
                ('candidates', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='followup.submission')),
            ],
            options={
                'ordering': ['count', 'year', 'term', 'sex', 'speciality', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChoiceFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=50)),
                ('choice', models.CharField(max_length=50)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='followup.submission')),
            ],
            options={
                'ordering': ['submission', 'question'],
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=160)),
                ('heading', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('area', models.CharField(blank=True, max_length=50)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('vector', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.F('heading'), config='swedish', weight='B'), '||', django.contrib.postgres.search.SearchVector(models.F('body'), config='swedish', weight='C'), django.contrib.postgres.search.SearchConfig('swedish')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='followup.submission')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('organisation', 'number'), name='measure_number_once'),
        ),
        migrations.AddConstraint(
            model_name='measureparty',
            constraint=models.UniqueConstraint(fields=('measure', 'party'), name='measure_party_once'),
        ),
        migrations.AddConstraint(
            model_name='measureparty',
            constraint=models.CheckConstraint(condition=models.Q(('party__in', ('patient-near-operations', 'staff-representatives', 'private-providers', 'patients', 'municipalities', 'universities', 'other-regions', 'authorities', 'citizens'))), name='measure_party_known'),
        ),
        migrations.AddConstraint(
            model_name='measuremoney',
            constraint=models.UniqueConstraint(fields=('measure', 'pot'), name='measure_money_once'),
        ),
        migrations.AddConstraint(
            model_name='measuremoney',
            constraint=models.CheckConstraint(condition=models.Q(('kronor__gte', 0)), name='measure_money_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='partrevision',
            constraint=models.UniqueConstraint(fields=('part', 'number'), name='part_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(fields=('report', 'key'), name='part_once'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('agreement', 'code'), name='round_once'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'open', 'closed'])), name='round_state_known'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('state', overens.rules.followup.process.RoundState['PREPARING']), ('opened_at__isnull', False), _connector='OR'), name='round_open_was_opened'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['respondent', 'state'], name='report_of_respondent'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('round', 'respondent'), name='report_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['writing', 'submitted', 'returned', 'accepted'])), name='report_state_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state', overens.rules.followup.process.ReportState['WRITING']), ('submitted_at__isnull', False), _connector='OR'), name='report_handed_in_was_received'),
        ),
        migrations.AddConstraint(
            model_name='roundextension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='round_extension_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='roundversion',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='round_version_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('citation', ''), ('report__isnull', False), ('version__isnull', False)), models.Q(('report', None), ('version', None), models.Q(('citation', ''), _negated=True)), _connector='OR'), name='submission_signed_or_printed'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded', False)), fields=('report',), name='submission_one_standing_a_report'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('citation', ''), _negated=True), fields=('organisation', 'citation'), name='submission_printed_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='measureyear',
            index=models.Index(fields=['area', 'status'], name='measure_year_of_area'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.UniqueConstraint(fields=('submission', 'measure'), name='measure_year_once'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['', 'planned', 'pilot', 'ongoing', 'broad-introduction', 'regular-operation', 'ended'])), name='measure_year_status_known'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['', 'new', 'strengthened', 'maintained'])), name='measure_year_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('spread__in', ['', 'single-unit', 'several-units', 'whole-region', 'other-regions'])), name='measure_year_spread_known'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('worth_spreading__in', ['', 'yes', 'with-changes', 'too-early', 'no'])), name='measure_year_worth_known'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('legibility__in', ['', 'ok', 'partly-restored', 'illegible'])), name='measure_year_legibility_known'),
        ),
        migrations.AddConstraint(
            model_name='measureyear',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('began_on', None), ('ended_on__gte', models.F('began_on')), _connector='OR'), name='measure_year_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='maturity',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='maturity_once'),
        ),
        migrations.AddConstraint(
            model_name='maturity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('need', None), ('need__lte', 3), _connector='OR'), models.Q(('capacity', None), ('capacity__lte', 3), _connector='OR'), models.Q(('schedule', None), ('schedule__lte', 3), _connector='OR'), models.Q(('followup', None), ('followup__lte', 3), _connector='OR')), name='maturity_levels_0_to_3'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='introduction_once'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(('offered__in', ['', 'all', 'some'])), name='introduction_offered_known'),
        ),
        migrations.AddIndex(
            model_name='countfact',
            index=models.Index(fields=['count', 'year'], name='count_fact_of_year'),
        ),
        migrations.AddConstraint(
            model_name='countfact',
            constraint=models.CheckConstraint(condition=models.Q(('term__in', ('', 'vt', 'ht'))), name='count_fact_term_known'),
        ),
        migrations.AddConstraint(
            model_name='countfact',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ('', 'women', 'men'))), name='count_fact_sex_known'),
        ),
        migrations.AddConstraint(
            model_name='countfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered__in', ['number', 'lost']), ('number__isnull', False)), models.Q(('answered__in', ['cannot-report', 'not-offered']), ('number', None)), _connector='OR'), name='count_fact_number_where_there_is_one'),
        ),
        migrations.AddConstraint(
            model_name='countfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered', 'cannot-report'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='count_fact_cannot_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='countfact',
            constraint=models.UniqueConstraint(condition=models.Q(('certainty', 'reported')), fields=('submission', 'count', 'year', 'term', 'sex', 'speciality'), name='count_fact_once'),
        ),
        migrations.AddConstraint(
            model_name='choicefact',
            constraint=models.UniqueConstraint(fields=('submission', 'question'), name='choice_fact_once'),
        ),
        migrations.AddIndex(
            model_name='text',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='text_search'),
        ),
        migrations.AddConstraint(
            model_name='text',
            constraint=models.UniqueConstraint(fields=('submission', 'place'), name='text_once'),
        ),
        migrations.AddConstraint(
            model_name='text',
            constraint=models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='text_is_not_empty'),
        ),
    ]
