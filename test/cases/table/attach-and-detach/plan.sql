BEGIN;

-- 1. alter table:app.m_old
ALTER TABLE app.m DETACH PARTITION app.m_old;

-- 2. alter table:app.m_new
ALTER TABLE app.m ATTACH PARTITION app.m_new FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');

COMMIT;
