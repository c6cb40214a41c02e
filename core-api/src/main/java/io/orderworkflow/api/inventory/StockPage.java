package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of stock.
 *
 * @param items the stock of one product each
 * @param page where the page stands
 */
public record StockPage(List<StockView> items, Page page) {}
