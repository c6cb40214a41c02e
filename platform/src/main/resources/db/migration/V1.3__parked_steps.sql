-- Steps of sagas that failed, and the events that wait for them. An event is only referred to: it is read from the event
-- store when its turn comes, so that what is corrected there, or in how it is read, is seen.

create table parked_step (
    saga        text        not null,
    sequence    text        not null,
    state       text        not null,
    since       timestamptz not null,
    attempts    integer     not null,
    failures    integer     not null,
    failed_at   timestamptz not null,
    cause       text        not null,
    message     text        not null,
    next_try_at timestamptz,
    primary key (saga, sequence)
) with (fillfactor = 70);

create index parked_step_due on parked_step (saga, next_try_at);

create table parked_event (
    position             bigint generated always as identity primary key,
    saga                 text        not null,
    sequence             text        not null,
    event_identifier     text        not null,
    event_type           text        not null,
    aggregate_identifier text        not null,
    sequence_number      bigint      not null,
    recorded_at          timestamptz not null,
    foreign key (saga, sequence) references parked_step on delete cascade
);

create index parked_event_order on parked_event (saga, sequence, position);

-- What operators did about parked steps; kept when these are gone.
create table parked_step_action (
    position       bigint generated always as identity primary key,
    saga           text        not null,
    sequence       text        not null,
    action         text        not null,
    at             timestamptz not null,
    user_id        text        not null,
    correlation_id text        not null,
    cause          text        not null,
    message        text        not null,
    events         text        not null,
    reason         text
);

create index parked_step_action_of on parked_step_action (sequence, position);
