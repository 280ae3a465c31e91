BEGIN;

-- 1. create trigger:app.t.goes
CREATE TRIGGER goes AFTER DELETE ON app.t FOR EACH STATEMENT EXECUTE FUNCTION app.touch();

-- 2. alter trigger:app.t.switched_off
ALTER TABLE app.t ENABLE TRIGGER switched_off;

-- 3. drop trigger:app.t.always
--    drop_trigger: what always did on app.t no longer happens
DROP TRIGGER always ON app.t;

-- 4. drop trigger:app.t.changes
DROP TRIGGER changes ON app.t;

-- 5. create trigger:app.t.changes
CREATE TRIGGER changes BEFORE UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION app.touch();

-- 6. drop trigger:app.t.late
--    drop_trigger: what late did on app.t no longer happens
DROP TRIGGER late ON app.t;

-- 7. drop trigger:app.t.seen
--    drop_trigger: what seen did on app.t no longer happens
DROP TRIGGER seen ON app.t;

-- 8. rename trigger:app.t.renamed
--    rename: readers that still say renamed_now fail from this moment
ALTER TRIGGER renamed_now ON app.t RENAME TO renamed;

COMMIT;
