CREATE TABLE case_search (
    "case" TEXT NOT NULL,
    shop TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    customer TEXT NOT NULL,
    words TSVECTOR NOT NULL,
    marks BIGINT[] NOT NULL,
    boxes TEXT NOT NULL,
    marked TEXT,
    CONSTRAINT case_search_pk PRIMARY KEY ("case")
);

-- Words and marks lie apart from the rows, so that many rows found are few pages read: the indexes answer alone.
ALTER TABLE case_search SET (toast_tuple_target = 128);

-- New words wait in a list and go into the index many at a time, at a third of the cost; every search reads through that
-- list, so it is short (kB).
CREATE INDEX case_search_by_word ON case_search USING gin (words) WITH (gin_pending_list_limit = 256);

CREATE INDEX case_search_by_mark ON case_search USING gin (marks) WITH (gin_pending_list_limit = 256);

CREATE INDEX case_search_by_opening ON case_search (shop, opened_at DESC, "case" DESC);

CREATE INDEX case_search_by_customer ON case_search (shop, customer) WHERE marks <> '{}';

CREATE INDEX case_search_owed ON case_search ("case") WHERE marked IS DISTINCT FROM boxes;

CREATE TABLE case_promises (
    "case" TEXT NOT NULL,
    number INTEGER NOT NULL,
    shop TEXT NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT case_promises_pk PRIMARY KEY ("case", number)
);

CREATE INDEX case_promises_by_until ON case_promises (shop, until, "case");

-- Lists are sorted by it too: what has no due instant comes last.
DROP INDEX cases_by_due;

CREATE INDEX cases_by_due ON cases (shop, coalesce(due_at, 'infinity'::timestamptz), "case");
