BEGIN;

-- 1. drop comment(domain:app.amount)
COMMENT ON DOMAIN app.amount IS NULL;

-- 2. drop domain_check:app.amount.amount_positive
ALTER DOMAIN app.amount DROP CONSTRAINT amount_positive;

-- 3. drop domain_check:app.amount.amount_small
ALTER DOMAIN app.amount DROP CONSTRAINT amount_small;

-- 4. alter domain:app.amount
ALTER DOMAIN app.amount DROP DEFAULT;
ALTER DOMAIN app.amount DROP NOT NULL;

-- 5. create domain_check:app.amount.amount_positive
ALTER DOMAIN app.amount ADD CONSTRAINT amount_positive CHECK ((VALUE > 0));

COMMIT;
