package io.orderworkflow.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes the kinds of problems at the addresses that name them. */
@RestController
@RequestMapping(path = ProblemType.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Problems")
final class ProblemTypeController {

    @GetMapping
    @Operation(summary = "All kinds of problems")
    Descriptions all() {
        return new Descriptions(
                Arrays.stream(ProblemType.values()).map(Description::of).toList());
    }

    @GetMapping("/{name}")
    @Operation(summary = "A kind of problem")
    Description one(@PathVariable String name) {
        return ProblemType.named(name)
                .map(Description::of)
                .orElseThrow(() ->
                        ProblemException.of(ProblemType.UNKNOWN_RESOURCE, "There is no kind of problem of that name."));
    }

    /** All kinds of problems. */
    @Schema(name = "ProblemDescriptions")
    record Descriptions(List<Description> items) {}

    /** A kind of problem. */
    @Schema(name = "ProblemDescription")
    record Description(URI type, int status, String title, String description) {

        private static Description of(ProblemType type) {
            return new Description(type.uri(), type.status().value(), type.title(), type.description());
        }
    }
}
