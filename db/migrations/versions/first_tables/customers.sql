CREATE TABLE customers (
    shop TEXT NOT NULL,
    customer_index TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT customers_pk PRIMARY KEY (shop, customer_index)
);

CREATE UNIQUE INDEX customers_by_subject ON customers (shop, subject);

CREATE TABLE subject_keys (
    shop TEXT NOT NULL,
    subject TEXT NOT NULL,
    number BIGINT NOT NULL,
    box TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    destroyed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT subject_keys_pk PRIMARY KEY (shop, subject, number),
    CONSTRAINT subject_keys_destroyed_key_is_gone CHECK ((box IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE UNIQUE INDEX subject_keys_one_live ON subject_keys (shop, subject) WHERE destroyed_at IS NULL;

CREATE TABLE disclosures (
    number BIGINT GENERATED ALWAYS AS IDENTITY,
    shop TEXT NOT NULL,
    "case" TEXT,
    subject TEXT NOT NULL,
    fields TEXT[] NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    disclosed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT disclosures_pk PRIMARY KEY (number)
);

CREATE INDEX disclosures_by_case ON disclosures (shop, "case");

CREATE INDEX disclosures_by_subject ON disclosures (shop, subject);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only added, never changed or deleted', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER disclosures_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosures
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
