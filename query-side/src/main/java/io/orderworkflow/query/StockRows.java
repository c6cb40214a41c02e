package io.orderworkflow.query;

import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stock that can be looked at. */
interface StockRows extends Repository<StockRow, String> {

    Optional<StockRow> findById(String sku);

    Page<StockRow> findByOnHandNotNull(Pageable page);

    @Query("select stock from StockRow stock where stock.reorderPoint > 0 and stock.available <= stock.reorderPoint")
    Page<StockRow> findLow(Pageable page);
}
