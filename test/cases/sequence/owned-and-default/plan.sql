BEGIN;

-- 1. create sequence:app.tickets_other_seq
CREATE SEQUENCE app.tickets_other_seq AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1 NO CYCLE;

-- 2. create column:app.tickets.other
ALTER TABLE app.tickets ADD COLUMN other integer DEFAULT nextval('app.tickets_other_seq'::regclass) NOT NULL;

-- 3. alter column:app.tickets.number
ALTER TABLE app.tickets ALTER COLUMN number SET DEFAULT nextval('app.ticket_seq'::regclass);

-- 4. create sequence_owner:app.ticket_seq
ALTER SEQUENCE app.ticket_seq OWNED BY app.tickets.number;

-- 5. create sequence_owner:app.tickets_other_seq
ALTER SEQUENCE app.tickets_other_seq OWNED BY app.tickets.other;

COMMIT;
