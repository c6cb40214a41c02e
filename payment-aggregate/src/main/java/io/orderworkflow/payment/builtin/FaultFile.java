package io.orderworkflow.payment.builtin;

import io.orderworkflow.api.Sku;
import io.orderworkflow.payment.builtin.FaultEffect.Kind;
import io.orderworkflow.payment.builtin.Operation.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fault scenario as it is written down, in JSON:
 *
 * <pre>{@code {"title": "…", "rules": [{"tokens": […], "skus": […], "percent": 10, "actions": ["capture"],
 *     "effect": "answer-late", "delay": "3s"}]}}</pre>
 */
record FaultFile(@Nullable String title, @Nullable List<Rule> rules) {

    static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private static final int MOST_RULES = 100;
    private static final int LONGEST_TEXT = 200;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Set<Refusal> DECLINES = Set.of(Refusal.DECLINED, Refusal.INSUFFICIENT_FUNDS);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** One rule of it. */
    record Rule(
            @Nullable List<String> tokens,
            @Nullable List<String> skus,
            @Nullable Double percent,
            @Nullable List<String> actions,
            @Nullable String effect,
            @Nullable String code,
            @Nullable Integer times,
            @Nullable String delay,
            @Nullable String lasts) {}

    /**
     * Reads a scenario.
     *
     * @throws IllegalArgumentException if it breaks a rule: the message names the file, the field and the rule
     */
    static FaultScenario read(String name, byte[] content) {
        Reading reading = new Reading(name);
        if (!NAME.matcher(name).matches()) {
            throw reading.broken("the file's name", "must be 1 to 64 of a-z 0-9 - and then .json");
        }
        try {
            FaultFile file = JSON.readValue(content, FaultFile.class);
            if (file == null) {
                throw reading.broken("the file", "must be a JSON object");
            }
            return reading.scenario(file);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("fault scenario " + name + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Reads one file. */
    private record Reading(String name) {

        IllegalArgumentException broken(String field, String rule) {
            return new IllegalArgumentException("fault scenario " + name + ": " + field + " " + rule);
        }

        FaultScenario scenario(FaultFile file) {
            String title = file.title();
            if (title == null || title.isBlank() || title.length() > LONGEST_TEXT) {
                throw broken("title", "must be 1 to " + LONGEST_TEXT + " characters");
            }
            List<Rule> rules = file.rules();
            if (rules == null || rules.isEmpty() || rules.size() > MOST_RULES) {
                throw broken("rules", "must be 1 to " + MOST_RULES + " rules");
            }
            List<FaultRule> read = new ArrayList<>();
            for (int number = 0; number < rules.size(); number++) {
                read.add(rule("rules[" + number + "].", rules.get(number)));
            }
            return new FaultScenario(name, title, read);
        }

        private FaultRule rule(String path, @Nullable Rule rule) {
            if (rule == null) {
                throw broken(path.substring(0, path.length() - 1), "is required");
            }
            Double percent = rule.percent();
            if (percent != null && !(percent > 0 && percent <= 100)) {
                throw broken(path + "percent", "must be more than 0 and up to 100");
            }
            return new FaultRule(
                    names(path + "tokens", rule.tokens(), token -> !token.isBlank() && token.length() <= LONGEST_TEXT),
                    names(path + "skus", rule.skus(), sku -> sku.matches(Sku.FORMAT)),
                    percent,
                    actions(path + "actions", rule.actions()),
                    effect(path, rule));
        }

        private Set<String> names(String field, @Nullable List<String> names, Function<String, Boolean> rule) {
            if (names == null) {
                return Set.of();
            }
            if (names.isEmpty() || names.stream().anyMatch(one -> one == null || !rule.apply(one))) {
                throw broken(field, "must be left out, or name at least one, each of 1 to 64 fit characters");
            }
            return Set.copyOf(new TreeSet<>(names));
        }

        private Set<Action> actions(String field, @Nullable List<String> labels) {
            if (labels == null) {
                return Set.of();
            }
            if (labels.isEmpty()) {
                throw broken(field, "must be left out, or name at least one");
            }
            return labels.stream()
                    .map(label -> oneOf(
                            field,
                            label,
                            Action.values(),
                            action -> action.name().toLowerCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
        }

        private FaultEffect effect(String path, Rule rule) {
            Kind kind = oneOf(path + "effect", rule.effect(), Kind.values(), Kind::label);
            Refusal code = kind == Kind.DECLINE
                    ? oneOf(path + "code", rule.code(), DECLINES.toArray(new Refusal[0]), Refusal::code)
                    : null;
            boolean counts = kind == Kind.FAIL_REFUND || kind == Kind.TURN_AWAY;
            onlyWith(path + "code", rule.code(), kind == Kind.DECLINE);
            onlyWith(path + "times", rule.times(), counts);
            onlyWith(path + "delay", rule.delay(), kind == Kind.ANSWER_LATE);
            onlyWith(path + "lasts", rule.lasts(), kind == Kind.OUT_OF_REACH);
            if (rule.times() != null && rule.times() < 1) {
                throw broken(path + "times", "must be 1 or more");
            }
            if (kind == Kind.ANSWER_LATE && rule.delay() == null) {
                throw broken(path + "delay", "is required");
            }
            return new FaultEffect(
                    kind,
                    code,
                    rule.times(),
                    duration(path + "delay", rule.delay()),
                    duration(path + "lasts", rule.lasts()));
        }

        private void onlyWith(String field, @Nullable Object value, boolean fits) {
            if (value != null && !fits) {
                throw broken(field, "does not go with this effect");
            }
        }

        private @Nullable Duration duration(String field, @Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                Duration duration = DurationStyle.detectAndParse(text);
                if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                    return duration;
                }
            } catch (IllegalArgumentException e) {
                // Told below, by the same rule.
            }
            throw broken(field, "must be a time such as 500ms, 3s or 2m, up to a day");
        }

        private <T> T oneOf(String field, @Nullable String label, T[] values, Function<T, String> labels) {
            return Arrays.stream(values)
                    .filter(value -> labels.apply(value).equals(label))
                    .findFirst()
                    .orElseThrow(() -> broken(
                            field,
                            "must be one of "
                                    + Arrays.stream(values).map(labels).sorted().collect(Collectors.joining(", "))));
        }
    }
}
