BEGIN;

-- 1. alter sequence:app.numbers
DO $do$
DECLARE reached bigint;
BEGIN
  EXECUTE $q$SELECT last_value FROM app.numbers$q$ INTO reached;
  IF reached BETWEEN 1 AND 100000 THEN
    ALTER SEQUENCE app.numbers AS bigint INCREMENT BY 10 MINVALUE 1 MAXVALUE 100000 START WITH 100 CACHE 20 NO CYCLE;
  ELSE
    ALTER SEQUENCE app.numbers AS bigint INCREMENT BY 10 MINVALUE 1 MAXVALUE 100000 START WITH 100 CACHE 20 NO CYCLE RESTART WITH 100;
  END IF;
END $do$;

-- 2. alter sequence:app.small
DO $do$
DECLARE reached bigint;
BEGIN
  EXECUTE $q$SELECT last_value FROM app.small$q$ INTO reached;
  IF reached BETWEEN -50 AND 5 THEN
    ALTER SEQUENCE app.small AS integer INCREMENT BY -1 MINVALUE -50 MAXVALUE 5 START WITH 5 CACHE 1 NO CYCLE;
  ELSE
    ALTER SEQUENCE app.small AS integer INCREMENT BY -1 MINVALUE -50 MAXVALUE 5 START WITH 5 CACHE 1 NO CYCLE RESTART WITH 5;
  END IF;
END $do$;

-- 3. create comment(sequence:app.numbers)
COMMENT ON SEQUENCE app.numbers IS 'Order numbers';

COMMIT;
