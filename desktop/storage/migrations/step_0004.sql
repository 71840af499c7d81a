-- Codes and pairs of several years: the year from which an entry holds is part of its key, empty for all of before.

CREATE TABLE mirror_code_by_year (
    set_name TEXT NOT NULL,
    code TEXT NOT NULL,
    from_year TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (set_name, code, from_year)
) WITHOUT ROWID, STRICT

INSERT INTO mirror_code_by_year SELECT set_name, code, '', version, record FROM mirror_code

DROP TABLE mirror_code

ALTER TABLE mirror_code_by_year RENAME TO mirror_code

CREATE TABLE mirror_economic_pair_by_year (
    dept TEXT NOT NULL,
    unit_kind TEXT NOT NULL,
    from_year TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (dept, unit_kind, from_year)
) WITHOUT ROWID, STRICT

INSERT INTO mirror_economic_pair_by_year SELECT dept, unit_kind, '', version, record FROM mirror_economic_pair

DROP TABLE mirror_economic_pair

ALTER TABLE mirror_economic_pair_by_year RENAME TO mirror_economic_pair

-- What the code tables are, and the standards of expenditure and assets.

CREATE TABLE mirror_code_set (
    set_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (set_name)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_expenditure_standard (
    standard TEXT NOT NULL,
    item TEXT NOT NULL,
    scope TEXT NOT NULL,
    grade TEXT NOT NULL,
    from_year TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (standard, item, scope, grade, from_year)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_asset_standard (
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    asset_code TEXT NOT NULL,
    grade TEXT NOT NULL,
    from_year TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (kind, item, asset_code, grade, from_year)
) WITHOUT ROWID, STRICT
