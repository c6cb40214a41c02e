package io.orderworkflow.query;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The products that can be looked at. */
interface ProductRows extends Repository<ProductRow, String> {

    Page<ProductRow> findAll(Pageable page);

    // Native, with an array: a list in JPQL is interpreted anew for every call, and this is asked for every order.
    @Query(nativeQuery = true, value = "select * from inventory.product_view where sku = any(:skus)")
    List<ProductRow> findBySkus(String[] skus);
}
