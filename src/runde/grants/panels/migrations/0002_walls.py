"""The walls: tenants fenced, what was handed in, discussed and chosen kept, and a scoring that has opened stays open."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION panels_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'preparing' AND (OLD.criteria, OLD.lowest, OLD.highest, OLD.tie_rule, OLD.call_id)
        IS DISTINCT FROM (NEW.criteria, NEW.lowest, NEW.highest, NEW.tie_rule, NEW.call_id) THEN
        RAISE EXCEPTION 'what the scores are given by is frozen when the scoring starts'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'opened' AND NEW.state <> 'opened' OR OLD.state = 'scoring' AND NEW.state = 'preparing' THEN
        RAISE EXCEPTION 'scores that have been shown cannot be hidden again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER panels_frozen BEFORE UPDATE ON panels_panel FOR EACH ROW EXECUTE FUNCTION panels_frozen();
"""
DOWN = "DROP TRIGGER panels_frozen ON panels_panel; DROP FUNCTION panels_frozen();"


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_following_walls"), ("panels", "0001_initial")]

    operations = [
        FenceTable("panels_panel", keys={"call_id": "schemes_call"}),
        FenceTable("panels_assessor", keys={"panel_id": "panels_panel"}),
        FenceTable("panels_panelcase", keys={"panel_id": "panels_panel", "case_id": "casework_case"}),
        FenceTable(
            "panels_assignment", keys={"panel_case_id": "panels_panelcase", "assessor_id": "panels_assessor"}
        ),
        FenceTable("panels_sheet", keys={"assignment_id": "panels_assignment"}),
        FenceTable("panels_discussion", keys={"panel_case_id": "panels_panelcase"}),
        FenceTable("panels_cutline", keys={"panel_id": "panels_panel"}),
        FenceTable(
            "panels_rankedproposal", keys={"line_id": "panels_cutline", "proposal_id": "casework_proposal"}
        ),
        AppendOnly("panels_assessor", except_columns=("left_at", "left_why")),
        AppendOnly("panels_panelcase", except_columns=("amount_nok", "amount_why")),
        AppendOnly("panels_assignment", except_columns=("draft", "end", "ended_at")),
        AppendOnly("panels_sheet"),
        AppendOnly("panels_discussion"),
        AppendOnly("panels_cutline"),
        AppendOnly("panels_rankedproposal"),
        migrations.RunSQL(UP, DOWN),
    ]
