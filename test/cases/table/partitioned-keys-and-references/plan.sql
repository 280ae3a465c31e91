BEGIN;

-- 1. alter column:app.p.a
--    change_type: app.p.a from integer to bigint
ALTER TABLE app.p ALTER COLUMN a TYPE bigint USING a::bigint;

-- 2. alter table:app.p1
ALTER TABLE app.p1 SET (fillfactor=70);

-- 3. alter table:app.p2
ALTER TABLE app.p DETACH PARTITION app.p2;
ALTER TABLE app.p ATTACH PARTITION app.p2 FOR VALUES FROM (10) TO (30);

-- 4. create key:app.p.p_pkey
--    builds_index: primary key p_pkey builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.p ADD CONSTRAINT p_pkey PRIMARY KEY (id);

-- 5. create check:app.p.p_a
--    validates_check: every row of app.p is checked under ACCESS EXCLUSIVE
ALTER TABLE app.p ADD CONSTRAINT p_a CHECK ((a > 0));

-- 6. create index:app.p1_own
--    blocks_writes: building p1_own blocks writes to app.p1 while it reads the table
CREATE INDEX p1_own ON app.p1 USING btree (a, id);

-- 7. create index:app.p_a_idx
--    blocks_writes: building p_a_idx blocks writes to app.p while it reads the table
CREATE INDEX p_a_idx ON app.p USING btree (a);

-- 8. create foreign_key:app.p.p_a_fkey
--    validates_foreign_key: every row of app.p is checked while both tables take no writes
ALTER TABLE app.p ADD CONSTRAINT p_a_fkey FOREIGN KEY (a) REFERENCES app.r (id);

-- 9. create foreign_key:app.r.r_p_id_fkey
--    validates_foreign_key: every row of app.r is checked while both tables take no writes
ALTER TABLE app.r ADD CONSTRAINT r_p_id_fkey FOREIGN KEY (p_id) REFERENCES app.p (id);

COMMIT;
