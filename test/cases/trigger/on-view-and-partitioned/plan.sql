BEGIN;

-- 1. create table:app.p2
CREATE TABLE app.p2 PARTITION OF app.p FOR VALUES FROM (10) TO (20);

-- 2. create trigger:app.p.each
CREATE TRIGGER each AFTER INSERT ON app.p FOR EACH ROW EXECUTE FUNCTION app.write();

-- 3. create trigger:app.v.instead
CREATE TRIGGER instead INSTEAD OF INSERT ON app.v FOR EACH ROW EXECUTE FUNCTION app.write();

COMMIT;
