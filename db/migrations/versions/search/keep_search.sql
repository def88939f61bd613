-- Keeps what a case is found by. listed: {"traits": [...], "promises": [{"number", "until"}], "key"}. marks: of the
-- words in its boxes, made under the customer's key of that number; NULL: whoever writes did not look into the boxes,
-- so that the marks stay as they are, and are owed if the boxes are other ones.
CREATE FUNCTION keep_search(told jsonb, listed jsonb, words text[], marks bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine CONSTANT text := told ->> 'case';
    its_boxes CONSTANT text := md5(coalesce(told -> 'sealed', 'null')::text);
    its_words CONSTANT tsvector := array_to_tsvector(words || ARRAY(SELECT jsonb_array_elements_text(listed -> 'traits')));
    made_from text;
BEGIN
    IF coalesce(told -> 'sealed', 'null') IN ('null', '{}') THEN
        marks := '{}';
    ELSIF cardinality(marks) > 0 THEN
        -- The lock meets whoever destroys the key: either the marks are there when theirs are cleared, or none are made.
        PERFORM FROM subject_keys AS k
        WHERE k.shop = told ->> 'shop' AND k.subject = told ->> 'customer' AND k.number = (listed ->> 'key')::bigint
          AND k.destroyed_at IS NULL
        FOR SHARE;
        IF NOT FOUND THEN
            marks := '{}';
        END IF;
    END IF;
    made_from := CASE WHEN marks IS NOT NULL THEN its_boxes END;
    INSERT INTO case_search AS known ("case", shop, opened_at, customer, words, marks, boxes, marked)
    VALUES (
        mine, told ->> 'shop', (told ->> 'opened_at')::timestamptz, told ->> 'customer', its_words,
        coalesce(marks, '{}'), its_boxes, made_from
    )
    ON CONFLICT ("case") DO UPDATE SET
        shop = excluded.shop, opened_at = excluded.opened_at, customer = excluded.customer, words = excluded.words,
        marks = CASE WHEN excluded.marked IS NULL THEN known.marks ELSE excluded.marks END,
        boxes = excluded.boxes, marked = coalesce(excluded.marked, known.marked)
    WHERE (known.words, known.boxes, known.shop, known.opened_at, known.customer)
            IS DISTINCT FROM (excluded.words, excluded.boxes, excluded.shop, excluded.opened_at, excluded.customer)
       OR excluded.marked IS NOT NULL
          AND (known.marks, known.marked) IS DISTINCT FROM (excluded.marks, excluded.marked);

    DELETE FROM case_promises AS old
    WHERE old."case" = mine AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(listed -> 'promises') AS promise
        WHERE old.number = (promise ->> 'number')::integer AND old.until = (promise ->> 'until')::timestamptz
          AND old.shop = told ->> 'shop'
    );
    INSERT INTO case_promises ("case", number, shop, until)
    SELECT mine, (promise ->> 'number')::integer, told ->> 'shop', (promise ->> 'until')::timestamptz
    FROM jsonb_array_elements(listed -> 'promises') AS promise
    ON CONFLICT ("case", number) DO NOTHING;
END
$$;

-- The same for a case whose row stands at this very version, and only then; true if it does.
CREATE FUNCTION renew_search(told jsonb, listed jsonb, words text[], marks bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM cases WHERE "case" = told ->> 'case' AND version = (told ->> 'version')::bigint FOR SHARE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM keep_search(told, listed, words, marks);
    RETURN true;
END
$$;
