CREATE TABLE cases (
    "case" TEXT NOT NULL,
    shop TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    channel TEXT,
    customer TEXT NOT NULL,
    handler TEXT,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    phone_index TEXT,
    order_index TEXT,
    amount_minor BIGINT,
    currency TEXT,
    policy_version TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    view JSONB NOT NULL,
    CONSTRAINT cases_pk PRIMARY KEY ("case")
);

CREATE INDEX cases_by_customer ON cases (shop, customer, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_due ON cases (shop, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX cases_by_handler ON cases (shop, handler, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_kind ON cases (shop, kind, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_opening ON cases (shop, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_order ON cases (shop, order_index, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_parent ON cases (parent) WHERE parent IS NOT NULL;

CREATE INDEX cases_by_phone ON cases (shop, phone_index, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_problem ON cases (shop, problem, opened_at DESC, "case" DESC);

CREATE INDEX cases_by_state ON cases (shop, state, opened_at DESC, "case" DESC);

CREATE INDEX cases_open ON cases ("case") WHERE closed_at IS NULL;

CREATE TABLE case_tasks (
    "case" TEXT NOT NULL,
    key TEXT NOT NULL,
    shop TEXT NOT NULL,
    kind TEXT NOT NULL,
    problem TEXT,
    desk TEXT NOT NULL,
    step TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    reason TEXT NOT NULL,
    needs_a_person BOOLEAN NOT NULL,
    CONSTRAINT case_tasks_pk PRIMARY KEY ("case", key)
);

CREATE INDEX case_tasks_by_desk ON case_tasks (shop, desk, coalesce(due_at, 'infinity'::timestamptz), "case", key);

CREATE INDEX case_tasks_by_shop ON case_tasks (shop, coalesce(due_at, 'infinity'::timestamptz), "case", key);

CREATE INDEX case_tasks_needing_a_person ON case_tasks (shop, coalesce(due_at, 'infinity'::timestamptz), "case", key) WHERE needs_a_person;

CREATE TABLE case_tracking (
    shop TEXT NOT NULL,
    tracking TEXT NOT NULL,
    "case" TEXT NOT NULL,
    CONSTRAINT case_tracking_pk PRIMARY KEY (shop, tracking, "case")
);

CREATE INDEX case_tracking_by_case ON case_tracking ("case");

CREATE TABLE case_checks (
    "case" TEXT NOT NULL,
    checked_length BIGINT NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT case_checks_pk PRIMARY KEY ("case")
);
