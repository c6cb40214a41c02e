package io.orderworkflow.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a reader comes in, and what is told to one who went astray. */
@Controller
final class EntranceController {

    @GetMapping("/")
    String entrance() {
        return "redirect:/console";
    }

    @SuppressWarnings("DoNotCallSuggester") // Called by whoever went astray.
    @GetMapping({"/console/**", "/shop/**"})
    String astray() {
        throw new NoSuchPageException("Nothing is shown at this address. The pages that there are stand above.");
    }
}
