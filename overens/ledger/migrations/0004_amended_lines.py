# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations

FOLLOWS = """
INSERT INTO ledger_movement (from_place, to_place, cause_kind, changes_owner)
    VALUES ('reserved', 'outside', 'lowering-decision', false);

-- A line's sum is what was agreed until the government has approved it, and from then on what it has approved: it
-- changes with the money, in the same statement, and by nobody's hand. A line is never lowered to nothing.
CREATE FUNCTION ledger_line_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE ledger_line l SET kronor = -b.kronor FROM ledger_balance b
        WHERE b.line_id = l.id AND b.place = 'outside' AND l.kronor <> -b.kronor
          AND l.id IN (SELECT line_id FROM legs WHERE from_place = 'outside' OR to_place = 'outside');
    RETURN NULL;
END $$;

-- After ledger_apply_transfers, since triggers of one kind run in the order of their names.
CREATE TRIGGER ledger_line_follows AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS legs
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_line_follows();
"""
BACK = """
DROP TRIGGER ledger_line_follows ON ledger_transfer;
DROP FUNCTION ledger_line_follows();
DELETE FROM ledger_movement WHERE from_place = 'reserved' AND to_place = 'outside';
"""


class Migration(migrations.Migration):
    """An amendment may change what a line comes to: the same movement as in overens/rules/process.py, and a line's sum
    follows it.
    """

    dependencies = [("ledger", "0003_extension")]
    operations = [migrations.RunSQL(FOLLOWS, BACK)]
