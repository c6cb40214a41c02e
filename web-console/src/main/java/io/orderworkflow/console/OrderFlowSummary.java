package io.orderworkflow.console;

import io.orderworkflow.api.order.FindOrderFlow.Window;
import io.orderworkflow.api.order.OrderFlow;
import io.orderworkflow.api.order.OrderFlow.Durations;
import io.orderworkflow.api.order.OrderFlow.Outcome;
import io.orderworkflow.api.order.OrderFlow.Rate;
import io.orderworkflow.api.order.OrderFlow.Share;
import io.orderworkflow.api.order.OrderFlow.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How orders flow, in the words of the overview. */
final class OrderFlowSummary {

    private static final String NOTHING = "–";

    private final OrderFlow flow;

    OrderFlowSummary(OrderFlow flow) {
        this.flow = flow;
    }

    /** The window in words, as what follows {@code the last}. */
    public String window() {
        return flow.window() == Window.ONE_HOUR ? "hour" : nameOf(flow.window());
    }

    /** A window in words. */
    public String nameOf(Window window) {
        return switch (window) {
            case FIVE_MINUTES -> "5 minutes";
            case ONE_HOUR -> "1 hour";
            case ONE_DAY -> "24 hours";
            case SEVEN_DAYS -> "7 days";
        };
    }

    public long orders() {
        return flow.orders();
    }

    public List<Rate> rates() {
        return flow.rates();
    }

    /** How many orders a second in the whole window. */
    public String perSecond() {
        double seconds = Duration.between(flow.from(), flow.to()).toMillis() / 1_000.0;
        return rate(seconds <= 0 ? 0 : flow.orders() / seconds);
    }

    /** A rate with as many decimals as tell something. */
    public String rate(double perSecond) {
        String pattern = perSecond >= 100 ? "%.0f" : perSecond >= 1 || perSecond == 0 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, pattern, perSecond);
    }

    public List<Share> outcomes() {
        return flow.outcomes();
    }

    /** Why orders were rejected, in words; nothing for other outcomes. */
    public String reason(Share share) {
        return share.reason() == null ? "" : new Words().name(share.reason());
    }

    /** The share of one outcome, whatever its reasons. */
    public String share(String outcome) {
        Outcome wanted = Outcome.valueOf(outcome);
        return percent(flow.outcomes().stream()
                .filter(share -> share.outcome() == wanted)
                .mapToDouble(Share::share)
                .sum());
    }

    /** A share in per cent. */
    public String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.001 ? "%.2f %%" : "%.1f %%", share * 100);
    }

    /** The colour of an outcome. */
    public String tone(Outcome outcome) {
        return switch (outcome) {
            case OPEN -> "busy";
            case CONFIRMED -> "good";
            case REJECTED -> "bad";
            case CANCELLED -> "quiet";
        };
    }

    public List<Durations> durations() {
        return flow.durations();
    }

    /** How long the whole way took. */
    public Durations whole() {
        return flow.durations().get(0);
    }

    /** What takes its time at a stage. */
    public String stage(Stage stage) {
        return switch (stage) {
            case SETTLE -> "Placing to settled";
            case RESERVE -> "Reserve stock";
            case AUTHORIZE -> "Authorise payment";
            case CAPTURE -> "Capture payment";
            case CONFIRM -> "Confirm order";
        };
    }

    /** A number of milliseconds in words; a dash if there is none. */
    public String millis(@Nullable Long millis) {
        return millis == null ? NOTHING : new Words().span(Duration.ofMillis(millis));
    }
}
