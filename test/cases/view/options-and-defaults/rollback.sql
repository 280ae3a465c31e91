BEGIN;

-- 1. alter view:app.v
--    view_runs_as_owner: app.v reads with its owner's rights again: row security of its tables no longer binds the caller
ALTER VIEW app.v RESET (security_barrier, security_invoker);
ALTER VIEW app.v SET (check_option=local);
ALTER VIEW app.v ALTER COLUMN a DROP DEFAULT;

-- 2. alter view:app.w
ALTER VIEW app.w SET (security_invoker=true);

COMMIT;
