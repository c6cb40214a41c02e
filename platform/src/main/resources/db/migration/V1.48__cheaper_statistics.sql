-- Whenever these tables have grown by a tenth, PostgreSQL looks at 30,000 of their rows and sorts each of the columns to
-- know what is in it, which took as long as writing the rows did. Events are looked for by key: hardly anything has to be
-- known for that, and of what nobody looks for, nothing.
alter table domain_event_entry
    alter column global_index set statistics 10,
    alter column aggregate_identifier set statistics 10,
    alter column sequence_number set statistics 10,
    alter column payload_type set statistics 10,
    alter column time_stamp set statistics 10,
    alter column type set statistics 0,
    alter column event_identifier set statistics 0,
    alter column payload_revision set statistics 0,
    alter column payload set statistics 0,
    alter column meta_data set statistics 0;

alter table saga_entry
    alter column saga_id set statistics 0,
    alter column state set statistics 0;
