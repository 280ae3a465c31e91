BEGIN;

-- 1. create foreign_key:app.child.fk_b
ALTER TABLE app.child ADD CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES app.parent (id) NOT VALID;

-- 2. alter foreign_key:app.child.fk_a
ALTER TABLE app.child VALIDATE CONSTRAINT fk_a;

-- 3. create comment(foreign_key:app.child.fk_b)
COMMENT ON CONSTRAINT fk_b ON app.child IS 'Old rows break it';

COMMIT;
