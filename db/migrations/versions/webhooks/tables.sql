CREATE TABLE webhooks (
    webhook TEXT NOT NULL,
    shop TEXT NOT NULL,
    takes TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT[] NOT NULL,
    state TEXT NOT NULL,
    off_because TEXT NOT NULL,
    secret JSONB NOT NULL,
    old_secret JSONB,
    old_secret_until TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    failing_since TIMESTAMP WITH TIME ZONE,
    last_success_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT webhooks_pk PRIMARY KEY (webhook),
    CONSTRAINT webhooks_shop_url_once UNIQUE (shop, url),
    CONSTRAINT webhooks_shop_fk FOREIGN KEY(shop) REFERENCES shops (shop)
);

CREATE UNIQUE INDEX webhooks_one_gateway ON webhooks (shop) WHERE takes = 'messages';

CREATE TABLE webhook_deliveries (
    delivery BIGINT GENERATED ALWAYS AS IDENTITY,
    webhook TEXT NOT NULL,
    event TEXT NOT NULL,
    type TEXT NOT NULL,
    "case" TEXT NOT NULL,
    said JSONB NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    round_began_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    round_attempts INTEGER DEFAULT '0' NOT NULL,
    last_answer TEXT DEFAULT '' NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT webhook_deliveries_pk PRIMARY KEY (delivery),
    CONSTRAINT webhook_deliveries_webhook_event_once UNIQUE (webhook, event)
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook, due_at, delivery) WHERE state = 'due';

CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (webhook, state, delivery);

CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (happened_at);

CREATE TABLE webhook_attempts (
    delivery BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    tried_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    taken BOOLEAN NOT NULL,
    answer TEXT NOT NULL,
    CONSTRAINT webhook_attempts_pk PRIMARY KEY (delivery, attempt),
    CONSTRAINT webhook_attempts_delivery_fk FOREIGN KEY(delivery) REFERENCES webhook_deliveries (delivery) ON DELETE CASCADE
);

CREATE TABLE cases_told (
    "case" TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    closed BOOLEAN NOT NULL,
    CONSTRAINT cases_told_pk PRIMARY KEY ("case")
);
