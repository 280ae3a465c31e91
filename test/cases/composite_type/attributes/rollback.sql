BEGIN;

-- 1. drop comment(column:app.address.country)
COMMENT ON COLUMN app.address.country IS NULL;

-- 2. alter composite_type:app.address
--    drop_attribute: an attribute goes, with what columns of this type hold in it
ALTER TYPE app.address DROP ATTRIBUTE country;
ALTER TYPE app.address ALTER ATTRIBUTE street SET DATA TYPE text;
ALTER TYPE app.address ALTER ATTRIBUTE zip SET DATA TYPE integer;
ALTER TYPE app.address ADD ATTRIBUTE gone text;

-- 3. create comment(composite_type:app.address)
COMMENT ON TYPE app.address IS 'Where';

COMMIT;
