-- The recycle bin: when a draft that was never sent was deleted. Empty for every other document.

ALTER TABLE document ADD COLUMN binned_at TEXT NOT NULL DEFAULT ''

-- A list of one kind and year, newest change first.

CREATE INDEX document_by_year ON document (kind, fiscal_year, change_no)
