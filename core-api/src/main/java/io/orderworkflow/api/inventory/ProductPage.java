package io.orderworkflow.api.inventory;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of the catalogue.
 *
 * @param items the products
 * @param page where the page stands
 */
public record ProductPage(List<ProductView> items, Page page) {}
