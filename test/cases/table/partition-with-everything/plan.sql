BEGIN;

-- 1. create table:app.e_2
CREATE TABLE app.e_2 PARTITION OF app.e FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');

-- 2. create column:app.e_2.what
ALTER TABLE app.e_2 ALTER COLUMN what SET DEFAULT 'new'::text;

-- 3. create row_security:app.e_2
ALTER TABLE app.e_2 ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.e_2 FORCE ROW LEVEL SECURITY;

COMMIT;
