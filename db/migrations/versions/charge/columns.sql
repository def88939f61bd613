ALTER TABLE cases ADD COLUMN priority SMALLINT NOT NULL DEFAULT 3;
ALTER TABLE cases ALTER COLUMN priority DROP DEFAULT;
ALTER TABLE cases ADD COLUMN team TEXT;
ALTER TABLE case_tasks ADD COLUMN priority SMALLINT NOT NULL DEFAULT 3;
ALTER TABLE case_tasks ALTER COLUMN priority DROP DEFAULT;
ALTER TABLE case_tasks ADD COLUMN handler TEXT;
ALTER TABLE case_tasks ADD COLUMN team TEXT;
ALTER TABLE case_tasks ADD COLUMN stand_in TEXT;
ALTER TABLE case_tasks ADD COLUMN stand_in_until TIMESTAMP WITH TIME ZONE;

DROP INDEX case_tasks_by_desk;
DROP INDEX case_tasks_by_shop;
DROP INDEX case_tasks_needing_a_person;

CREATE INDEX case_tasks_by_desk ON case_tasks (shop, desk, (priority > 1), coalesce(due_at, 'infinity'::timestamptz), "case", key);

CREATE INDEX case_tasks_by_shop ON case_tasks (shop, (priority > 1), coalesce(due_at, 'infinity'::timestamptz), "case", key);

CREATE INDEX case_tasks_needing_a_person ON case_tasks (shop, (priority > 1), coalesce(due_at, 'infinity'::timestamptz), "case", key) WHERE needs_a_person;

CREATE INDEX case_tasks_by_handler ON case_tasks (shop, handler, desk);

CREATE INDEX case_tasks_by_stand_in ON case_tasks (shop, stand_in, desk) WHERE stand_in IS NOT NULL;

CREATE INDEX cases_open_by_priority ON cases (shop, priority, coalesce(due_at, 'infinity'::timestamptz), "case") WHERE closed_at IS NULL;

CREATE INDEX cases_open_by_handler ON cases (shop, handler) INCLUDE (kind) WHERE closed_at IS NULL AND handler IS NOT NULL;
