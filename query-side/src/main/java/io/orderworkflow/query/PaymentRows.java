package io.orderworkflow.query;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The payments that can be looked at. */
interface PaymentRows extends Repository<PaymentRow, UUID> {

    Optional<PaymentRow> findById(UUID paymentId);
}
