package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.core.json.Json;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The overview in a real browser, while notes are judged by an R1 that takes its time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewIT {
    private static final int AT_FIRST = 40;
    private static final String HOSTILE_SOURCE = "<img src=x onerror=alert('source')>";
    private static final String HOSTILE =
            "It invented a part number that does not exist. <script>alert(1)</script><img src=x onerror=alert(2)>";
    /** Longer than the page needs to notice a server that is silent. */
    private static final LocatorAssertions.HasAttributeOptions NOTICED =
            new LocatorAssertions.HasAttributeOptions().setTimeout(30_000);

    @TempDir
    static Path folder;

    @AutoClose
    private R1Simulator r1;

    @AutoClose
    private Served served;

    @AutoClose
    private Browsed browsed;

    private int sent;

    @BeforeAll
    void serve() throws IOException {
        Browsed.assumeChromium();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("application.properties"), """
                rationale.alerts.rules.much=share of any category above 1 % over 1 h with at least 20 notes
                """);
        r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(200));
        served = Served.start(folder, r1.baseUrl());
        browsed = Browsed.at(served.origin());
        send(AT_FIRST);
        served.awaitJudged(AT_FIRST);
    }

    @AfterEach
    void assertNoMisdeeds() {
        browsed.closePages();
        browsed.hasNoMisdeeds();
    }

    @Test
    void shouldMoveWithoutAReload() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");
        page.evaluate("() => { window.loadedOnce = true; }");
        int before = number(decided(page));

        // when
        List<Integer> seen = new ArrayList<>(List.of(before));
        for (int i = 0; i < 3; i++) {
            send(10);
            page.waitForFunction(
                    "before => Number(document.querySelector('dl.tiles dd').textContent.replace(/\\D/g, '')) > before",
                    seen.getLast());
            seen.add(number(decided(page)));
        }

        // then
        assertThat(decided(page)).hasText(String.valueOf(sent));
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        assertThat(page.evaluate("() => window.loadedOnce")).isEqualTo(true);
        page.waitForFunction("""
                all => all === [...document.querySelectorAll('table.categories td.count')]
                        .reduce((sum, cell) => sum + Number(cell.textContent.replace(/\\D/g, '')), 0)
                """, sent);
        assertThat(tile(page, "Notes a minute")).not().hasText("0");
        assertThat(page.locator("#simulated")).isVisible();
        assertThat(page.locator("#connection")).hasText("Live");
    }

    @Test
    void shouldShowALostConnectionAndRecover() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");
        Locator connection = page.locator("#connection");
        assertThat(connection).hasAttribute("data-state", "live");

        // when
        page.context().setOffline(true);

        // then
        assertThat(connection).hasAttribute("data-state", "lost", NOTICED);
        Browsed.screenshot(page, "overview-lost");

        // when
        page.context().setOffline(false);
        send(5);

        // then
        assertThat(connection).hasAttribute("data-state", "live", NOTICED);
        assertThat(decided(page)).hasText(String.valueOf(sent));
        assertThat(page.locator("#trouble")).isHidden();
        browsed.forgive("net::ERR_INTERNET_DISCONNECTED");
    }

    @Test
    void shouldNoticeAServerThatSaysNothingAnyMore() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");
        Locator connection = page.locator("#connection");
        assertThat(connection).hasAttribute("data-state", "live");

        // when
        served.suspend();

        // then
        try {
            assertThat(connection).hasAttribute("data-state", "lost", NOTICED);
        } finally {
            served.resume();
        }
        assertThat(connection).hasAttribute("data-state", "live", NOTICED);
    }

    @Test
    void shouldKeepWhatIsPickedInTheUrl() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");

        // when
        page.locator("#controls button[data-code='24h']").click();
        page.locator("[data-menu=sources] summary").click();
        page.locator("[data-menu=sources] label")
                .filter(new Locator.FilterOptions().setHasText("clinic"))
                .click();
        page.keyboard().press("Escape");
        page.locator(".ranking button", new Page.LocatorOptions().setHasText("By stage"))
                .click();

        // then
        assertThat(page).hasURL(Pattern.compile("\\?window=24h&source=clinic&rows=stages$"));
        assertThat(page.locator("tr.group").first()).isVisible();
        String counts = served.json("api/v1/statistics?window=24h&source=clinic")
                .path("decided")
                .asText();
        assertThat(decided(page)).hasText(counts);
        page.reload();
        assertThat(page.locator("#controls [aria-pressed=true]")).hasText("24 hours");
        assertThat(page.locator("[data-menu=sources] summary")).hasText("clinic");
        assertThat(page.locator("tr.group").first()).isVisible();
        assertThat(decided(page)).hasText(counts);
        page.goBack();
        page.goBack();
        assertThat(page.locator("#controls [aria-pressed=true]")).hasText("All time");
    }

    @Test
    void shouldCountARangeOfOnesOwn() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");

        // when
        page.locator("[data-menu=range] summary").click();
        page.locator(".range input").first().fill("2020-01-01T00:00");
        page.locator(".range input").last().fill("2020-01-02T00:00");
        page.locator(".range .primary").click();

        // then
        assertThat(page).hasURL(Pattern.compile("from=20(19|20)-.*&to=2020-"));
        assertThat(page.locator("main > .view > .empty")).containsText("No note is decided yet");
        assertThat(decided(page)).hasText("0");
        page.locator("#controls button[data-code='all']").click();
        assertThat(page.locator("main > .view > .empty")).isHidden();
        assertThat(decided(page)).not().hasText("0");
    }

    @Test
    void shouldLeadFromANumberToItsNotes() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");
        Locator row = page.locator("table.categories tbody tr").first();
        String name = row.locator("td.name a").textContent();
        String count = row.locator("td.count").textContent();

        // when
        row.locator("td.name a").click();

        // then
        assertThat(page.locator("#tabs [aria-current]")).hasText("Notes");
        assertThat(page.locator(".figure")).hasText(Pattern.compile("^" + count + " notes?$"));
        assertThat(page.locator(".meaning h2")).hasText(name);
        page.keyboard().press("1");
        assertThat(page.locator("table.categories")).isVisible();
    }

    @Test
    void shouldSayWithoutTheChartWhatItShows() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?window=24h");
        assertThat(page.locator(".canvas canvas")).isVisible();

        // when
        page.locator(".course summary").click();

        // then
        assertThat(page.locator(".canvas"))
                .hasAttribute("aria-label", Pattern.compile("Stacked bars.*Most frequent: .+"));
        page.waitForFunction("""
                all => all <= [...document.querySelectorAll('.chart-table td')]
                        .reduce((sum, cell) => sum + (Number(cell.textContent.replace(/\\D/g, '')) || 0), 0)
                """, AT_FIRST);
        Locator first = page.locator(".legend button").first();
        first.click();
        assertThat(first).hasAttribute("aria-pressed", "false");
    }

    @Test
    void shouldShowSourcesAndAlertsAsText() {
        // when
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "?by=source");

        // then
        assertThat(page.locator(".by-source thead")).containsText(HOSTILE_SOURCE);
        page.locator("[data-menu=sources] summary").click();
        assertThat(page.locator("[data-menu=sources] .options")).containsText(HOSTILE_SOURCE);
        assertThat(page.locator("#alerts")).isVisible();
        if (page.locator("#alerts .toggle").isVisible()) {
            page.locator("#alerts .toggle").click();
        }
        assertThat(page.locator("#alerts li").first()).containsText("in the last 1 h");
        assertThat(page.locator("main img, main script, #controls img, #alerts img"))
                .hasCount(0);
    }

    @Test
    void shouldBeReadableForEverybodyOnEveryScreen() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (Browsed.Screen screen : List.of(Browsed.Screen.DESK, Browsed.Screen.PHONE)) {
                Page page = open(screen, scheme, "?by=source");
                assertThat(page.locator(".by-source tbody tr").first()).isVisible();
                Browsed.fits(page);
                if ((screen == Browsed.Screen.DESK) == (scheme == ColorScheme.LIGHT)) {
                    Browsed.isAccessible(page);
                }
                Browsed.screenshot(
                        page,
                        "overview-" + screen.name().toLowerCase() + "-"
                                + scheme.name().toLowerCase());
                page.context().close();
            }
        }
    }

    @Test
    void shouldKeepTheThemeThatWasChosen() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");
        String paper = "() => getComputedStyle(document.body).backgroundColor";
        Object light = page.evaluate(paper);

        // when
        page.locator("#theme").click();
        page.locator("#theme").click();

        // then
        assertThat(page.locator("#theme")).hasAttribute("aria-label", "Theme: dark");
        assertThat(page.evaluate(paper)).isNotEqualTo(light);
        page.reload();
        assertThat(page.evaluate(paper)).isNotEqualTo(light);
    }

    @Test
    void shouldTellItsKeys() {
        // given
        Page page = open(Browsed.Screen.DESK, ColorScheme.LIGHT, "");

        // when
        page.keyboard().press("?");

        // then
        assertThat(page.locator("dialog.help")).isVisible();
        Browsed.screenshot(page, "keys");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.help")).isHidden();
        page.keyboard().press("g");
        page.keyboard().press("s");
        assertThat(page.locator("#tabs [aria-current]")).hasText("System");
    }

    private Page open(Browsed.Screen screen, ColorScheme scheme, String path) {
        Page page = browsed.open(screen, scheme, path);
        assertThat(page.locator("table.categories td.count").first()).isVisible();
        return page;
    }

    /** Notes of the last hour from two sources, one of which has a name that must stay text. */
    private void send(int notes) {
        List<JsonNode> batch = new ArrayList<>();
        List<String> texts = new RandomNotes(sent + 1).texts(notes);
        for (String text : texts) {
            batch.add(Json.mapper()
                    .createObjectNode()
                    .put("text", batch.isEmpty() ? HOSTILE : text)
                    .put("source", batch.size() % 3 == 0 ? HOSTILE_SOURCE : "clinic")
                    .put(
                            "observedAt",
                            Instant.now()
                                    .minus(batch.size() % 30, ChronoUnit.MINUTES)
                                    .toString()));
        }
        served.send(batch);
        sent += notes;
    }

    private static Locator decided(Page page) {
        return tile(page, "Decided");
    }

    private static Locator tile(Page page, String name) {
        return page.locator("dl.tiles > div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("dt", new Page.LocatorOptions().setHasText(name))))
                .locator("dd")
                .first();
    }

    private static int number(Locator figure) {
        return Integer.parseInt(figure.textContent().replaceAll("\\D", ""));
    }
}
