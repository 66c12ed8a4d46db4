# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    """A version is signed by the parties, approved by the government and so in force; each decision names the version
    that it was decided by, and a decision may lower what another gave.
    """

    dependencies = [
        ("agreements", "0003_extension"),
        ("ledger", "0004_amended_lines"),
        ("people", "0003_mandates_end"),
        ("records", "0005_dispose"),
    ]

    operations = [
        migrations.AddField("agreementversion", "signed_here", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="PartySignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.CharField(max_length=50)),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="party_signature",
                        to="records.documentversion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("version", "party"), name="party_signs_once")],
            },
        ),
        migrations.AddField(
            "decision",
            "version",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="agreements.agreementversion",
            ),
        ),
        # An approval's paper names the hash of the text; a payment was decided by the text that was approved.
        migrations.RunSQL(
            "UPDATE agreements_decision d SET version_id = v.id"
            " FROM records_documentversion c, agreements_agreementversion v"
            " JOIN records_documentversion p ON p.id = v.paper_id"
            " WHERE c.id = d.paper_id AND d.kind = 'approval' AND c.content::jsonb ->> 'agreement_sha256' = p.sha256;"
            "UPDATE agreements_decision d SET version_id = a.version_id FROM agreements_decision a"
            " WHERE d.version_id IS NULL AND a.kind = 'approval' AND a.agreement = d.agreement;"
            "SET CONSTRAINTS ALL IMMEDIATE;",
            NOTHING,
        ),
        migrations.AlterField(
            "decision",
            "version",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="agreements.agreementversion",
            ),
        ),
        migrations.AlterField(
            "decision",
            "kind",
            models.CharField(
                choices=[
                    ("approval", "Approval"),
                    ("payment-decision", "Payment"),
                    ("lowering-decision", "Lowering"),
                ],
                max_length=30,
            ),
        ),
        migrations.RemoveConstraint("decision", "decision_kind_known"),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=Q(kind__in=["approval", "payment-decision", "lowering-decision"]), name="decision_kind_known"
            ),
        ),
        migrations.RemoveConstraint("decision", "agreement_approved_once"),
        migrations.AddConstraint(
            "decision",
            models.UniqueConstraint(condition=Q(kind="approval"), fields=("version",), name="version_approved_once"),
        ),
        migrations.RemoveConstraint("decisionrow", "decision_row_positive"),
        migrations.AddConstraint(
            "decisionrow", models.CheckConstraint(condition=~Q(kronor=0), name="decision_row_not_zero")
        ),
        migrations.RunSQL("REVOKE UPDATE, DELETE, TRUNCATE ON agreements_partysignature FROM overens_app;", NOTHING),
    ]
