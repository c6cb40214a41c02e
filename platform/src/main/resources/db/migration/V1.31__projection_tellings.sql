-- What a generation handled in silence before it came to be read, and what followers are still to be told of: all events
-- behind the token, up to the last position.
create table projection_telling (
    processor  text   primary key,
    token      bytea,
    token_type text,
    last       bigint not null,
    constraint token_with_type check ((token is null) = (token_type is null))
) with (fillfactor = 50);
