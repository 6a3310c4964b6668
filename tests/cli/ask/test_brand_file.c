/* test_brand_file.c: whose report it is, and for whom. */
#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LOGO "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"8\" height=\"8\"/></svg>"

static void write_brand(const char *text)
{
    remove_all("brand");
    assert_int_equal(mkdir("brand", 0700), 0);
    put("brand/logo.svg", LOGO);
    put("brand/acme.yaml", text);
}

static void make_page(const char *options)
{
    put_orders("t.csv", 200, 10);
    assert_run(0, "run --transactions t.csv --k 3 --output out %s", options);
}

static void stands_in_the_page_and_beside_it(void **state)
{
    (void)state;
    make_page("--quiet --audience executive --brand brand/acme.yaml");
    char *figures = get("out/report.json", NULL);
    json_t *json = json_loads(figures, 0, NULL), *settings = json_object_get(json, "settings"),
           *brand = json_object_get(settings, "brand");
    assert_string_equal(json_string_value(json_object_get(json, "format")), "tesela report");
    assert_string_equal(json_string_value(json_object_get(settings, "audience")), "executive");
    assert_string_equal(json_string_value(json_object_get(brand, "name")), "Acme <Retail>");
    assert_string_equal(json_string_value(json_object_get(brand, "colour")), "#b5440a");
    assert_memory_equal(json_string_value(json_object_get(brand, "logo")), "data:image/svg+xml;base64,PHN2", 30);
    json_decref(json);
    free(figures);
    assert_run(0, "inspect out/report.json"); /* the summary that it holds */
    assert_out("200 customers, as of 20");
    assert_run(0, "inspect out/report.json --json");
    assert_non_null(strstr(last_outcome()->out, "\"tesela report\""));
    char *page = get("out/report.html", NULL);
    assert_non_null(strstr(page, "Acme \\u003cRetail\\u003e"));
    free(page);
}

static void goes_with_the_configuration(void **state)
{
    (void)state;
    put("brand/run.yaml", "report: {brand: acme.yaml, audience: executive, currency: GBP}\n");
    make_page("--quiet --config brand/run.yaml --report-currency CNY"); /* the command line goes before it */
    char *one = get("out/report.json", NULL);
    assert_non_null(strstr(one, "\"currency\": \"CNY\""));
    free(one);
    make_page("--quiet --force --config brand/run.yaml");
    one = get("out/report.json", NULL);
    assert_non_null(strstr(one, "\"currency\": \"GBP\""));
    assert_non_null(strstr(one, "Acme <Retail>"));
    free(one);
    assert_run(0, "report out --output again.html --config brand/run.yaml");
    assert_same_file("out/report.json", "again.json");
    assert_same_file("out/report.html", "again.html");
    /* what the run was told is kept: whoever draws it again need not say it */
    assert_run(0, "report out --output again.html --force");
    one = get("again.json", NULL);
    json_t *json = json_loads(one, 0, NULL), *totals = json_object_get(json_object_get(json, "summary"), "totals");
    assert_string_equal(json_string_value(json_object_get(totals, "currency")), "GBP");
    json_decref(json);
    free(one);
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
        int status;
    } rows[] = {
        {"nane: Acme\n", "brand/acme.yaml:1:1: unknown key \"nane\" (did you mean \"name\"?)", 2},
        {"name: Acme\nzzzzzzzz: 1\n", "brand/acme.yaml:2:1: unknown key \"zzzzzzzz\"; known are name, colour and logo",
         2},
        {"name: [a]\n", "brand/acme.yaml:1:1: name: expected a text, but found a list", 2},
        {"name: a\ncolor: red\n", "brand/acme.yaml:2:8: colour: \"red\" is none, expected one such as #1d4e96", 2},
        {"- a\n", "brand/acme.yaml: expected a mapping", 2},
        {"logo: none.png\n", "brand/none.png: cannot be opened", 3},
        {"logo: acme.yaml\n", "brand/acme.yaml: logo: neither a PNG nor an SVG", 3},
    };
    make_page("--quiet");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        write_brand(rows[i].text);
        assert_run(rows[i].status, "report out --output r.html --brand brand/acme.yaml");
        assert_err(rows[i].message);
        assert_false(exists("r.html") || exists("r.json"));
    }
    assert_run(2, "report out --output r.html --brand none.yaml");
    assert_run(2, "report out --output r.html --currency gbp");
    assert_err("--currency: report: the currency \"gbp\" is not a code of ISO 4217, expected one such as GBP");
    assert_run(2, "report out --output r.html --currency XYZ"); /* no money is called so */
    assert_run(2, "run orders.csv --output wrong --report-currency XYZ");
    assert_err("--report-currency: report: the currency \"XYZ\" is not a code of ISO 4217");
    assert_false(exists("wrong"));
    assert_run(2, "report out --output r.html --audience excutive");
    assert_err("(did you mean executive?)");
}

/* No file of a run is replaced by the figures of a page. */
static void figures_have_names_of_their_own(void **state)
{
    (void)state;
    make_page("--quiet");
    assert_run(2, "report out --output out/summary.html --force");
    assert_err("out/summary.json would be written over the input out/summary.json");
    assert_run(2, "report out --output manifest.html --force");
    assert_err("the figures beside --output, manifest.json: another file of a run has this name");
    copy_file("out/summary.json", "s.json");
    assert_run(2, "report s.json --output s.html --force");
    assert_err("s.json would be written over the input s.json");
    put("r.json", "{}");
    assert_run(1, "report out --output r.html");
    assert_err("r.json: is there already; --force replaces it");
    assert_false(exists("r.html"));
}

static int open_all(void **state)
{
    int status = sandbox_open(state);
    write_brand("name: Acme <Retail>\ncolour: \"#b5440a\"\nlogo: logo.svg\n");
    return status;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stands_in_the_page_and_beside_it, open_all, sandbox_close),
        cmocka_unit_test_setup_teardown(goes_with_the_configuration, open_all, sandbox_close),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_told_with_its_place, open_all, sandbox_close),
        cmocka_unit_test_setup_teardown(figures_have_names_of_their_own, open_all, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
