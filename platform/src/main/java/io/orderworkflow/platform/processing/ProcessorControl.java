package io.orderworkflow.platform.processing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.platform.processing.NodeReports.Report;
import io.orderworkflow.platform.store.NodeSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.config.EventProcessingConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second what operators want of the processors of this node, and tells how these are: nodes know of each
 * other only what is written in the database.
 */
final class ProcessorControl {

    private static final Logger log = LoggerFactory.getLogger(ProcessorControl.class);

    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Told again after so many intervals, though nothing has changed. */
    private static final int TOLD_EVERY = 5;

    private final Supplier<EventProcessingConfiguration> processing;
    private final ProcessorPauses pauses;
    private final NodeReports reports;
    private final SegmentBalance balance;
    private final ProcessorStatus status;
    private final ProcessorSettings settings;
    private final String node;
    private final Clock clock;
    private final MultiGauge lag;
    private final MultiGauge lagSeconds;
    private final Map<String, Map<Integer, String>> failing = new HashMap<>();
    private List<Report> told = List.of();
    private int looks;

    ProcessorControl(
            Supplier<EventProcessingConfiguration> processing,
            ProcessorPauses pauses,
            NodeReports reports,
            SegmentBalance balance,
            ProcessorStatus status,
            ProcessorSettings settings,
            NodeSettings node,
            Clock clock,
            MeterRegistry registry) {
        this.processing = processing;
        this.pauses = pauses;
        this.reports = reports;
        this.balance = balance;
        this.status = status;
        this.settings = settings;
        this.node = node.id();
        this.clock = clock;
        this.lag = MultiGauge.builder("order.workflow.processor.lag")
                .description("Events that a segment of a processor has not looked at yet, on whichever node it is")
                .register(registry);
        this.lagSeconds = MultiGauge.builder("order.workflow.processor.lag.age")
                .description("The age of the first event that a segment of a processor has not looked at yet")
                .baseUnit("seconds")
                .register(registry);
    }

    void look() {
        Set<String> paused = pauses.all().keySet();
        Map<String, PausableProcessor> own = new HashMap<>();
        processing.get().eventProcessors().forEach((name, processor) -> {
            if (processor instanceof PausableProcessor pausable) {
                own.put(name, pausable);
            }
        });
        own.forEach((name, processor) -> obey(processor, paused.contains(name)));
        own.forEach(this::tellFailures);
        tell(own);
        if (looks++ % TOLD_EVERY == 0) {
            balance.level(own);
            measure();
        }
    }

    private static void obey(PausableProcessor processor, boolean pause) {
        try {
            processor.obey(pause);
        } catch (IllegalStateException e) {
            log.info("{} cannot go on yet, it has not come to its end", processor.getName());
        }
    }

    private void tell(Map<String, PausableProcessor> own) {
        List<Report> now = own.entrySet().stream()
                .map(entry -> new Report(
                        entry.getKey(),
                        entry.getValue().isRunning(),
                        settings.of(entry.getKey()).threads()))
                .toList();
        if (!now.equals(told) || looks % TOLD_EVERY == 0) {
            reports.tell(node, now, clock.instant());
            told = now;
        }
    }

    private void tellFailures(String name, PausableProcessor processor) {
        Map<Integer, String> now = processor.failures();
        Map<Integer, String> before = failing.getOrDefault(name, Map.of());
        now.forEach((segment, message) -> {
            if (!message.equals(before.get(segment))) {
                reports.fails(node, name, segment, message, clock.instant());
            }
        });
        before.keySet().stream()
                .filter(segment -> !now.containsKey(segment))
                .forEach(segment -> reports.failsNoMore(node, name, segment));
        failing.put(name, now);
    }

    private void measure() {
        List<ProcessorView> all = status.all();
        lag.register(rows(all, ProcessorView.Segment::lag), true);
        lagSeconds.register(rows(all, ProcessorView.Segment::lagSeconds), true);
    }

    private static List<Row<?>> rows(List<ProcessorView> processors, Function<ProcessorView.Segment, Number> value) {
        return processors.stream()
                .<Row<?>>flatMap(processor -> processor.segments().stream()
                        .map(segment -> Row.of(
                                Tags.of("processor", processor.name(), "segment", Integer.toString(segment.id())),
                                value.apply(segment))))
                .toList();
    }

    /** Nobody need wait for this node any more. */
    void leave() {
        reports.forget(node, clock.instant());
    }
}
