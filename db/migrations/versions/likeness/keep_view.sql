-- Keeps a case as it stands, unless the same or a later version is kept already; true if this one was kept.
-- A function, because each of its statements sees what others committed while the first one waited for the row:
-- a single statement would look for outdated tasks in a past that no longer is.
-- The arguments between are those of `keep_search`.
CREATE OR REPLACE FUNCTION keep_view(told jsonb, listed jsonb, words text[], marks bigint[], wait_for_disk boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    urgency CONSTANT smallint := coalesce((told ->> 'priority')::smallint, 3);
    in_team CONSTANT text := nullif(told ->> 'team', '');
    stands_in_until CONSTANT timestamptz := (told ->> 'stand_in_until')::timestamptz;
BEGIN
    -- A repeat is answered without writing anything, so it need not wait for the disk.
    IF EXISTS (SELECT FROM cases WHERE "case" = told ->> 'case' AND version >= (told ->> 'version')::bigint) THEN
        RETURN false;
    END IF;
    IF NOT wait_for_disk THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    INSERT INTO cases AS kept (
        "case", shop, kind, parent, version, state, problem, channel, customer, handler, opened_at, closed_at,
        phone_index, order_index, amount_minor, currency, policy_version, due_at, view, priority, team
    ) VALUES (
        told ->> 'case', told ->> 'shop', told ->> 'kind', told ->> 'parent', (told ->> 'version')::bigint,
        told ->> 'state', told ->> 'problem', told ->> 'channel', told ->> 'customer', told ->> 'handler',
        (told ->> 'opened_at')::timestamptz, (told ->> 'closed_at')::timestamptz, told ->> 'phone_index',
        told ->> 'order_index', (told #>> '{amount,minor}')::bigint, told #>> '{amount,currency}',
        told ->> 'policy_version',
        (SELECT min((task ->> 'due_at')::timestamptz) FROM jsonb_array_elements(told -> 'tasks') AS task),
        told, urgency, in_team
    )
    ON CONFLICT ("case") DO UPDATE SET
        shop = excluded.shop, kind = excluded.kind, parent = excluded.parent, version = excluded.version,
        state = excluded.state, problem = excluded.problem, channel = excluded.channel,
        customer = excluded.customer, handler = excluded.handler, opened_at = excluded.opened_at,
        closed_at = excluded.closed_at, phone_index = excluded.phone_index, order_index = excluded.order_index,
        amount_minor = excluded.amount_minor, currency = excluded.currency,
        policy_version = excluded.policy_version, due_at = excluded.due_at, view = excluded.view,
        priority = excluded.priority, team = excluded.team
    WHERE kept.version < excluded.version;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    -- What changed goes and comes back new; what did not change is not written again.
    DELETE FROM case_tasks AS old
    WHERE old."case" = told ->> 'case' AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(told -> 'tasks') AS task
        WHERE old.key = task ->> 'key' AND old.desk = task ->> 'desk' AND old.step = task ->> 'step'
          AND old.due_at IS NOT DISTINCT FROM (task ->> 'due_at')::timestamptz
          AND old.reason = task ->> 'reason' AND old.needs_a_person = (task ->> 'needs_a_person')::boolean
          AND old.shop = told ->> 'shop' AND old.kind = told ->> 'kind'
          AND old.problem IS NOT DISTINCT FROM told ->> 'problem' AND old.priority = urgency
          AND old.handler IS NOT DISTINCT FROM told ->> 'handler' AND old.team IS NOT DISTINCT FROM in_team
          AND old.stand_in IS NOT DISTINCT FROM told ->> 'stand_in'
          AND old.stand_in_until IS NOT DISTINCT FROM stands_in_until
    );
    INSERT INTO case_tasks (
        "case", key, shop, kind, problem, desk, step, due_at, reason, needs_a_person, priority, handler, team, stand_in,
        stand_in_until
    )
    SELECT told ->> 'case', task ->> 'key', told ->> 'shop', told ->> 'kind', told ->> 'problem', task ->> 'desk',
           task ->> 'step', (task ->> 'due_at')::timestamptz, task ->> 'reason',
           (task ->> 'needs_a_person')::boolean, urgency, told ->> 'handler', in_team, told ->> 'stand_in',
           stands_in_until
    FROM jsonb_array_elements(told -> 'tasks') WITH ORDINALITY AS listed (task, place)
    ORDER BY place
    ON CONFLICT ("case", key) DO NOTHING;

    DELETE FROM case_tracking AS old
    WHERE old."case" = told ->> 'case' AND NOT (told -> 'tracking' ? old.tracking AND old.shop = told ->> 'shop');
    INSERT INTO case_tracking (shop, tracking, "case")
    SELECT told ->> 'shop', number, told ->> 'case' FROM jsonb_array_elements_text(told -> 'tracking') AS number
    ON CONFLICT DO NOTHING;
    IF told ->> 'kind' = 'complaint' AND jsonb_array_length(told -> 'photos') > 0 THEN
        PERFORM keep_looks(told);
    END IF;

    PERFORM keep_search(told, listed, words, marks);
    RETURN true;
END
$$;
