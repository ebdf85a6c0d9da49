-- Attempts of a delivery only grow; how far its present round of retries is stands apart.
ALTER TABLE deliveries ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN tried_since INTEGER;

-- What was under way before is in its first round, which began when the delivery was first tried.
UPDATE deliveries SET tries = attempts, tried_since = created_at WHERE attempts > 0 AND at_rest = 0;
