ALTER TABLE people ADD COLUMN team TEXT;
ALTER TABLE people ADD COLUMN skills TEXT[];

ALTER TABLE customers ADD COLUMN level SMALLINT;

CREATE TABLE roster (
    person TEXT NOT NULL,
    begins TIMESTAMP WITH TIME ZONE NOT NULL,
    ends TIMESTAMP WITH TIME ZONE NOT NULL,
    shop TEXT NOT NULL,
    CONSTRAINT roster_pk PRIMARY KEY (person, begins),
    CONSTRAINT roster_person_fk FOREIGN KEY(person) REFERENCES people (person),
    CONSTRAINT roster_shift_runs_forward CHECK (begins < ends)
);

CREATE INDEX roster_by_shop ON roster (shop, ends, begins);

CREATE TABLE case_marks (
    "case" TEXT NOT NULL,
    person TEXT NOT NULL,
    shop TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT case_marks_pk PRIMARY KEY ("case", person)
);

CREATE INDEX case_marks_by_until ON case_marks (until);
