package io.orderworkflow.application;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Pages of the running program in a browser. A part of {@link ConsoleIT}, which has the program and lists the parts: one
 * program and one browser do for all of them.
 */
abstract class BrowserTest {

    @LocalServerPort
    private int port;

    /** The program over HTTP, to bring about what is to be seen. */
    Shop shop;

    /** Who looks at the pages. */
    Reader reader;

    /** The page that is looked at. */
    Page page;

    @BeforeEach
    void openTheBrowser(BrowserContext browser) {
        shop = new Shop(port);
        reader = new Reader(browser, "http://localhost:" + port);
        page = reader.page();
    }

    @AfterEach
    void findNoErrors() {
        reader.close();
    }
}
