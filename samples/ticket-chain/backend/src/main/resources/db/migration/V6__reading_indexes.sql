-- The list of a person's own stops, newest first.
CREATE INDEX idx_locations_user_recorded ON locations (user_id, recorded_at DESC);

-- The chain is read by inviter in the order of invitation; the narrower index goes with it.
CREATE INDEX idx_invitations_inviter_created ON invitations (inviter_id, created_at);
DROP INDEX idx_invitations_inviter;
