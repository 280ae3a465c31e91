BEGIN;

-- 1. create column:app.bookings.cancelled
ALTER TABLE app.bookings ADD COLUMN cancelled boolean DEFAULT false NOT NULL;

-- 2. drop exclusion:app.bookings.no_overlap
ALTER TABLE app.bookings DROP CONSTRAINT no_overlap;

-- 3. create exclusion:app.bookings.no_overlap
--    builds_index: its index is built under ACCESS EXCLUSIVE and fails on rows that exclude each other
ALTER TABLE app.bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&) WHERE ((NOT cancelled)) DEFERRABLE;

COMMIT;
