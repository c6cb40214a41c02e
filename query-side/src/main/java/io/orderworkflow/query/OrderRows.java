package io.orderworkflow.query;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The orders that can be looked at. */
interface OrderRows extends Repository<OrderRow, UUID> {

    Optional<OrderRow> findById(UUID orderId);

    // Native, with an array: a list in JPQL is interpreted anew for every call, and this is asked for every batch.
    @Query(nativeQuery = true, value = "select * from orders.order_view where order_id = any(:orderIds)")
    List<OrderRow> findByOrderIds(UUID[] orderIds);
}
