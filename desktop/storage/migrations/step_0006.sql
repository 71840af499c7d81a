-- Quantification models, and how the bureau scores.

CREATE TABLE mirror_quant_model (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_scoring_profile (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT
