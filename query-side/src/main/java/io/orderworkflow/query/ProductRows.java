package io.orderworkflow.query;

import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** The products that can be looked at. */
interface ProductRows extends Repository<ProductRow, String> {

    Page<ProductRow> findAll(Pageable page);

    List<ProductRow> findBySkuIn(Collection<String> skus);
}
