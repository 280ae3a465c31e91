BEGIN;

-- 1. alter view:app.v
ALTER VIEW app.v SET (check_option=cascaded, security_barrier=true, security_invoker=true);
ALTER VIEW app.v ALTER COLUMN a SET DEFAULT 'none'::text;

-- 2. alter view:app.w
--    view_runs_as_owner: app.w reads with its owner's rights again: row security of its tables no longer binds the caller
ALTER VIEW app.w RESET (security_invoker);

COMMIT;
