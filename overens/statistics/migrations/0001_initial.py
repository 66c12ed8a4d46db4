# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
import django.db.models.functions.datetime
import overens.records.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0004_contributor'),
        ('records', '0008_attachments'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('subject', models.CharField(db_index=True, max_length=160)),
                ('format', models.CharField(max_length=12)),
                ('asked', models.JSONField(default=dict)),
                ('table_id', models.CharField(blank=True, max_length=100)),
                ('query', models.JSONField(default=dict)),
                ('title', models.TextField()),
                ('title_en', models.TextField()),
                ('measure', models.CharField(max_length=60)),
                ('level', models.CharField(max_length=12)),
                ('source', models.TextField()),
                ('note', models.TextField(blank=True)),
                ('units', models.JSONField()),
                ('names', models.JSONField(default=dict)),
                ('findings', models.JSONField(default=list)),
                ('sha256', models.CharField(max_length=64)),
                ('fetched_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=overens.records.clock.now)),
                ('state', models.CharField(choices=[('received', 'Received'), ('approved', 'Approved'), ('rejected', 'Rejected')], default='received', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.mandate')),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StoredColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('time', models.CharField(max_length=12)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('age', models.CharField(blank=True, max_length=12)),
                ('values', models.JSONField()),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='columns', to='statistics.storedtable')),
            ],
            options={
                'ordering': ['table', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('address', models.TextField(blank=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='statistics.storedtable')),
            ],
            options={
                'ordering': ['table', 'number'],
            },
        ),
        migrations.AddConstraint(
            model_name='storedtable',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'approved', 'rejected'])), name='statistics_state_known'),
        ),
        migrations.AddConstraint(
            model_name='storedtable',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'received')), models.Q(models.Q(('state', 'received'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='statistics_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='storedtable',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), ('state', 'rejected'), _negated=True), name='statistics_rejected_says_why'),
        ),
        migrations.AddConstraint(
            model_name='storedcolumn',
            constraint=models.UniqueConstraint(fields=('table', 'time', 'sex', 'age'), name='statistics_column_once'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('table', 'number'), name='statistics_reply_once'),
        ),
    ]
