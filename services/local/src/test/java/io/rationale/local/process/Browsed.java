package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;

/**
 * The page in Chromium. It notes whatever no page of ours may do: console errors and warnings, uncaught exceptions,
 * dialogs, requests to other hosts.
 */
final class Browsed implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Chromium drops requests while the machine's network changes, as when a container starts; no page can help it. */
    private static final String NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final Browser browser;
    private final String origin;
    private final List<String> misdeeds = new CopyOnWriteArrayList<>();

    private Browsed(Playwright playwright, Browser browser, String origin) {
        this.playwright = playwright;
        this.browser = browser;
        this.origin = origin;
    }

    /** What the page is shown on. */
    enum Screen {
        DESK(1280, 900),
        WIDE(1440, 900),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /** Ends the test as skipped, loudly, where there is no Chromium; worth calling before anything is started. */
    static void assumeChromium() {
        if (chromium().isEmpty()) {
            System.out.println("A BROWSER TEST IS SKIPPED: there is no Chromium (Debian: apt-get install chromium).");
        }
        Assumptions.assumeTrue(chromium().isPresent(), "no Chromium");
    }

    /** A browser that may only talk to one origin, given with the slash at its end. */
    static Browsed at(String origin) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--enable-precise-memory-info")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        return new Browsed(playwright, browser, origin);
    }

    /** Opens a page of its own browser session at a path below the origin, such as {@code ?view=notes}. */
    Page open(Screen screen, ColorScheme scheme, String path) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(scheme)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(PATIENCE.toMillis());
        context.route(url -> !url.startsWith(origin), route -> {
            misdeeds.add("request: " + route.request().url());
            route.abort();
        });
        Page page = context.newPage();
        AtomicBoolean networkChanged = new AtomicBoolean();
        page.onConsoleMessage(message -> {
            if (message.text().contains(NETWORK_CHANGED)) {
                networkChanged.set(true);
            } else if (Set.of("error", "warning").contains(message.type())) {
                misdeeds.add("console: " + message.text());
            }
        });
        page.onPageError(error -> misdeeds.add("uncaught: " + error));
        page.onDialog(dialog -> {
            misdeeds.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate(origin + path);
        if (networkChanged.get()) {
            page.reload();
        }
        return page;
    }

    /** Nothing was done, since the last time that it was asked, that no page may do. */
    void hasNoMisdeeds() {
        List<String> found = List.copyOf(misdeeds);
        misdeeds.clear();
        assertThat(found).as("misdeeds").isEmpty();
    }

    /** Closes all pages, so that none goes on asking while the next test runs. */
    void closePages() {
        browser.contexts().forEach(BrowserContext::close);
    }

    /** Leaves out what a test brought about itself, such as requests that failed while the network was cut. */
    void forgive(String part) {
        misdeeds.removeIf(misdeed -> misdeed.contains(part));
    }

    /** Nothing stands beyond the right edge. */
    static void fits(Page page) {
        int beyond = (int)
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(beyond).as("pixels beyond the right edge of %s", page.url()).isNotPositive();
    }

    /** axe finds nothing serious. */
    static void isAccessible(Page page) {
        List<String> found = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browsed::told)
                        .toList();
        assertThat(found).as("what axe finds at %s", page.url()).isEmpty();
    }

    /** A picture for people, into {@code target/screenshots}. */
    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> node.getTarget() + " " + node.getFailureSummary())
                        .toList();
    }

    private static Optional<Path> chromium() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }
}
