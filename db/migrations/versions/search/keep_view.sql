DROP FUNCTION keep_view(jsonb, boolean);

-- Keeps a case as it stands, unless the same or a later version is kept already; true if this one was kept.
-- A function, because each of its statements sees what others committed while the first one waited for the row:
-- a single statement would look for outdated tasks in a past that no longer is.
-- The other arguments are those of `keep_search`.
CREATE FUNCTION keep_view(told jsonb, listed jsonb, words text[], marks bigint[], wait_for_disk boolean)
RETURNS boolean LANGUAGE plpgsql AS $$
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
        phone_index, order_index, amount_minor, currency, policy_version, due_at, view
    ) VALUES (
        told ->> 'case', told ->> 'shop', told ->> 'kind', told ->> 'parent', (told ->> 'version')::bigint,
        told ->> 'state', told ->> 'problem', told ->> 'channel', told ->> 'customer', told ->> 'handler',
        (told ->> 'opened_at')::timestamptz, (told ->> 'closed_at')::timestamptz, told ->> 'phone_index',
        told ->> 'order_index', (told #>> '{amount,minor}')::bigint, told #>> '{amount,currency}',
        told ->> 'policy_version',
        (SELECT min((task ->> 'due_at')::timestamptz) FROM jsonb_array_elements(told -> 'tasks') AS task),
        told
    )
    ON CONFLICT ("case") DO UPDATE SET
        shop = excluded.shop, kind = excluded.kind, parent = excluded.parent, version = excluded.version,
        state = excluded.state, problem = excluded.problem, channel = excluded.channel,
        customer = excluded.customer, handler = excluded.handler, opened_at = excluded.opened_at,
        closed_at = excluded.closed_at, phone_index = excluded.phone_index, order_index = excluded.order_index,
        amount_minor = excluded.amount_minor, currency = excluded.currency,
        policy_version = excluded.policy_version, due_at = excluded.due_at, view = excluded.view
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
          AND old.problem IS NOT DISTINCT FROM told ->> 'problem'
    );
    INSERT INTO case_tasks ("case", key, shop, kind, problem, desk, step, due_at, reason, needs_a_person)
    SELECT told ->> 'case', task ->> 'key', told ->> 'shop', told ->> 'kind', told ->> 'problem', task ->> 'desk',
           task ->> 'step', (task ->> 'due_at')::timestamptz, task ->> 'reason',
           (task ->> 'needs_a_person')::boolean
    FROM jsonb_array_elements(told -> 'tasks') WITH ORDINALITY AS listed (task, place)
    ORDER BY place
    ON CONFLICT ("case", key) DO NOTHING;

    DELETE FROM case_tracking AS old
    WHERE old."case" = told ->> 'case' AND NOT (told -> 'tracking' ? old.tracking AND old.shop = told ->> 'shop');
    INSERT INTO case_tracking (shop, tracking, "case")
    SELECT told ->> 'shop', number, told ->> 'case' FROM jsonb_array_elements_text(told -> 'tracking') AS number
    ON CONFLICT DO NOTHING;

    PERFORM keep_search(told, listed, words, marks);
    RETURN true;
END
$$;
