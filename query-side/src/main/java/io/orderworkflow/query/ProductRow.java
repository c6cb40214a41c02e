package io.orderworkflow.query;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.inventory.ProductView;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A product as it is kept for readers. */
@Entity
@Immutable
@Table(schema = "inventory", name = "product_view")
class ProductRow {

    @Id
    private String sku;

    private String name;
    private BigDecimal price;
    private String currency;
    private @Nullable String category;
    private long version;

    ProductView view() {
        return new ProductView(new Sku(sku), name, Amounts.money(price, currency), category, version);
    }
}
