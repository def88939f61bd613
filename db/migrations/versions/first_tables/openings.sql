CREATE SEQUENCE case_numbers;

CREATE TABLE openings (
    shop TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    kind TEXT NOT NULL,
    "case" TEXT NOT NULL,
    claims INTEGER NOT NULL,
    claimed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT openings_pk PRIMARY KEY (shop, key_hash),
    CONSTRAINT openings_case_once UNIQUE ("case")
);

CREATE INDEX openings_by_claim ON openings (claimed_at);
