CREATE TABLE letters (
    shop TEXT NOT NULL,
    "case" TEXT NOT NULL,
    letter INTEGER NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient_index TEXT NOT NULL,
    state TEXT NOT NULL,
    first_tried_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT letters_pk PRIMARY KEY (shop, "case", letter)
);

CREATE TABLE letter_attempts (
    shop TEXT NOT NULL,
    "case" TEXT NOT NULL,
    letter INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    tried_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome TEXT NOT NULL,
    answer_code TEXT NOT NULL,
    CONSTRAINT letter_attempts_pk PRIMARY KEY (shop, "case", letter, attempt),
    CONSTRAINT letter_attempts_shop_case_letter_fk FOREIGN KEY(shop, "case", letter) REFERENCES letters (shop, "case", letter)
);

CREATE TRIGGER letter_attempts_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON letter_attempts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
