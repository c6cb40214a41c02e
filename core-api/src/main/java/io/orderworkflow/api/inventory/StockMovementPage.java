package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of changes of one product's stock.
 *
 * @param items the changes
 * @param page where the page stands
 */
public record StockMovementPage(List<StockMovement> items, Page page) {}
