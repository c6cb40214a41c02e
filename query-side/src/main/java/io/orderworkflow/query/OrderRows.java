package io.orderworkflow.query;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** The orders that can be looked at. */
interface OrderRows extends Repository<OrderRow, UUID>, JpaSpecificationExecutor<OrderRow> {

    Optional<OrderRow> findById(UUID orderId);

    List<OrderRow> findByOrderIdIn(Collection<UUID> orderIds);
}
