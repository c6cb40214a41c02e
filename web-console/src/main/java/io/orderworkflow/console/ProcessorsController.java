package io.orderworkflow.console;

import io.orderworkflow.api.admin.FindProcessors;
import io.orderworkflow.api.admin.FindRebuild;
import io.orderworkflow.api.admin.ProcessorView;
import io.orderworkflow.api.admin.Processors;
import io.orderworkflow.api.admin.RebuildView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Event processors: how far they are behind, and the rebuilds of read models. */
@Controller
final class ProcessorsController {

    private final ReadSide readSide;

    ProcessorsController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/console/processors")
    String processors(Visit visit, Model model) {
        List<ProcessorView> known = ReadSide.answer(readSide.ask(new FindProcessors(null), Processors.class, visit))
                .items();
        Map<ProcessorView, CompletableFuture<Optional<RebuildView>>> rebuilds = new LinkedHashMap<>();
        known.stream()
                .filter(ProcessorCard::isWorthShowing)
                .forEach(processor -> rebuilds.put(
                        processor,
                        ProcessorCard.canBeRebuilt(processor)
                                ? readSide.find(new FindRebuild(processor.name()), RebuildView.class, visit)
                                : CompletableFuture.completedFuture(Optional.empty())));
        List<ProcessorCard> cards = rebuilds.entrySet().stream()
                .map(asked -> new ProcessorCard(
                        asked.getKey(), ReadSide.answer(asked.getValue()).orElse(null)))
                .toList();
        model.addAttribute("cards", cards);
        model.addAttribute(
                "behind", cards.stream().mapToLong(ProcessorCard::lag).max().orElse(0));
        return "console/processors";
    }
}
