-- Which refund a call gives money back for, and how often that was asked for by now; null except for refunds.
alter table payment_provider_call
    add column refund_id      uuid,
    add column refund_attempt integer;
