CREATE TABLE orders (
    shop TEXT NOT NULL,
    order_index TEXT NOT NULL,
    customer TEXT,
    facts JSONB NOT NULL,
    sealed JSONB NOT NULL,
    version BIGINT NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT orders_pk PRIMARY KEY (shop, order_index)
);

CREATE INDEX orders_by_customer ON orders (shop, customer);

CREATE TABLE order_lines (
    shop TEXT NOT NULL,
    order_index TEXT NOT NULL,
    line INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    paid_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    CONSTRAINT order_lines_pk PRIMARY KEY (shop, order_index, line),
    CONSTRAINT order_lines_shop_order_index_fk FOREIGN KEY(shop, order_index) REFERENCES orders (shop, order_index),
    CONSTRAINT order_lines_has_a_quantity CHECK (quantity > 0),
    CONSTRAINT order_lines_paid_is_not_negative CHECK (paid_minor >= 0)
);
