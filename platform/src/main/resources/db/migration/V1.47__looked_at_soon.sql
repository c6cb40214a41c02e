-- A node of an earlier version that still runs knows nothing of when its commands are to be looked at: soon, then.
alter table scheduled_command alter column look_at set default '-infinity';
