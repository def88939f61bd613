CREATE TABLE ledger (
    refund_key TEXT NOT NULL,
    shop TEXT NOT NULL,
    "case" TEXT NOT NULL,
    order_index TEXT,
    line INTEGER,
    purpose TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    slip_year INTEGER NOT NULL,
    slip_number BIGINT NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    reference TEXT,
    paid_by TEXT,
    CONSTRAINT ledger_pk PRIMARY KEY (refund_key),
    CONSTRAINT ledger_slip_once UNIQUE (shop, slip_year, slip_number),
    CONSTRAINT ledger_known_purpose CHECK (purpose IN ('refund', 'compensation', 'freight')),
    CONSTRAINT ledger_known_state CHECK (state IN ('reserved', 'paid', 'released')),
    CONSTRAINT ledger_amount_is_positive CHECK (amount_minor > 0),
    CONSTRAINT ledger_settled_when_not_reserved CHECK ((state = 'reserved') = (settled_at IS NULL)),
    CONSTRAINT ledger_paid_has_reference CHECK ((state = 'paid') = (reference IS NOT NULL AND paid_by IS NOT NULL)),
    CONSTRAINT ledger_line_is_named CHECK (purpose = 'freight' OR (order_index IS NOT NULL AND line IS NOT NULL))
);

CREATE INDEX ledger_by_case ON ledger (shop, "case");

CREATE INDEX ledger_by_line ON ledger (shop, order_index, line) WHERE state <> 'released' AND purpose <> 'freight';

CREATE TABLE slip_counters (
    shop TEXT NOT NULL,
    year INTEGER NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT slip_counters_pk PRIMARY KEY (shop, year)
);
