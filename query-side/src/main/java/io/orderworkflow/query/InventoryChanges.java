package io.orderworkflow.query;

import io.orderworkflow.api.Money;
import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.Sku;
import io.orderworkflow.platform.projection.BatchStatement;
import io.orderworkflow.platform.projection.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a batch of events changes about products and their stock: one row a SKU each, and one a movement. */
final class InventoryChanges {

    // An event that was handled before changes nothing: versions are the events' own numbers.
    private static final BatchStatement<ProductChange> PRODUCTS = new BatchStatement<ProductChange>("""
                    insert into {schema}.product_view as v (sku, name, price, currency, category, version)
                    select * from unnest(?, ?, ?, ?, ?, ?)
                    on conflict (sku) do update set
                        name = coalesce(excluded.name, v.name),
                        price = coalesce(excluded.price, v.price),
                        currency = coalesce(excluded.currency, v.currency),
                        category = case when excluded.name is null then v.category else excluded.category end,
                        version = excluded.version
                    where v.version < excluded.version
                    """)
            .with("text", change -> change.sku)
            .with("text", change -> change.name)
            .with("numeric", change -> change.price == null ? null : change.price.amount())
            .with("bpchar", change -> change.price == null ? null : change.price.currency())
            .with("text", change -> change.category)
            .with("int8", change -> change.version);

    private static final BatchStatement<StockChange> STOCK = new BatchStatement<StockChange>("""
                    insert into {schema}.stock_view as v (sku, on_hand, reserved, reorder_point, version)
                    select * from unnest(?, ?, ?, ?, ?)
                    on conflict (sku) do update set
                        on_hand = coalesce(excluded.on_hand, v.on_hand),
                        reserved = coalesce(excluded.reserved, v.reserved),
                        reorder_point = coalesce(excluded.reorder_point, v.reorder_point),
                        version = excluded.version
                    where v.version < excluded.version
                    """)
            .with("text", change -> change.sku)
            .with("int8", change -> change.onHand)
            .with("int8", change -> change.reserved)
            .with("int8", change -> change.reorderPoint)
            .with("int8", change -> change.version);

    private static final BatchStatement<Movement> MOVEMENTS = new BatchStatement<Movement>("""
                    insert into {schema}.stock_movement (sku, sequence, at, type, delta, on_hand, order_id, reason)
                    select * from unnest(?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                    """)
            .with("text", Movement::sku)
            .with("int8", Movement::sequence)
            .with("timestamptz", Movement::at)
            .with("text", Movement::type)
            .with("int8", Movement::delta)
            .with("int8", Movement::onHand)
            .with("uuid", Movement::orderId)
            .with("text", Movement::reason);

    private final Map<Sku, ProductChange> products = new LinkedHashMap<>();
    private final Map<Sku, StockChange> stock = new LinkedHashMap<>();
    private final List<Movement> movements = new ArrayList<>();

    ProductChange product(Sku sku, long sequence) {
        ProductChange change = products.computeIfAbsent(sku, ProductChange::new);
        change.version = sequence;
        return change;
    }

    StockChange stock(Sku sku, long sequence) {
        StockChange change = stock.computeIfAbsent(sku, StockChange::new);
        change.version = sequence;
        return change;
    }

    void moved(Movement movement) {
        movements.add(movement);
    }

    Set<Sku> changedProducts() {
        return products.keySet();
    }

    void write(Generation generation, JdbcTemplate jdbc) {
        PRODUCTS.execute(generation, jdbc, products.values());
        STOCK.execute(generation, jdbc, stock.values());
        MOVEMENTS.execute(generation, jdbc, movements);
    }

    /** What becomes of a product. What is {@code null} stays as it was. */
    static final class ProductChange {

        private final Sku sku;
        private @Nullable String name;
        private @Nullable String category;
        private @Nullable Money price;
        private long version;

        private ProductChange(Sku sku) {
            this.sku = sku;
        }

        void described(String as, @Nullable String filedUnder) {
            name = as;
            category = filedUnder;
        }

        void priced(Money at) {
            price = at;
        }
    }

    /** What becomes of the stock of a SKU. What is {@code null} stays as it was. */
    static final class StockChange {

        private final Sku sku;
        private @Nullable Long onHand;
        private @Nullable Long reserved;
        private @Nullable Long reorderPoint;
        private long version;

        private StockChange(Sku sku) {
            this.sku = sku;
        }

        StockChange onHand(long pieces) {
            onHand = pieces;
            return this;
        }

        StockChange reserved(long pieces) {
            reserved = pieces;
            return this;
        }

        StockChange reorderPoint(long pieces) {
            reorderPoint = pieces;
            return this;
        }
    }

    /** A change of the pieces on hand. */
    record Movement(
            Sku sku,
            long sequence,
            Instant at,
            String type,
            long delta,
            long onHand,
            @Nullable OrderId orderId,
            @Nullable String reason) {}
}
