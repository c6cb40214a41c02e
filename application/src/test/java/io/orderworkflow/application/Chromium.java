package io.orderworkflow.application;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One browser for all tests that need one, which keeps what it has loaded; they are left out, and say so, where none is
 * installed.
 */
final class Chromium implements ExecutionCondition, ParameterResolver {

    private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return installed().isPresent()
                ? ConditionEvaluationResult.enabled("Chromium is installed")
                : ConditionEvaluationResult.disabled(
                        "The pages were not tried in a browser, as there is none: apt-get install chromium");
    }

    private static Optional<Path> installed() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BrowserContext.class;
    }

    @Override
    public BrowserContext resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Running.of(context).context;
    }

    /** Ended with the last test of the process. */
    private record Running(Playwright playwright, BrowserContext context) implements AutoCloseable {

        private static Running of(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Chromium.class))
                    .computeIfAbsent(Running.class, type -> start(), Running.class);
        }

        private static Running start() {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(installed().orElseThrow())
                            .setArgs(ARGUMENTS));
            BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                    .setLocale("en-GB")
                    // Nothing is looked at while it fades from one colour to another.
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setTimezoneId("Europe/Berlin"));
            return new Running(playwright, context);
        }

        @Override
        public void close() {
            playwright.close();
        }
    }
}
