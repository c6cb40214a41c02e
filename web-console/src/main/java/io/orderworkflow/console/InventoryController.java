package io.orderworkflow.console;

import io.orderworkflow.api.Sku;
import io.orderworkflow.api.Sort;
import io.orderworkflow.api.inventory.FindProductsBySku;
import io.orderworkflow.api.inventory.FindStock;
import io.orderworkflow.api.inventory.FindStockItem;
import io.orderworkflow.api.inventory.FindStockMovements;
import io.orderworkflow.api.inventory.ProductView;
import io.orderworkflow.api.inventory.Products;
import io.orderworkflow.api.inventory.StockMovementPage;
import io.orderworkflow.api.inventory.StockPage;
import io.orderworkflow.api.inventory.StockView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What there is of each product, and how that came about. */
@Controller
final class InventoryController {

    static final int PAGE_SIZE = 50;

    private static final int MOVEMENTS = 20;

    /** Of those that are low, as many are shown above all others. */
    private static final int MOST_LOW = 20;

    private static final String FEWEST_FIRST = "available";

    /** What the list can be sorted by, as the address names it, with the words for it. */
    private static final Map<String, String> SORTS = sorts();

    private final ReadSide readSide;

    InventoryController(ReadSide readSide) {
        this.readSide = readSide;
    }

    private static Map<String, String> sorts() {
        Map<String, String> sorts = new LinkedHashMap<>();
        sorts.put(FEWEST_FIRST, "Fewest available first");
        sorts.put("sku", "By SKU");
        sorts.put("reserved,desc", "Most reserved first");
        sorts.put("onHand,desc", "Most on hand first");
        return sorts;
    }

    @GetMapping("/console/inventory")
    String levels(
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String page,
            Visit visit,
            Model model) {
        String sorted = sort != null && SORTS.containsKey(sort) ? sort : FEWEST_FIRST;
        int number = Asked.number(page);
        CompletableFuture<StockPage> low =
                readSide.ask(new FindStock(true, 0, MOST_LOW, new Sort(FEWEST_FIRST, false)), StockPage.class, visit);
        CompletableFuture<StockPage> all =
                readSide.ask(new FindStock(false, number, PAGE_SIZE, sortOf(sorted)), StockPage.class, visit);
        StockPage found = ReadSide.answer(all);
        StockPage lowest = ReadSide.answer(low);
        Map<Sku, ProductView> products = products(
                Stream.concat(found.items().stream(), lowest.items().stream())
                        .map(StockView::sku)
                        .collect(Collectors.toSet()),
                visit);
        model.addAttribute("low", levels(number == 0 ? lowest.items() : List.of(), products));
        model.addAttribute("lowTotal", lowest.page().totalItems());
        model.addAttribute("levels", levels(found.items(), products));
        model.addAttribute("page", found.page());
        model.addAttribute("sorts", SORTS);
        model.addAttribute("sort", sorted);
        model.addAttribute(
                "addresses",
                new ListAddress("/console/inventory").with("sort", sorted.equals(FEWEST_FIRST) ? null : sorted));
        return "console/inventory";
    }

    private static Sort sortOf(String sorted) {
        List<String> parts = List.of(sorted.split(",", -1));
        return new Sort(parts.get(0), parts.size() > 1);
    }

    private Map<Sku, ProductView> products(Set<Sku> skus, Visit visit) {
        return skus.isEmpty()
                ? Map.of()
                : ReadSide.answer(readSide.ask(new FindProductsBySku(skus), Products.class, visit)).items().stream()
                        .collect(Collectors.toMap(ProductView::sku, Function.identity()));
    }

    private static List<StockLevel> levels(List<StockView> stock, Map<Sku, ProductView> products) {
        return stock.stream()
                .map(view -> new StockLevel(view, products.get(view.sku())))
                .toList();
    }

    @GetMapping("/console/inventory/{sku}")
    String level(
            @PathVariable String sku, @RequestParam(required = false) @Nullable String page, Visit visit, Model model) {
        Sku asked = sku(sku);
        CompletableFuture<Optional<StockView>> stock = readSide.find(new FindStockItem(asked), StockView.class, visit);
        CompletableFuture<StockMovementPage> movements = readSide.ask(
                new FindStockMovements(asked, Asked.number(page), MOVEMENTS), StockMovementPage.class, visit);
        StockView view = ReadSide.answer(stock).orElseThrow(() -> unknown(sku));
        StockMovementPage moved = ReadSide.answer(movements);
        model.addAttribute(
                "level", new StockLevel(view, products(Set.of(asked), visit).get(asked)));
        model.addAttribute("movements", moved);
        model.addAttribute("chart", MovementChart.of(moved.items()));
        model.addAttribute("addresses", new ListAddress("/console/inventory/" + sku));
        return "console/stock";
    }

    private static Sku sku(String text) {
        try {
            return new Sku(text);
        } catch (IllegalArgumentException broken) {
            throw unknown(text);
        }
    }

    private static NoSuchPageException unknown(String sku) {
        return new NoSuchPageException("There is no product " + sku + ".");
    }
}
