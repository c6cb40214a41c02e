-- Commands to be sent at a later time: durable deadlines. Small while orders move on: most are cancelled.
create table scheduled_command (
    name         text        primary key,
    due_at       timestamptz not null,
    command_type text        not null,
    command      bytea       not null,
    metadata     bytea       not null,
    attempts     integer     not null default 0
) with (fillfactor = 70);

create index scheduled_command_due on scheduled_command (due_at);
