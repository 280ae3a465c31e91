BEGIN;

-- 1. rename trigger:app.t.renamed_now
--    rename: readers that still say renamed fail from this moment
ALTER TRIGGER renamed ON app.t RENAME TO renamed_now;

-- 2. create trigger:app.t.always
CREATE TRIGGER always BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.t ENABLE ALWAYS TRIGGER always;

-- 3. create trigger:app.t.late
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON app.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();

-- 4. create trigger:app.t.seen
CREATE TRIGGER seen AFTER UPDATE ON app.t REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION app.touch();

-- 5. alter trigger:app.t.switched_off
--    disable_trigger: switched_off no longer fires
ALTER TABLE app.t DISABLE TRIGGER switched_off;

-- 6. drop trigger:app.t.changes
DROP TRIGGER changes ON app.t;

-- 7. create trigger:app.t.changes
CREATE TRIGGER changes BEFORE INSERT OR UPDATE OF status, n ON app.t FOR EACH ROW WHEN ((new.status IS NOT NULL)) EXECUTE FUNCTION app.touch('a', 'it''s');

-- 8. create comment(trigger:app.t.changes)
COMMENT ON TRIGGER changes ON app.t IS 'Stamps';

-- 9. drop trigger:app.t.goes
--    drop_trigger: what goes did on app.t no longer happens
DROP TRIGGER goes ON app.t;

COMMIT;
