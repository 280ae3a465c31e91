BEGIN;

-- 1. alter table:app.m_new
ALTER TABLE app.m DETACH PARTITION app.m_new;

-- 2. alter table:app.m_old
ALTER TABLE app.m ATTACH PARTITION app.m_old FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

COMMIT;
