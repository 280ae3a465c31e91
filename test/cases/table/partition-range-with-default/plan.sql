BEGIN;

-- 1. create table:app.events_2026
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- 2. create column:app.events.who
ALTER TABLE app.events ADD COLUMN who text DEFAULT 'nobody'::text NOT NULL;

-- 3. create index:app.events_what
--    blocks_writes: building events_what blocks writes to app.events while it reads the table
CREATE INDEX events_what ON app.events USING btree (what);

COMMIT;
