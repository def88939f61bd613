-- Every row of the register that is new or newer tells the shop's webhooks, in the statement that writes it: an event is
-- as durable as the row, and comes once a version however often the row is repeated. Versions that a row passed over (it
-- fell behind and was mended) are told as the one step from the row before to this one.
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before cases_told%ROWTYPE;
    happened TEXT[] := '{}';
BEGIN
    IF NOT EXISTS (SELECT FROM webhooks AS w WHERE w.shop = NEW.shop AND w.takes = 'events') THEN
        RETURN NULL;
    END IF;
    SELECT t.* INTO before FROM cases_told AS t WHERE t."case" = NEW."case";
    IF TG_OP = 'UPDATE' THEN
        IF OLD.version >= coalesce(before.version, 0) THEN
            before := ROW (OLD."case", OLD.version, OLD.state, OLD.closed_at IS NOT NULL);
        END IF;
    END IF;
    IF before.version >= NEW.version THEN
        RETURN NULL;
    END IF;

    IF before.version IS NULL THEN
        happened := happened || 'opened'::text;
    END IF;
    IF NEW.closed_at IS NOT NULL AND NOT coalesce(before.closed, false) THEN
        happened := happened || 'closed'::text;
    ELSIF NEW.closed_at IS NULL AND before.closed THEN
        happened := happened || 'reopened'::text;
    ELSIF before.version IS NOT NULL THEN
        happened := happened || CASE WHEN before.state = NEW.state THEN 'changed' ELSE 'moved' END::text;
    END IF;

    INSERT INTO webhook_deliveries (webhook, event, type, "case", said, state)
    SELECT w.webhook, format('evt_%s_%s_%s', NEW."case", NEW.version, what), NEW.kind || '.' || what, NEW."case",
           jsonb_build_object(
               'case', NEW."case", 'kind', NEW.kind, 'parent', NEW.parent, 'version', NEW.version,
               'previous_version', before.version, 'state', NEW.state, 'previous_state', before.state,
               'problem', NEW.problem, 'closed', NEW.closed_at IS NOT NULL
           ),
           CASE w.state WHEN 'on' THEN 'due' ELSE 'held' END
    FROM webhooks AS w, unnest(happened) WITH ORDINALITY AS told (what, place)
    WHERE w.shop = NEW.shop AND w.takes = 'events' AND (
        w.events = '{}' OR w.events && ARRAY [NEW.kind || '.' || what, NEW.kind || '.*', '*.' || what]
    )
    ORDER BY place
    ON CONFLICT (webhook, event) DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER cases_tell_webhooks AFTER INSERT OR UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION tell_webhooks();

-- The register may be emptied and rebuilt from the histories; what it had told is remembered, and not told again.
CREATE FUNCTION remember_what_was_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_told AS t ("case", version, state, closed)
    SELECT c."case", c.version, c.state, c.closed_at IS NOT NULL FROM cases AS c
    ON CONFLICT ("case") DO UPDATE SET
        version = excluded.version, state = excluded.state, closed = excluded.closed
    WHERE t.version < excluded.version;
    RETURN NULL;
END
$$;

CREATE TRIGGER cases_remember_what_was_told BEFORE TRUNCATE ON cases
    FOR EACH STATEMENT EXECUTE FUNCTION remember_what_was_told();
