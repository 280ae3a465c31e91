BEGIN;

-- 1. create comment(column:app.t.id)
COMMENT ON COLUMN app.t.id IS 'Goes';

-- 2. create comment(sequence:app.s)
COMMENT ON SEQUENCE app.s IS 'Goes';

-- 3. alter comment(column:app.t.a)
COMMENT ON COLUMN app.t.a IS 'Changes';

-- 4. alter comment(table:app.t)
COMMENT ON TABLE app.t IS 'Old';

-- 5. drop comment(check:app.t.t_a)
COMMENT ON CONSTRAINT t_a ON app.t IS NULL;

-- 6. drop comment(domain:app.d)
COMMENT ON DOMAIN app.d IS NULL;

-- 7. drop comment(domain_check:app.d.d_check)
COMMENT ON CONSTRAINT d_check ON DOMAIN app.d IS NULL;

-- 8. drop comment(function:app.f())
COMMENT ON ROUTINE app.f() IS NULL;

-- 9. drop comment(index:app.t_a_idx)
COMMENT ON INDEX app.t_a_idx IS NULL;

-- 10. drop comment(key:app.t.t_pkey)
COMMENT ON CONSTRAINT t_pkey ON app.t IS NULL;

-- 11. drop comment(policy:app.t.p)
COMMENT ON POLICY p ON app.t IS NULL;

-- 12. drop comment(trigger:app.t.tr)
COMMENT ON TRIGGER tr ON app.t IS NULL;

COMMIT;
