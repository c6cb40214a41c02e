-- The books of the built-in payment provider: what it carried out or refused, one line an operation. Lines are never
-- changed. The rest of the program does not look in here, as it could not look into another provider's books.
create table built_in_provider_ledger (
    idempotency_key text        primary key,
    -- In the order in which it happened to a payment.
    line            bigint      not null generated always as identity,
    payment_id      uuid        not null,
    action          text        not null,
    -- Held, taken, or given back; null where nothing was.
    amount          numeric(19, 4),
    currency        char(3),
    -- What the payment is paid with; with authorisations only.
    token           text,
    -- The code of the refusal; null if it was carried out.
    refusal         text,
    recorded_at     timestamptz not null default now()
);

create index built_in_provider_ledger_payment on built_in_provider_ledger (payment_id);
