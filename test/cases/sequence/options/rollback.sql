BEGIN;

-- 1. alter sequence:app.small
DO $do$
DECLARE reached bigint;
BEGIN
  EXECUTE $q$SELECT last_value FROM app.small$q$ INTO reached;
  IF reached BETWEEN 1 AND 32767 THEN
    ALTER SEQUENCE app.small AS smallint INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1 CYCLE;
  ELSE
    ALTER SEQUENCE app.small AS smallint INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1 CYCLE RESTART WITH 1;
  END IF;
END $do$;

-- 2. drop comment(sequence:app.numbers)
COMMENT ON SEQUENCE app.numbers IS NULL;

-- 3. alter sequence:app.numbers
ALTER SEQUENCE app.numbers AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

COMMIT;
