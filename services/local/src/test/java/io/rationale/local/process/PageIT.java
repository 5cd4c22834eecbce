package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.core.json.Json;
import io.rationale.kafka.Ports;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, beside a run on an R1 that takes its time. */
class PageIT {
    private static final int NOTES = 120;
    private static final String HOSTILE =
            "<script>alert(1)</script> It invented a part number that does not exist. <img src=x onerror=alert(2)>";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Path chromium;

    @TempDir
    Path folder;

    /** Whatever no page of ours may do: console errors, uncaught exceptions, dialogs, requests to other hosts. */
    private final List<String> misdeeds = new CopyOnWriteArrayList<>();

    private String origin;

    @BeforeAll
    static void findChromium() {
        Optional<Path> found =
                List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome").stream()
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            System.out.println("PageIT IS SKIPPED: there is no Chromium (Debian: apt-get install chromium).");
        }
        Assumptions.assumeTrue(found.isPresent(), "no Chromium");
        chromium = found.get();
    }

    @Test
    void shouldShowVerdictsWhileTheyComeAndNotesAsText() throws IOException {
        // given
        List<String> texts = new ArrayList<>(new RandomNotes(7).texts(NOTES - 1));
        texts.addFirst(HOSTILE);
        RandomNotes.write(folder.resolve("notes.csv"), texts);
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("application.properties"),
                "rationale.alerts.rules.much=share of any category above 1 % over 1 h with at least 20 notes\n");
        int port = Ports.free();
        origin = "http://127.0.0.1:" + port + "/";
        SimulatorOptions slow = SimulatorOptions.DEFAULT.withSlots(1).withSpeedUp(50);

        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options());
                R1Simulator r1 = R1Simulator.start(slow);
                RationaleProcess served = classify(r1, port)) {
            awaitApi();
            try (BrowserContext desk = context(browser, 1280, 900, ColorScheme.LIGHT)) {
                // when
                Page page = open(desk);

                // then
                assertCountsMoveWithoutReload(page);
                assertThat(page.locator("#simulated")).isVisible();
                assertThat(page.locator("#alerts li").first()).containsText("in the last 1 h");
                screenshot(page, "desk-light");
                assertNoteIsTextBesideItsReasoning(page);
                screenshot(page, "note-light");
            }
            look(browser, 1280, 900, ColorScheme.DARK, "desk-dark");
            look(browser, 390, 844, ColorScheme.LIGHT, "phone");
            assertThat(misdeeds).isEmpty();

            // when
            served.terminate();

            // then
            RationaleProcess.Result ended = served.await().exitsWith(143);
            assertThat(ended.out()).contains(NOTES + " notes decided");
            assertThat(ended.err()).contains("The page: " + origin).doesNotContain("ERROR");
        }
    }

    private void assertCountsMoveWithoutReload(Page page) {
        page.evaluate("window.loadedOnce = true");
        Locator decided = page.locator("dl.tiles dd").first();
        int before = number(decided);
        List<Integer> seen = new ArrayList<>(List.of(before));
        assertThat(before).isLessThan(NOTES);
        while (seen.getLast() < NOTES) {
            page.waitForFunction(
                    "before => document.querySelector('dl.tiles dd').textContent.replace(/\\D/g, '') > before",
                    seen.getLast());
            seen.add(number(decided));
        }
        assertThat(seen).hasSizeGreaterThan(2).isSorted();
        assertThat(page.evaluate("window.loadedOnce")).isEqualTo(true);
        int rows = page.locator("table.categories td.count").allTextContents().stream()
                .mapToInt(count -> Integer.parseInt(count.replaceAll("\\D", "")))
                .sum();
        assertThat(rows).isEqualTo(NOTES);
    }

    private void assertNoteIsTextBesideItsReasoning(Page page) throws IOException {
        page.locator("table.categories td.name a[href*='category=" + categoryOf(HOSTILE) + "']")
                .click();
        Locator excerpt = page.locator("ol.notes a.excerpt").filter(new Locator.FilterOptions().setHasText("<script>"));
        assertThat(excerpt.first()).isVisible();
        excerpt.filter(new Locator.FilterOptions().setHasText("<img src=x"))
                .first()
                .click();
        assertThat(page.locator("p.text.main")).hasText(HOSTILE);
        assertThat(page.locator("p.thought")).containsText("Note n");
        Locator quote = page.locator("p.text.main mark").first();
        assertThat(quote).isVisible();
        assertThat(HOSTILE).contains(quote.textContent());
        assertThat(page.locator("main img, main script")).hasCount(0);
        assertThat(page.evaluate("window.loadedOnce")).isEqualTo(true);
    }

    private String categoryOf(String text) throws IOException {
        JsonNode notes = Json.tree(get("api/v1/notes?limit=500").body()).path("notes");
        for (JsonNode note : notes) {
            if (note.path("excerpt").textValue().startsWith(text.substring(0, 40))) {
                return note.path("category").textValue();
            }
        }
        throw new AssertionError("the note is not among " + notes);
    }

    private void look(Browser browser, int width, int height, ColorScheme scheme, String name) {
        try (BrowserContext context = context(browser, width, height, scheme)) {
            Page page = open(context);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("%s fits its width", name)
                    .isEqualTo(true);
            screenshot(page, name);
        }
    }

    private Page open(BrowserContext context) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                misdeeds.add("console: " + message.text());
            }
        });
        page.onPageError(error -> misdeeds.add("uncaught: " + error));
        page.onDialog(dialog -> {
            misdeeds.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate(origin);
        assertThat(page.locator("table.categories td.count").first()).isVisible();
        return page;
    }

    private BrowserContext context(Browser browser, int width, int height, ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE.toMillis());
        context.route(url -> !url.startsWith(origin), route -> {
            misdeeds.add("request: " + route.request().url());
            route.abort();
        });
        return context;
    }

    private static BrowserType.LaunchOptions options() {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
    }

    private RationaleProcess classify(R1Simulator r1, int port) {
        return RationaleProcess.start(
                folder, "classify", "notes.csv", "--r1", r1.baseUrl(), "--serve", "--port", String.valueOf(port));
    }

    /** A first note is decided, and the stores answer. */
    private void awaitApi() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    HttpResponse<byte[]> statistics = get("api/v1/statistics");
                    return statistics.statusCode() == 200
                            && Json.tree(statistics.body()).path("decided").intValue() > 0;
                });
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(origin + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static int number(Locator figure) {
        return Integer.parseInt(figure.textContent().replaceAll("\\D", ""));
    }
}
