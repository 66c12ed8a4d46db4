# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Those who work by a rota: a secret address can be ended, not moved; what somebody wished stays as it was."""

    dependencies = [
        ("planner", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("who", models.CharField(max_length=100)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_links",
                        to="planner.savedproblem",
                    ),
                ),
            ],
            options={"ordering": ["-pk"], "abstract": False},
        ),
        migrations.CreateModel(
            name="StaffWishes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=100)),
                ("first", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("wishes", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="planner.stafflink"
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff_wishes",
                        to="planner.savedproblem",
                    ),
                ),
            ],
            options={"ordering": ["who", "-first", "-number"]},
        ),
        migrations.AddConstraint(
            model_name="staffwishes",
            constraint=models.UniqueConstraint(fields=("problem", "who", "first", "number"), name="staff_wishes_once"),
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON planner_stafflink, planner_staffwishes FROM overens_app;"
            "GRANT UPDATE (ended_at) ON planner_stafflink TO overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
