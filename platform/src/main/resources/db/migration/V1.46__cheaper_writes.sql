-- When a scheduled command is to be looked at: when it is due, or before. That it is due later than it was is no reason to
-- write its row anew into an index.
alter table scheduled_command add column look_at timestamptz;
update scheduled_command set look_at = due_at;
alter table scheduled_command
    alter column look_at set not null,
    add constraint looked_at_in_time check (look_at <= due_at),
    set (fillfactor = 50);
drop index scheduled_command_due;
create index scheduled_command_look on scheduled_command (look_at);

-- Nobody looks for an event by its own identifier, and no event is stored twice: its place in its aggregate is unique.
-- As identifiers come in no order, this index was touched in another place with each event, and was the first not to fit
-- into memory.
alter table domain_event_entry drop constraint domain_event_entry_event_identifier_key;
