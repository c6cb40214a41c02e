-- Whether all processors had handled by then whatever had happened before the suspicion arose.
alter table audit_suspicion add column caught_up boolean not null default false;
