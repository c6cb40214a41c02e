package io.orderworkflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who looks at pages in a browser, and uses them. */
final class Reader implements AutoCloseable {

    private static final Path PICTURES = Path.of("..", "web-console", "target", "screenshots");
    /** For a busy machine: what goes well takes a fraction of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What is fetched anew every few seconds is fetched four times as often: tests need not wait for it. */
    private static final String FASTER =
            "const slow = setInterval; setInterval = (work, millis, ...more) => slow(work, millis / 4, ...more);";

    private static final int WIDE = 1440;
    private static final int PHONE = 390;

    private final String address;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private boolean expectsRefusals;

    Reader(BrowserContext browser, String address) {
        this.address = address;
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
        browser.setDefaultTimeout((double) PATIENCE.toMillis());
        // Nobody that was known before.
        browser.clearCookies();
        page = browser.newPage();
        page.addInitScript(FASTER);
        onAWideScreen();
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
        page.navigate(address + path);
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
        Axe axe = new Axe(page);
        isAccessible(axe.findings());
        picture(name);
        onAPhone();
        doesNotOverflow();
        picture(name);
        colours(ColorScheme.DARK);
        isAccessible(axe.findingsOfLooks());
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

    private void isAccessible(Object findings) {
        assertThat(findings).as("what axe finds at " + page.url()).isEqualTo(List.of());
    }

    /** Nothing sticks out of the page to the right, once its charts have followed its width. */
    private void doesNotOverflow() {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                        .as("pixels by which %s is too wide", page.url())
                        .isEqualTo(0));
    }

    /** Asserts that no script failed and nothing was missing. */
    @Override
    public void close() {
        page.close();
        assertThat(errors.stream().filter(error -> !expectsRefusals || !error.startsWith("Failed to load resource")))
                .as("errors that the browser noted")
                .isEmpty();
    }
}
