-- Steps are looked for by their order, and cleared away by their time. What is in the other columns need not be known:
-- to find out, each time that the table has grown by a tenth, took longer than writing the rows.
alter table saga_step
    alter column order_id set statistics 10,
    alter column id set statistics 10,
    alter column at set statistics 10,
    alter column refund_id set statistics 0,
    alter column event set statistics 0,
    alter column event_id set statistics 0,
    alter column step set statistics 0,
    alter column awaited set statistics 0,
    alter column attempts set statistics 0,
    alter column changes set statistics 0,
    alter column commands set statistics 0,
    alter column deadline set statistics 0,
    alter column deadline_cancelled set statistics 0,
    alter column failure set statistics 0,
    alter column micros set statistics 0,
    alter column correlation_id set statistics 0,
    alter column trace_id set statistics 0;
