BEGIN;

-- 1. drop exclusion:app.bookings.no_overlap
ALTER TABLE app.bookings DROP CONSTRAINT no_overlap;

-- 2. create exclusion:app.bookings.no_overlap
--    builds_index: its index is built under ACCESS EXCLUSIVE and fails on rows that exclude each other
ALTER TABLE app.bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&);

-- 3. drop column:app.bookings.cancelled
--    drop_column: column app.bookings.cancelled goes, with what it holds
ALTER TABLE app.bookings DROP COLUMN cancelled;

COMMIT;
