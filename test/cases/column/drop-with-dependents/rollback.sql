BEGIN;

-- 1. create sequence:app.t_code_seq
CREATE SEQUENCE app.t_code_seq AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1 NO CYCLE;

-- 2. create column:app.t.code
ALTER TABLE app.t ADD COLUMN code integer DEFAULT nextval('app.t_code_seq'::regclass) NOT NULL;

-- 3. create column:app.t.gone
ALTER TABLE app.t ADD COLUMN gone text;

-- 4. create key:app.t.t_gone_key
--    builds_index: unique constraint t_gone_key builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_gone_key UNIQUE (gone);

-- 5. create check:app.t.t_both
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_both CHECK ((gone <> kept));

-- 6. create index:app.t_gone
--    blocks_writes: building t_gone blocks writes to app.t while it reads the table
CREATE INDEX t_gone ON app.t USING btree (gone, kept);

-- 7. create sequence_owner:app.t_code_seq
ALTER SEQUENCE app.t_code_seq OWNED BY app.t.code;

-- 8. alter view:app.v
CREATE OR REPLACE VIEW app.v AS
 SELECT t.id,
    t.gone
   FROM app.t t;

-- 9. alter policy:app.t.p
--    row_visibility: changes which rows of app.t PUBLIC may see or write
ALTER POLICY p ON app.t USING ((gone = 'x'::text));

COMMIT;
