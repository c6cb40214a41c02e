package io.orderworkflow.payment.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultFileTest {

    @Test
    void tellsEachRuleInWords() {
        FaultScenario scenario = read("""
                {"title": "All of it", "rules": [
                    {"effect": "answer-late", "delay": "3s"},
                    {"percent": 10, "tokens": ["tok_b", "tok_a"], "effect": "decline", "code": "declined"},
                    {"percent": 0.5, "skus": ["MUG"], "actions": ["capture"], "effect": "lose-answer"},
                    {"effect": "fail-refund", "times": 2},
                    {"effect": "out-of-reach", "lasts": "30s"}]}
                """);

        assertThat(scenario.inWords())
                .containsExactly(
                        "All payments: answered 3000 ms late",
                        "10 % of payments with tok_a or tok_b: declined (declined)",
                        "0.5 % of payments of orders that have MUG at their capture: done, but the answer is lost",
                        "All payments: no money is given back, 2 times a payment",
                        "All payments: out of reach for 30 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"effect\": \"explode\"}                                | rules[0].effect must be one of answer-late,",
                "{}                                                       | rules[0].effect must be one of answer-late,",
                "{\"effect\": \"decline\"}                                | rules[0].code must be one of declined,",
                "{\"effect\": \"decline\", \"code\": \"voided\"}          | rules[0].code must be one of declined,",
                "{\"effect\": \"ignore\", \"code\": \"declined\"}         | rules[0].code does not go with this effect",
                "{\"effect\": \"ignore\", \"percent\": 0}                 | rules[0].percent must be more than 0",
                "{\"effect\": \"ignore\", \"percent\": 100.1}             | rules[0].percent must be more than 0",
                "{\"effect\": \"ignore\", \"skus\": [\"A MUG\"]}          | rules[0].skus must be left out",
                "{\"effect\": \"ignore\", \"tokens\": []}                 | rules[0].tokens must be left out",
                "{\"effect\": \"ignore\", \"tokens\": [null]}             | rules[0].tokens must be left out",
                "{\"effect\": \"ignore\", \"actions\": [\"steal\"]}       | rules[0].actions must be one of authorization,",
                "{\"effect\": \"ignore\", \"times\": 1}                   | rules[0].times does not go",
                "{\"effect\": \"turn-away\", \"times\": 0}                | rules[0].times must be 1 or more",
                "{\"effect\": \"answer-late\"}                            | rules[0].delay is required",
                "{\"effect\": \"answer-late\", \"delay\": \"soon\"}       | rules[0].delay must be a time",
                "{\"effect\": \"answer-late\", \"delay\": \"-1s\"}        | rules[0].delay must be a time",
                "{\"effect\": \"out-of-reach\", \"lasts\": \"2d\"}        | rules[0].lasts must be a time",
                "{\"effect\": \"ignore\", \"sku\": [\"MUG\"]}             | sku",
                "7                                                        | fault scenario a-scenario",
                "null                                                     | rules[0] is required",
            })
    void saysWhatIsWrongWithARule(String rule, String said) {
        assertThatThrownBy(() -> read("{\"title\": \"T\", \"rules\": [" + rule + "]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fault scenario a-scenario")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rules\": [{\"effect\": \"ignore\"}]}                  | title must be 1 to 200 characters",
                "{\"title\": \"T\"}                                       | rules must be 1 to 100 rules",
                "{\"title\": \"T\", \"rules\": []}                        | rules must be 1 to 100 rules",
                "null                                                     | must be a JSON object",
                "nonsense                                                 | a-scenario",
                "{\"title\": \"T\", \"rules\": [{\"effect\": \"ignore\"}]} x | a-scenario",
            })
    void saysWhatIsWrongWithAFile(String file, String said) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void refusesANameThatFitsNoAddress() {
        assertThatThrownBy(() -> FaultFile.read("A Scenario", "{}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("the file's name");
    }

    @Test
    void bringsScenariosForEveryKindOfFault() {
        assertThat(FaultFiles.scenarios(null).values().stream()
                        .flatMap(scenario -> scenario.rules().stream())
                        .map(rule -> rule.effect().kind()))
                .contains(
                        FaultEffect.Kind.DECLINE,
                        FaultEffect.Kind.ANSWER_LATE,
                        FaultEffect.Kind.LOSE_ANSWER,
                        FaultEffect.Kind.ANSWER_TWICE,
                        FaultEffect.Kind.FAIL_REFUND,
                        FaultEffect.Kind.OUT_OF_REACH);
    }

    @Test
    void readsFurtherScenariosFromAFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{\"title\": \"Mine\", \"rules\": [{\"effect\": \"ignore\"}]}");
        Files.writeString(
                folder.resolve("slow-bank.json"), "{\"title\": \"Slower\", \"rules\": [{\"effect\": \"ignore\"}]}");
        Files.writeString(folder.resolve("readme.txt"), "nothing");

        Map<String, FaultScenario> scenarios = FaultFiles.scenarios(folder);

        assertThat(scenarios.values()).extracting(FaultScenario::title).contains("Mine", "Slower");
        assertThat(scenarios).containsKey("lost-answers").doesNotContainKey("readme");
    }

    @Test
    void wantsTheFolderToBeThere(@TempDir Path folder) {
        assertThatThrownBy(() -> FaultFiles.scenarios(folder.resolve("nowhere")))
                .hasMessageContaining("order-workflow.faults.folder");
    }

    private static FaultScenario read(String file) {
        return FaultFile.read("a-scenario", file.getBytes(StandardCharsets.UTF_8));
    }
}
