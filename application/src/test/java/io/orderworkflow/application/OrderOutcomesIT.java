package io.orderworkflow.application;

/** As it runs on a laptop: everything in one process, the events in PostgreSQL. */
class OrderOutcomesIT extends OrderOutcomes {}
