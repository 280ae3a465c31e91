BEGIN;

-- 1. drop comment(composite_type:app.address)
COMMENT ON TYPE app.address IS NULL;

-- 2. alter composite_type:app.address
--    drop_attribute: an attribute goes, with what columns of this type hold in it
ALTER TYPE app.address DROP ATTRIBUTE gone;
ALTER TYPE app.address ALTER ATTRIBUTE street SET DATA TYPE text COLLATE pg_catalog."C";
ALTER TYPE app.address ALTER ATTRIBUTE zip SET DATA TYPE text;
ALTER TYPE app.address ADD ATTRIBUTE country character(2);

-- 3. create comment(column:app.address.country)
COMMENT ON COLUMN app.address.country IS 'ISO 3166';

COMMIT;
