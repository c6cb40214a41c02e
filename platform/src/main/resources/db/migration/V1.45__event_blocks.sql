-- What is in each block of 2,048 positions of the event store, whichever store that is. Written once, when nothing can
-- appear in the block any more, by one that reads behind the writers: the events themselves need no further index for
-- it. Tells how many events there are, of which types and days, and where to look for those of a type or a time.
create table event_block (
    block    bigint      not null,
    type     text        not null,
    revision text        not null,
    day      date        not null,
    events   bigint      not null,
    bytes    bigint      not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (block, type, revision, day)
);

-- The first block that is still to be written.
create table event_block_progress (
    next_block bigint not null
);

-- All that is stored already, but for the last block.
insert into event_block_progress
select coalesce((max(global_index) + 1) / 2048, 0) from domain_event_entry;

insert into event_block
select
    global_index / 2048,
    payload_type,
    coalesce(payload_revision, ''),
    (time_stamp::timestamptz at time zone 'UTC')::date,
    count(*),
    sum(octet_length(payload) + coalesce(octet_length(meta_data), 0)),
    min(time_stamp::timestamptz),
    max(time_stamp::timestamptz)
from domain_event_entry
where global_index < (select next_block * 2048 from event_block_progress)
group by 1, 2, 3, 4;
