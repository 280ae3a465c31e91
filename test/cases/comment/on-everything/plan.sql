BEGIN;

-- 1. create comment(check:app.t.t_a)
COMMENT ON CONSTRAINT t_a ON app.t IS 'Check';

-- 2. create comment(domain:app.d)
COMMENT ON DOMAIN app.d IS 'Domain';

-- 3. create comment(domain_check:app.d.d_check)
COMMENT ON CONSTRAINT d_check ON DOMAIN app.d IS 'Domain check';

-- 4. create comment(function:app.f())
COMMENT ON ROUTINE app.f() IS 'Function';

-- 5. create comment(index:app.t_a_idx)
COMMENT ON INDEX app.t_a_idx IS 'Index';

-- 6. create comment(key:app.t.t_pkey)
COMMENT ON CONSTRAINT t_pkey ON app.t IS 'Key';

-- 7. create comment(policy:app.t.p)
COMMENT ON POLICY p ON app.t IS 'Policy';

-- 8. create comment(trigger:app.t.tr)
COMMENT ON TRIGGER tr ON app.t IS 'Trigger';

-- 9. alter comment(column:app.t.a)
COMMENT ON COLUMN app.t.a IS 'Changed';

-- 10. alter comment(table:app.t)
COMMENT ON TABLE app.t IS E'New, and it''s \\ odd
with two lines';

-- 11. drop comment(column:app.t.id)
COMMENT ON COLUMN app.t.id IS NULL;

-- 12. drop comment(sequence:app.s)
COMMENT ON SEQUENCE app.s IS NULL;

COMMIT;
