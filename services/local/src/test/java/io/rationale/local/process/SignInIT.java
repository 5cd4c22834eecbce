package io.rationale.local.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.rationale.console.access.ApiTokens;
import io.rationale.core.json.Json;
import io.rationale.local.process.Browsed.Screen;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a console that asks who comes, in a real browser. */
class SignInIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NOTES = 6;
    private static final String SAID = "wrong-format";
    private static final String CONFIDENTIAL = "The dose of Mrs. Example is wrong.";
    /** Tokens by the names and roles of who has them. */
    private static final Map<String, String> TOKENS = new TreeMap<>(Map.of(
            "vera viewer", ApiTokens.create(),
            "ruth reviewer", ApiTokens.create(),
            "rita reviewer", ApiTokens.create(),
            "adam admin", ApiTokens.create(),
            "test writer,viewer", ApiTokens.create(),
            "will writer", ApiTokens.create()));

    @TempDir
    static Path folder;

    @AutoClose
    private static ScriptedR1 r1;

    @AutoClose
    private static Served served;

    @AutoClose
    private static Browsed browsed;

    private Page page;

    @BeforeAll
    static void serve() throws IOException {
        Browsed.assumeChromium();
        writeTokens(TOKENS);
        Path settings = Files.createDirectories(folder.resolve("config")).resolve("application.properties");
        Files.writeString(settings, "rationale.auth.tokens-file=" + folder.resolve("tokens") + "\n");
        r1 = ScriptedR1.start(
                "lying",
                notes -> new ScriptedR1.Said(
                        ScriptedR1.thought(notes, "So that is wrong-format."),
                        ScriptedR1.verdicts(notes, SAID, "So.")));
        served = Served.start(folder, r1.baseUrl(), token("test"));
        served.send(IntStream.range(0, NOTES)
                .<JsonNode>mapToObj(i -> Json.mapper()
                        .createObjectNode()
                        .put("id", "case-" + i)
                        .put("source", "ward")
                        .put("text", i + " " + CONFIDENTIAL))
                .toList());
        served.awaitJudged(NOTES);
        browsed = Browsed.at(served.origin());
    }

    @AfterEach
    void behaves() {
        browsed.closePages();
        browsed.hasNoMisdeeds();
    }

    private static void writeTokens(Map<String, String> tokens) throws IOException {
        List<String> lines = new ArrayList<>();
        tokens.forEach((who, token) -> lines.add(who + " " + ApiTokens.sha256(token)));
        Path written = Files.write(folder.resolve("tokens.new"), lines);
        Files.move(
                written,
                folder.resolve("tokens"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String token(String name) {
        return TOKENS.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private Locator field() {
        return page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true));
    }

    private Locator reason() {
        return page.getByLabel("Reason", new Page.GetByLabelOptions().setExact(true));
    }

    private Locator form() {
        return page.locator("dialog.signin");
    }

    private void signIn(String name) {
        assertThat(field()).isFocused();
        page.keyboard().insertText(token(name));
        page.keyboard().press("Enter");
        assertThat(form()).isHidden();
    }

    private Page openAs(String name, String path) {
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, path);
        signIn(name);
        return page;
    }

    /** No word of a note, and no token, is anywhere in the page. */
    private void showsNothing() {
        assertThat(page.content()).doesNotContain("Example").doesNotContain(TOKENS.values());
    }

    @Test
    void shouldAskWhoComesAndThenShowWhatWasAskedFor() {
        // given a link that somebody sent
        String link = "?view=notes&source=ward&q=" + URLEncoder.encode("dose", StandardCharsets.UTF_8);
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, link);

        // then
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sign in")))
                .isVisible();
        assertThat(field()).isFocused();
        assertThat(field()).hasAttribute("type", "password");
        assertThat(page.locator("header")).not().isVisible();
        showsNothing();

        // when nothing, and something wrong, is sent
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Paste your token first.");
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        page.keyboard().insertText("rationale_wrong");
        page.keyboard().press("Enter");

        // then
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This token is not known here");
        assertThat(field()).isFocused();
        assertThat(field()).hasValue("");
        browsed.forgive("401");
        showsNothing();

        // when it is a token for programs that send notes
        page.keyboard().insertText(token("will"));
        page.keyboard().press("Enter");

        // then
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("the page takes the role viewer");
        assertThat(page.context().cookies()).isEmpty();
        showsNothing();

        // when
        signIn("vera");

        // then
        assertThat(page.locator(".who")).containsText("vera");
        assertThat(page.locator("main")).containsText("Example");
        assertThat(page.url()).endsWith(link);
        assertThat(
                        (String)
                                page.evaluate(
                                        "() => JSON.stringify([localStorage, sessionStorage, document.cookie,"
                                                + " document.documentElement.outerHTML, [...document.querySelectorAll('input')].map(i => i.value)])"))
                .doesNotContain(token("vera"));
        assertThat(page.context().cookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).hasToString("STRICT");
        });
        Browsed.isAccessible(page);

        // when the page is loaded again
        page.reload();

        // then
        assertThat(page.locator(".who")).containsText("vera");
        assertThat(page.locator("#connection")).containsText("Live");
    }

    @Test
    void shouldBeUsableOnEveryScreen() {
        for (Screen screen : List.of(Screen.DESK, Screen.PHONE)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page = browsed.open(screen, scheme, "");
                assertThat(field()).isVisible();
                Browsed.isAccessible(page);
                Browsed.fits(page);
                Browsed.screenshot(page, ("sign-in-" + screen + "-" + scheme).toLowerCase(java.util.Locale.ROOT));
                signIn("ruth");
                assertThat(page.locator("#view h1, #view table").first()).isVisible();
                Browsed.fits(page);
                Browsed.isAccessible(page);
                Browsed.screenshot(page, ("signed-in-" + screen + "-" + scheme).toLowerCase(java.util.Locale.ROOT));
                page.context().close();
            }
        }
        page = browsed.open(Screen.DESK, ColorScheme.LIGHT, "");
    }

    @Test
    void shouldOfferAViewerNothingThatAViewerMayNotDo() {
        // when
        openAs("vera", "?view=reviews");

        // then
        assertThat(page.locator(".the-note p.main")).isVisible();
        assertThat(page.locator("form.review")).isHidden();
        assertThat(page.getByText("takes the role reviewer")).isVisible();
        page.keyboard().press("a");
        page.keyboard().press("Enter");
        assertThat(page.locator("form.review")).isHidden();

        // and
        page.navigate(served.origin() + "?view=notes&note=case-1");
        assertThat(page.locator("main")).containsText("Example");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Review")))
                .isHidden();
        page.keyboard().press("r");
        assertThat(page.locator("form.review")).isHidden();
        page.navigate(served.origin() + "?view=taxonomy");
        assertThat(page.locator("[data-action=export]")).isVisible();
        assertThat(page.locator("[data-action=draft]")).isHidden();
        page.navigate(served.origin() + "?view=taxonomy&part=reclassify");
        assertThat(page.getByText("takes the role admin")).isVisible();
        assertThat(page.locator("form.asking button.primary")).isHidden();
        page.navigate(served.origin() + "?view=taxonomy&part=patterns");
        assertThat(page.getByText("takes the role admin")).isVisible();
        assertThat(page.locator("form.asking button.primary")).isHidden();
        page.navigate(served.origin());
        assertThat(page.locator("table").first()).isVisible();
        assertThat(page.locator(".remedy-mark").first()).isHidden();
    }

    @Test
    void shouldReviewInTheNameThatIsSignedIn() {
        // given
        openAs("rita", "?view=notes&note=case-2");
        assertThat(page.locator(".the-note p.main, main article p.main").first())
                .containsText("Example");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Review"))
                .click();
        assertThat(page.locator("form.review")).containsText("as rita");
        assertThat(page.getByLabel("Your name")).isHidden();
        assertThat(page.locator("form.review .review-as button")).isHidden();

        // when
        settle();
        page.locator("form.review button.primary").click();

        // then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        served.json("api/v1/notes/case-2").path("history").findValuesAsText("by"))
                .contains("rita"));
    }

    @Test
    void shouldLetAnAdminDoAll() {
        // when
        openAs("adam", "?view=taxonomy");

        // then
        assertThat(page.locator("[data-action=draft]")).isVisible();
        page.locator("[data-action=draft]").click();
        assertThat(page.locator("dialog.confirm")).containsText("as adam");
        page.locator("dialog.confirm").getByText("Cancel").click();
        page.navigate(served.origin() + "?view=taxonomy&part=reclassify");
        assertThat(page.locator("form.asking button.primary")).isVisible();
        assertThat(page.getByText("takes the role admin")).isHidden();
    }

    @Test
    void shouldKeepWhatWasTypedWhenTheSessionEnds() throws IOException {
        // given
        openAs("ruth", "?view=reviews&queue=random");
        assertThat(page.locator(".the-note p.main")).isVisible();
        reason().fill("As the guideline says");

        // when the token is revoked
        Map<String, String> fewer = new TreeMap<>(TOKENS);
        fewer.remove("ruth reviewer");
        writeTokens(fewer);

        // then, without a click
        assertThat(field()).isFocused();
        assertThat(form()).containsText("Your session has ended. What you were doing is still here");
        assertThat(page.locator(".the-note p.main")).not().isVisible();
        assertThat(reason()).not().isVisible();
        Browsed.isAccessible(page);

        // when it is valid again
        writeTokens(TOKENS);
        page.waitForCondition(() -> served.status("api/v1/about", token("ruth")) == 200);
        signIn("ruth");

        // then
        assertThat(reason()).hasValue("As the guideline says");
        assertThat(page.locator(".the-note p.main")).isVisible();
        assertThat(page.locator("#connection")).containsText("Live");
        browsed.forgive("401");

        // and it can be saved
        settle();
        page.locator("form.review button.primary").click();
        assertThat(page.locator(".review-status")).containsText("Saved");
    }

    @Test
    void shouldForgetEverythingWhenSomebodySignsOut() {
        // given
        openAs("vera", "?view=notes&note=case-3");
        assertThat(page.locator("main")).containsText("Example");

        // when
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();

        // then
        assertThat(field()).isFocused();
        showsNothing();
        assertThat(page.context().cookies()).isEmpty();

        // when somebody else comes
        signIn("adam");

        // then
        assertThat(page.locator(".who")).containsText("adam");
        assertThat(page.locator("main")).containsText("Example");
    }

    private void settle() {
        page.waitForFunction("() => document.querySelector('form.review').dataset.ready");
    }
}
