CREATE TABLE shops (
    shop TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT shops_pk PRIMARY KEY (shop)
);

CREATE TABLE people (
    person TEXT NOT NULL,
    shop TEXT,
    name TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT people_pk PRIMARY KEY (person),
    CONSTRAINT people_shop_fk FOREIGN KEY(shop) REFERENCES shops (shop)
);

CREATE INDEX people_by_shop ON people (shop);

CREATE TABLE person_roles (
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    CONSTRAINT person_roles_pk PRIMARY KEY (person, role),
    CONSTRAINT person_roles_person_fk FOREIGN KEY(person) REFERENCES people (person)
);

CREATE TABLE api_keys (
    key_id TEXT NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    secret_sha256 BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_used_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT api_keys_pk PRIMARY KEY (key_id),
    CONSTRAINT api_keys_person_fk FOREIGN KEY(person) REFERENCES people (person)
);

CREATE INDEX api_keys_by_person ON api_keys (person);
