-- What every open saga waits for, beside its state, which only the program can read. No index: a saga's row is written
-- with every step and should stay an update within its page, and there are only the rows of open sagas to look through.
alter table saga_entry
    add column subject    text,
    add column step       text,
    add column awaited    text,
    add column since      timestamptz,
    add column until      timestamptz,
    add column attempts   integer,
    add column for_person boolean,
    add column reason     text;
