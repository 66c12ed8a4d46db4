# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What is written down stays: a row is added, and of what may be ended, answered or chosen later the columns are
    named.
    """

    dependencies = [("followup", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_submission, followup_countfact, followup_measure,"
            " followup_measureyear, followup_measuremoney, followup_measureparty, followup_choicefact,"
            " followup_introduction, followup_maturity, followup_text, followup_roundversion, followup_roundextension,"
            " followup_partrevision FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_round, followup_report, followup_part FROM overens_app;"
            "GRANT UPDATE (superseded) ON followup_submission TO overens_app;"
            "GRANT UPDATE (chosen_at) ON followup_partrevision TO overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_message, followup_thread, followup_signoff, followup_showing,"
            " followup_reportfile FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_burdenminutes FROM overens_app;"
            "GRANT UPDATE (closed_at, closed_by_id) ON followup_thread TO overens_app;"
            "GRANT UPDATE (hidden_at) ON followup_showing TO overens_app;"
            "GRANT UPDATE (removed_at, removed_by_id) ON followup_reportfile TO overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_proposaldecision FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_call, followup_proposal, followup_sharingway FROM overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_exampleconsent FROM overens_app;"
            "GRANT UPDATE (ended_at, ended_by_id) ON followup_exampleconsent TO overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_reportexamination FROM overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_roundstep, followup_reminder, followup_consultation,"
            " followup_undertakingstep FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_commission, followup_deliverable FROM overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_visitplan, followup_interviewguide, followup_interview,"
            " followup_interviewnote, followup_memotext, followup_factcheck, followup_passage, followup_collectedfile"
            " FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_visit, followup_collected FROM overens_app;"
            "GRANT UPDATE (due_on, answer_id, answered_at, result_id, closed_at, note) ON followup_factcheck"
            " TO overens_app;"
            "GRANT UPDATE (answer, said, answered_by_id, taking, new_text, reason) ON followup_passage TO overens_app;"
            "GRANT UPDATE (held_on, not_held_because, roles, form) ON followup_interview TO overens_app;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            # A coding's quote is what stands in its place, whoever writes it.
            "CREATE FUNCTION followup_coding_quote() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE body text; BEGIN"
            " SELECT t.body INTO body FROM followup_text t WHERE t.id = NEW.text_id;"
            ' IF NEW.quote IS DISTINCT FROM substr(body, NEW.start + 1, NEW."end" - NEW.start) THEN'
            " RAISE EXCEPTION 'the quote is not what stands in the text' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'coding_quote_stands_there'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER followup_coding_quote BEFORE INSERT ON followup_coding"
            " FOR EACH ROW EXECUTE FUNCTION followup_coding_quote();"
            # Added and never changed; what may be ended, answered or finished is named.
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_theme, followup_codebookedition, followup_coding,"
            " followup_textread, followup_savedsearch, followup_suggestionrun, followup_suggestion, followup_sample,"
            " followup_sampletheme, followup_sampleunit, followup_judgement, followup_resolution FROM overens_app;"
            "GRANT UPDATE (ended_at, ended_by_id, ended_why) ON followup_coding TO overens_app;"
            "GRANT UPDATE (ended_at) ON followup_textread, followup_savedsearch TO overens_app;"
            "GRANT UPDATE (run_id, done_at, coded, not_coded, looked_through, measured)"
            " ON followup_suggestionrun TO overens_app;"
            "GRANT UPDATE (answer, answered_by_id, answered_at, coding_id) ON followup_suggestion TO overens_app;"
            "GRANT UPDATE (done_at) ON followup_sample TO overens_app;"
            "GRANT UPDATE (answered_at) ON followup_sampleunit TO overens_app;",
            "DROP TRIGGER followup_coding_quote ON followup_coding; DROP FUNCTION followup_coding_quote();",
        ),
    ]
