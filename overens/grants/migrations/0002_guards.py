# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Nothing of a case is deleted; what was signed, examined or settled is not changed either."""

    dependencies = [("grants", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON grants_case, grants_requisition, grants_financialreport, grants_batch,"
            " grants_payment, grants_claim, grants_bankrow, grants_clawback, grants_accountsrequest FROM overens_app;"
            "REVOKE UPDATE, DELETE, TRUNCATE ON grants_examination, grants_costitem, grants_settlement,"
            " grants_distribution, grants_distributionrow FROM overens_app;"
            # A signed requisition or report can only be marked as superseded.
            "REVOKE UPDATE ON grants_requisition, grants_financialreport FROM overens_app;"
            "GRANT UPDATE (superseded) ON grants_requisition, grants_financialreport TO overens_app;",
            migrations.RunSQL.noop,
        )
    ]
