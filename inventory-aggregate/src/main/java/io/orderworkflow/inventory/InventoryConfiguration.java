package io.orderworkflow.inventory;

import io.orderworkflow.platform.ConditionalOnRole;
import io.orderworkflow.platform.Role;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Lets a process decide on products and stock. */
@AutoConfiguration
@ConditionalOnRole(Role.INVENTORY)
@Import({Product.class, StockItem.class, StockItems.class})
final class InventoryConfiguration {}
