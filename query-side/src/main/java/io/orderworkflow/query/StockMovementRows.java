package io.orderworkflow.query;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** The movements of stock that can be looked at. */
interface StockMovementRows extends Repository<StockMovementRow, StockMovementRow.Key> {

    Page<StockMovementRow> findBySku(String sku, Pageable page);
}
