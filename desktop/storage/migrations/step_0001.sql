-- Step 1: the first schema. Released: never edited.
-- Money is whole fen; every table is STRICT, so that no float can enter.

CREATE TABLE audit (
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    post TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    facts TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (number)
) STRICT

CREATE TABLE batch (
    id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    prev TEXT NOT NULL,
    digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_sm3 TEXT NOT NULL,
    stage TEXT NOT NULL,
    totals TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT

CREATE UNIQUE INDEX batch_place_once ON batch (epoch, seq) WHERE stage <> 'refused'

CREATE TABLE catalogue (
    scope TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (scope)
) STRICT

CREATE TABLE document (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    schema TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    amount INTEGER NOT NULL,
    counterpart TEXT NOT NULL,
    project_key TEXT NOT NULL,
    project_name TEXT NOT NULL,
    economic TEXT NOT NULL,
    purpose TEXT NOT NULL,
    attachments INTEGER NOT NULL,
    date TEXT NOT NULL,
    maker TEXT NOT NULL,
    signers TEXT NOT NULL,
    problems_count INTEGER NOT NULL,
    comment TEXT,
    comment_line TEXT NOT NULL,
    central_no TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    receipt_no INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    digest TEXT NOT NULL,
    commit_no INTEGER NOT NULL,
    change_no INTEGER NOT NULL,
    search TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT revision_from_1 CHECK (revision >= 1)
) STRICT

CREATE UNIQUE INDEX document_by_change ON document (change_no)

CREATE INDEX document_by_key ON document (kind, "key")

CREATE INDEX document_by_state ON document (state, kind)

CREATE UNIQUE INDEX document_key_once ON document (kind, "key") WHERE state <> 'VOIDED'

CREATE TABLE evoucher (
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    invoice_no TEXT NOT NULL,
    issue_date TEXT NOT NULL,
    seller_name TEXT NOT NULL,
    total INTEGER NOT NULL,
    sm3 TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY ("key")
) STRICT

CREATE TABLE ledger_balance (
    quota_id TEXT NOT NULL,
    sources INTEGER NOT NULL,
    available INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    reclaimed INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    last_entry INTEGER NOT NULL,
    PRIMARY KEY (quota_id),
    CONSTRAINT available_not_below_zero CHECK (available >= 0),
    CONSTRAINT reserved_not_below_zero CHECK (reserved >= 0),
    CONSTRAINT paid_not_below_zero CHECK (paid >= 0),
    CONSTRAINT reclaimed_not_below_zero CHECK (reclaimed >= 0),
    CONSTRAINT carried_not_below_zero CHECK (carried >= 0),
    CONSTRAINT uses_equal_sources CHECK (available + reserved + paid + reclaimed + carried = sources)
) WITHOUT ROWID, STRICT

CREATE TABLE ledger_entry (
    id INTEGER NOT NULL,
    cause TEXT NOT NULL,
    event TEXT NOT NULL,
    quota_id TEXT NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    source_record TEXT NOT NULL,
    parent_quota TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ledger_cause_once UNIQUE (cause),
    CONSTRAINT ledger_amount_above_zero CHECK (amount > 0),
    CONSTRAINT ledger_two_accounts CHECK (debit <> credit),
    CONSTRAINT ledger_debit_known CHECK (
        debit IN ('SRC_INITIAL', 'SRC_SUPPLEMENT', 'SRC_REALLOC', 'SRC_CARRY',
            'USE_AVAILABLE', 'USE_RESERVED', 'USE_PAID', 'USE_RECLAIMED', 'USE_CARRIED')
    ),
    CONSTRAINT ledger_credit_known CHECK (
        credit IN ('SRC_INITIAL', 'SRC_SUPPLEMENT', 'SRC_REALLOC', 'SRC_CARRY',
            'USE_AVAILABLE', 'USE_RESERVED', 'USE_PAID', 'USE_RECLAIMED', 'USE_CARRIED')
    )
) STRICT

CREATE INDEX ledger_entry_by_record ON ledger_entry (source_record)

CREATE TABLE mirror_ceiling (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_code (
    set_name TEXT NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (set_name, code)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_economic_pair (
    dept TEXT NOT NULL,
    unit_kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (dept, unit_kind)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_indicator (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    level1 TEXT NOT NULL,
    is_core INTEGER NOT NULL,
    search TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
) STRICT

CREATE TABLE mirror_last_year (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_officer (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_own_account (
    number TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (number)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_parameter (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (name)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_payee (
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    search TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (name, account)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_payment_result (
    result_no TEXT NOT NULL,
    voucher_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (result_no)
) WITHOUT ROWID, STRICT

CREATE INDEX mirror_payment_result_by_voucher ON mirror_payment_result (voucher_key)

CREATE TABLE mirror_project (
    "key" TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY ("key")
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_quota (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_unit_profile (
    unit_code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (unit_code)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_weight_profile (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT

CREATE TABLE payee (
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    bank TEXT NOT NULL,
    bank_line_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    last_date TEXT NOT NULL,
    search TEXT NOT NULL,
    PRIMARY KEY (name, account)
) WITHOUT ROWID, STRICT

CREATE TABLE receipt (
    receipt_no INTEGER NOT NULL,
    digest TEXT NOT NULL,
    prev_digest TEXT NOT NULL,
    stage TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    applied INTEGER NOT NULL,
    server_time TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (receipt_no, digest)
) WITHOUT ROWID, STRICT

CREATE TABLE sequence (
    name TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (name)
) WITHOUT ROWID, STRICT

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
) WITHOUT ROWID, STRICT

CREATE TABLE sheet (
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    officer TEXT NOT NULL,
    envelope BLOB NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT

CREATE TABLE stream (
    id INTEGER NOT NULL,
    stream TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    sealed_epoch INTEGER NOT NULL,
    sealed_seq INTEGER NOT NULL,
    sealed_digest TEXT NOT NULL,
    last_receipt_no INTEGER NOT NULL,
    last_receipt_digest TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_stream CHECK (id = 1)
) STRICT

CREATE TABLE sync_run (
    number INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    seconds TEXT NOT NULL,
    way TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sent INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    received INTEGER NOT NULL,
    total INTEGER NOT NULL,
    batch_id TEXT NOT NULL,
    receipt_no INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT sync_run_once UNIQUE (run_id)
) STRICT

CREATE TABLE trust (
    id INTEGER NOT NULL,
    root_version INTEGER NOT NULL,
    root BLOB NOT NULL,
    head_version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_trust CHECK (id = 1)
) STRICT

CREATE TABLE workspace (
    id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT

CREATE TABLE batch_document (
    batch_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    doc_id TEXT NOT NULL,
    entry TEXT NOT NULL,
    amount INTEGER,
    PRIMARY KEY (batch_id, position),
    FOREIGN KEY(batch_id) REFERENCES batch (id),
    FOREIGN KEY(doc_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID, STRICT

CREATE INDEX batch_document_by_document ON batch_document (doc_id)

CREATE TABLE evoucher_use (
    doc_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    used INTEGER NOT NULL,
    sm3 TEXT NOT NULL,
    PRIMARY KEY (doc_id, position)
) WITHOUT ROWID, STRICT

CREATE INDEX evoucher_use_by_key ON evoucher_use ("key")

CREATE TABLE form_cell (
    doc_id TEXT NOT NULL,
    form TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (doc_id, form, "row", "column")
) WITHOUT ROWID, STRICT

CREATE TABLE goal_line (
    doc_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    indicator_code TEXT NOT NULL,
    library_version TEXT NOT NULL,
    level1 TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (doc_id, position)
) WITHOUT ROWID, STRICT

CREATE INDEX goal_line_by_indicator ON goal_line (indicator_code)

CREATE TABLE revision (
    doc_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    sm3 TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    why TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (doc_id, number),
    FOREIGN KEY(doc_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID, STRICT

CREATE TABLE sheet_document (
    sheet_id TEXT NOT NULL,
    doc_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (sheet_id, doc_id),
    FOREIGN KEY(sheet_id) REFERENCES sheet (id)
) WITHOUT ROWID, STRICT

CREATE TABLE signature (
    doc_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    role TEXT NOT NULL,
    officer TEXT NOT NULL,
    officer_name TEXT NOT NULL,
    key_id TEXT NOT NULL,
    at TEXT NOT NULL,
    sheet_id TEXT NOT NULL,
    PRIMARY KEY (doc_id, position),
    FOREIGN KEY(doc_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID, STRICT

CREATE TABLE voucher (
    doc_id TEXT NOT NULL,
    date TEXT NOT NULL,
    quota_id TEXT NOT NULL,
    payee_name TEXT NOT NULL,
    payee_account TEXT NOT NULL,
    payee_bank TEXT NOT NULL,
    payee_bank_line_no TEXT NOT NULL,
    payee_kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    PRIMARY KEY (doc_id),
    FOREIGN KEY(doc_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
) STRICT

CREATE INDEX voucher_by_payee ON voucher (payee_name, date)

CREATE INDEX voucher_by_quota ON voucher (quota_id)

CREATE TABLE voucher_line (
    doc_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    dept_economic_code TEXT NOT NULL,
    gov_economic_code TEXT NOT NULL,
    summary TEXT NOT NULL,
    amount INTEGER NOT NULL,
    evoucher_key TEXT NOT NULL,
    PRIMARY KEY (doc_id, position)
) WITHOUT ROWID, STRICT

-- The search index of the indicator library: grams only, the text lies in mirror_indicator.
CREATE VIRTUAL TABLE mirror_indicator_gram USING fts5(
    grams, content='', contentless_delete=1, detail='none', tokenize='ascii'
)

-- A document in a sealed batch, sent or done never changes its content; a correction is a new revision.
CREATE TRIGGER revision_frozen BEFORE INSERT ON revision
WHEN (SELECT state FROM document WHERE id = NEW.doc_id) NOT IN ('DRAFT', 'PRESENTED', 'CHECKED', 'SIGNED', 'RETURNED')
BEGIN
    SELECT RAISE(ABORT, 'the document is frozen');
END

CREATE TRIGGER document_stays BEFORE DELETE ON document
BEGIN
    SELECT RAISE(ABORT, 'a document stays on file');
END

CREATE TRIGGER document_goes_forward BEFORE UPDATE OF kind, "key", revision, commit_no ON document
WHEN NEW.kind <> OLD.kind OR NEW."key" <> OLD."key" OR NEW.revision < OLD.revision OR NEW.commit_no < OLD.commit_no
BEGIN
    SELECT RAISE(ABORT, 'a document keeps its name and goes forward');
END

CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision
BEGIN
    SELECT RAISE(ABORT, 'a commit is append only');
END

CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
BEGIN
    SELECT RAISE(ABORT, 'a commit is append only');
END

CREATE TRIGGER sheet_no_update BEFORE UPDATE ON sheet
BEGIN
    SELECT RAISE(ABORT, 'a signed sheet is append only');
END

CREATE TRIGGER sheet_no_delete BEFORE DELETE ON sheet
BEGIN
    SELECT RAISE(ABORT, 'a signed sheet is append only');
END

CREATE TRIGGER sheet_document_no_update BEFORE UPDATE ON sheet_document
BEGIN
    SELECT RAISE(ABORT, 'a signed sheet is append only');
END

CREATE TRIGGER sheet_document_no_delete BEFORE DELETE ON sheet_document
BEGIN
    SELECT RAISE(ABORT, 'a signed sheet is append only');
END

CREATE TRIGGER batch_document_no_update BEFORE UPDATE ON batch_document
BEGIN
    SELECT RAISE(ABORT, 'a sealed batch is append only');
END

CREATE TRIGGER batch_document_no_delete BEFORE DELETE ON batch_document
BEGIN
    SELECT RAISE(ABORT, 'a sealed batch is append only');
END

CREATE TRIGGER sync_run_no_update BEFORE UPDATE ON sync_run
BEGIN
    SELECT RAISE(ABORT, 'the history is append only');
END

CREATE TRIGGER sync_run_no_delete BEFORE DELETE ON sync_run
BEGIN
    SELECT RAISE(ABORT, 'the history is append only');
END

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append only');
END

CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append only');
END

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append only');
END

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append only');
END

CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
BEGIN
    SELECT RAISE(ABORT, 'a sealed batch is append only');
END

CREATE TRIGGER batch_is_bytes BEFORE UPDATE OF
    id, epoch, seq, prev, digest, file_name, size, file_sm3, totals ON batch
BEGIN
    SELECT RAISE(ABORT, 'only the stage of a sealed batch changes');
END

CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN
    SELECT RAISE(ABORT, 'a receipt stays on file');
END

-- Every entry moves the balance of its quota; one below zero breaks a check of ledger_balance and undoes the entry.
CREATE TRIGGER ledger_entry_moves AFTER INSERT ON ledger_entry
BEGIN
    INSERT INTO ledger_balance (quota_id, sources, available, reserved, paid, reclaimed, carried, last_entry)
    SELECT NEW.quota_id, 0, 0, 0, 0, 0, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM ledger_balance WHERE quota_id = NEW.quota_id);
    UPDATE ledger_balance SET
        sources = sources
            + NEW.amount * (substr(NEW.credit, 1, 4) = 'SRC_') - NEW.amount * (substr(NEW.debit, 1, 4) = 'SRC_'),
        available = available
            + NEW.amount * (NEW.debit = 'USE_AVAILABLE') - NEW.amount * (NEW.credit = 'USE_AVAILABLE'),
        reserved = reserved
            + NEW.amount * (NEW.debit = 'USE_RESERVED') - NEW.amount * (NEW.credit = 'USE_RESERVED'),
        paid = paid
            + NEW.amount * (NEW.debit = 'USE_PAID') - NEW.amount * (NEW.credit = 'USE_PAID'),
        reclaimed = reclaimed
            + NEW.amount * (NEW.debit = 'USE_RECLAIMED') - NEW.amount * (NEW.credit = 'USE_RECLAIMED'),
        carried = carried
            + NEW.amount * (NEW.debit = 'USE_CARRIED') - NEW.amount * (NEW.credit = 'USE_CARRIED'),
        last_entry = NEW.id
    WHERE quota_id = NEW.quota_id;
END

CREATE TRIGGER ledger_balance_starts_at_zero BEFORE INSERT ON ledger_balance
WHEN NEW.sources <> 0 OR NEW.available <> 0 OR NEW.reserved <> 0 OR NEW.paid <> 0
    OR NEW.reclaimed <> 0 OR NEW.carried <> 0
BEGIN
    SELECT RAISE(ABORT, 'only entries move a balance');
END

CREATE TRIGGER ledger_balance_follows_entries BEFORE UPDATE ON ledger_balance
WHEN NEW.last_entry <= OLD.last_entry
    OR NOT EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.last_entry AND quota_id = NEW.quota_id)
BEGIN
    SELECT RAISE(ABORT, 'only entries move a balance');
END
