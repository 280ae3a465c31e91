BEGIN;

-- 1. drop sequence_owner:app.ticket_seq
ALTER SEQUENCE app.ticket_seq OWNED BY NONE;

-- 2. alter column:app.tickets.number
ALTER TABLE app.tickets ALTER COLUMN number DROP DEFAULT;

-- 3. drop sequence_owner:app.tickets_other_seq
ALTER SEQUENCE app.tickets_other_seq OWNED BY NONE;

-- 4. drop column:app.tickets.other
--    drop_column: column app.tickets.other goes, with what it holds
ALTER TABLE app.tickets DROP COLUMN other;

-- 5. drop sequence:app.tickets_other_seq
--    drop_sequence: sequence app.tickets_other_seq goes, with the number it had reached
DROP SEQUENCE IF EXISTS app.tickets_other_seq;

COMMIT;
