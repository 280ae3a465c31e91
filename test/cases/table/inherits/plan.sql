BEGIN;

-- 1. create column:app.base.added
ALTER TABLE app.base ADD COLUMN added integer;

-- 2. alter column:app.base.note
--    set_not_null: fails if app.base.note is null in any row
ALTER TABLE app.base ALTER COLUMN note SET DEFAULT 'none'::text;
ALTER TABLE app.base ALTER COLUMN note SET NOT NULL;

-- 3. create check:app.base.base_id
--    validates_check: every row of app.base is checked under ACCESS EXCLUSIVE
ALTER TABLE app.base ADD CONSTRAINT base_id CHECK ((id > 0));

COMMIT;
