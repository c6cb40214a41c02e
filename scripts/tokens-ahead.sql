-- For a database that is ahead of Axon Server's events, as after restoring these from an older backup, or after a power
-- failure took the last of them. Run it before the program is started again:
--   psql -v head=LAST_EVENT -f scripts/tokens-ahead.sql
-- LAST_EVENT is `default.lastEvent` of Axon Server's /actuator/health. Without it, whatever happens next under the lost
-- positions would be taken for handled, by the read models and by those who lead orders and take payments.
begin;
select processor_name, segment, convert_from(token, 'UTF8') as ahead
from token_entry
where processor_name <> '__config' and (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint > :head;
update token_entry
set token = convert_to(json_build_object('globalIndex', :head)::text, 'UTF8'),
    token_type = 'org.axonframework.eventhandling.GlobalSequenceTrackingToken'
where processor_name <> '__config' and (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint > :head;
-- Events are counted by blocks of 2,048 positions. Those that had an event which is gone are counted anew.
delete from event_block where block >= :head / 2048;
update event_block_progress set next_block = least(next_block, :head / 2048);
commit;
