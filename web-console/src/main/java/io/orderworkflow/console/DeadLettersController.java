package io.orderworkflow.console;

import io.orderworkflow.api.admin.DeadLetterPage;
import io.orderworkflow.api.admin.DeadLetterView;
import io.orderworkflow.api.admin.FindDeadLetters;
import io.orderworkflow.api.admin.ParkedStepState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Events that read models could not handle, with those that wait behind them. */
@Controller
final class DeadLettersController {

    static final int PAGE_SIZE = 50;

    /** Causes are gathered from as many as can be asked for at once. */
    private static final int MOST_OF_CAUSES = 200;

    private final ReadSide readSide;

    DeadLettersController(ReadSide readSide) {
        this.readSide = readSide;
    }

    @GetMapping("/console/dead-letters")
    String deadLetters(
            @RequestParam(required = false) @Nullable String processor,
            @RequestParam(required = false) @Nullable String cause,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String page,
            Visit visit,
            Model model) {
        String ofProcessor = Asked.text(processor);
        String ofCause = Asked.text(cause);
        ParkedStepState inState = Asked.constant(state, ParkedStepState.values());
        CompletableFuture<Optional<DeadLetterPage>> found = readSide.find(
                new FindDeadLetters(ofProcessor, null, ofCause, inState, Asked.number(page), PAGE_SIZE),
                DeadLetterPage.class,
                visit);
        CompletableFuture<Optional<DeadLetterPage>> all = readSide.find(
                new FindDeadLetters(null, null, null, null, 0, MOST_OF_CAUSES), DeadLetterPage.class, visit);
        DeadLetterPage letters = ReadSide.answer(found)
                .orElseThrow(() -> new NoSuchPageException("There is no processor " + ofProcessor + "."));
        DeadLetterPage known = ReadSide.answer(all).orElse(letters);
        model.addAttribute("letters", letters);
        model.addAttribute("causes", FailureCause.of(known.items(), DeadLetterView::processor, DeadLetterView::cause));
        model.addAttribute("total", known.page().totalItems());
        model.addAttribute("processor", ofProcessor);
        model.addAttribute("cause", ofCause);
        model.addAttribute("state", inState);
        model.addAttribute("states", ParkedStepState.values());
        model.addAttribute(
                "addresses",
                new ListAddress("/console/dead-letters")
                        .with("processor", ofProcessor)
                        .with("cause", ofCause)
                        .with("state", inState));
        return "console/dead-letters";
    }
}
