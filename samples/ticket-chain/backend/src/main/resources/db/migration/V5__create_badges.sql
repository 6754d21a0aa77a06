CREATE TABLE badges (
    code      VARCHAR(24) PRIMARY KEY,
    name      VARCHAR(80) NOT NULL,
    kind      VARCHAR(16) NOT NULL,
    threshold INTEGER     NOT NULL
);

INSERT INTO badges (code, name, kind, threshold) VALUES
    ('FIRST_LINK', 'First link', 'INVITER', 1),
    ('FIVE_LINKS', 'Five links', 'INVITER', 5),
    ('FIFTY_LINKS', 'Fifty links', 'INVITER', 50),
    ('FIRST_STOP', 'First stop', 'TRAVELLER', 1),
    ('TEN_STOPS', 'Ten stops', 'TRAVELLER', 10);

CREATE TABLE user_badges (
    user_id    BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    badge_code VARCHAR(24) NOT NULL REFERENCES badges (code),
    awarded_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, badge_code)
);

CREATE INDEX idx_user_badges_badge ON user_badges (badge_code);

CREATE TABLE badge_shares (
    badge_code VARCHAR(24) NOT NULL,
    user_id    BIGINT      NOT NULL,
    channel    VARCHAR(16) NOT NULL,
    shared_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (badge_code, user_id, channel),
    FOREIGN KEY (user_id, badge_code) REFERENCES user_badges (user_id, badge_code) ON DELETE CASCADE
);
