CREATE TABLE policies (
    shop TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    pinned JSONB NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    published_by TEXT NOT NULL,
    CONSTRAINT policies_pk PRIMARY KEY (shop, version)
);

CREATE TABLE policies_in_force (
    shop TEXT NOT NULL,
    version TEXT NOT NULL,
    CONSTRAINT policies_in_force_pk PRIMARY KEY (shop),
    CONSTRAINT policies_in_force_shop_version_fk FOREIGN KEY(shop, version) REFERENCES policies (shop, version)
);
