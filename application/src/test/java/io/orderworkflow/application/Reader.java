package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who looks at pages in a browser, and uses them. */
final class Reader implements AutoCloseable {

    private static final Path PICTURES = Path.of("..", "web-console", "target", "screenshots");
    /** For a busy machine: what goes well takes a fraction of it. */
    private static final int PATIENCE_MILLIS = 20_000;

    private static final int WIDE = 1440;
    private static final int PHONE = 390;
    private static final Set<String> TOO_BAD = Set.of("serious", "critical");

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private boolean expectsRefusals;

    Reader(Browser browser, String address) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(address)
                .setViewportSize(WIDE, 900)
                .setLocale("en-GB")
                // Nothing is looked at while it fades from one colour to another.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
    }

    Page page() {
        return page;
    }

    /** Goes to a page, and waits until its scripts run. */
    Page at(String path) {
        page.navigate(path);
        return page;
    }

    /** From here on answers that refuse something are no errors: the browser notes each of them. */
    void expectRefusals() {
        expectsRefusals = true;
    }

    void onAPhone() {
        page.setViewportSize(PHONE, 844);
    }

    void onAWideScreen() {
        page.setViewportSize(WIDE, 900);
    }

    /**
     * Takes pictures of the page as it is, on a phone and on a wide screen, and asserts that nobody is kept from using
     * it, in light and in dark.
     */
    void findsInOrder(String name) {
        colours(ColorScheme.LIGHT);
        isAccessible();
        picture(name);
        onAPhone();
        doesNotOverflow();
        picture(name);
        colours(ColorScheme.DARK);
        isAccessible();
        onAWideScreen();
        doesNotOverflow();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + WIDE + "-dark.png"))
                .setFullPage(true));
        colours(ColorScheme.LIGHT);
    }

    /** Takes a picture of the page as it is. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + page.viewportSize().width + ".png"))
                .setFullPage(true));
    }

    private void colours(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    private void isAccessible() {
        assertThat(new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .filter(rule -> TOO_BAD.contains(rule.getImpact()))
                                .map(Reader::told))
                .as("what axe finds at " + page.url())
                .isEmpty();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).limit(5).toList();
    }

    /** Nothing sticks out of the page to the right, once its charts have followed its width. */
    private void doesNotOverflow() {
        await().pollInSameThread()
                .untilAsserted(() -> assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                        .as("pixels by which %s is too wide", page.url())
                        .isEqualTo(0));
    }

    /** Asserts that no script failed and nothing was missing. */
    @Override
    public void close() {
        context.close();
        assertThat(errors.stream().filter(error -> !expectsRefusals || !error.startsWith("Failed to load resource")))
                .as("errors that the browser noted")
                .isEmpty();
    }
}
